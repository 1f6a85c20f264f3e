//! S-ME-PROFILE: what the account says about its owner.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Portal, portal::field};
use crate::{
    model::Tenant,
    pages::{AddressShown, Complaint, Content, Form, Me, Profiled, countries},
    policy::profile::{self as rule, FieldRefused, LONGEST, Offered, ZONES},
    service::account::profile::{self, Saving},
    values::Fault,
    web::{
        extract::{Pairs, QueryPairs},
        journey::status_of,
    },
};

const PATH: &str = "/account/profile";
const LOCALES: &[&str] = &["fr", "en"];

/// `GET /account/profile`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let is_saved = field(&query.0, "done") == Some("saved");
    let known = Form::keeping(&known(&portal), Profiled::KEPT);
    let came = form(&mut portal, known, is_saved).await;
    portal.answers(came)
}

/// What is known, as the fields hold it.
fn known(portal: &Portal) -> Vec<(String, String)> {
    let account = &portal.account;
    let country = account.address.as_ref().and_then(|address| address.country.clone());
    let locale = account.locale.unwrap_or(portal.visitor.locale).tag().to_owned();
    let profile = &account.profile;
    let fields = [
        ("given_name", profile.given_name.clone()),
        ("family_name", profile.family_name.clone()),
        ("locale", Some(locale)),
        ("country", country),
        ("zoneinfo", profile.zoneinfo.clone()),
        ("marketing", account.marketing.as_ref().filter(|marketing| marketing.agreed).map(|_| "yes".to_owned())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

async fn form(portal: &mut Portal, form: Form, is_saved: bool) -> Result<HttpResponse, Fault> {
    let status = match form.complaints.first().map(|wrong| &wrong.complaint) {
        Some(Complaint::Conflict) => StatusCode::CONFLICT,
        complaint => status_of(complaint),
    };
    let home = portal.state.tools.reads().tenant(portal.account.home).await?;
    let marketing = news(portal, home.as_deref())?;
    let account = &portal.account;
    let mut zones: Vec<String> = ZONES.iter().map(|zone| (*zone).to_owned()).collect();
    // An administrator or a client may have written another.
    zones.extend(account.profile.zoneinfo.clone().filter(|zone| !ZONES.contains(&zone.as_str())));
    let is_conflict = status == StatusCode::CONFLICT;
    let view = Profiled {
        me: Me::of(account),
        present: if is_conflict { known(portal).into_iter().filter(|(name, _)| name != "marketing").collect() } else { Vec::new() },
        form,
        version: account.version(),
        locales: LOCALES,
        countries: countries(portal.state.tools.pages.words(portal.visitor.locale)?),
        marketing,
        zones,
        addresses: account.emails.iter().map(|email| shown(email.address.spelt(), email.verified_at.is_some())).collect(),
        phones: account.phones.iter().map(|phone| shown(&phone.number, phone.verified_at.is_some())).collect(),
        login: account.login.clone(),
        organisation: home.map(|home| home.names.get(portal.visitor.locale).to_owned()).unwrap_or_default(),
        is_saved,
    };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-PROFILE", PATH)))
}

/// The sentence about news: the organisation's, where it offers any, or else the one beside which the person chose, who may always take it back.
fn news(portal: &Portal, home: Option<&Tenant>) -> Result<Option<String>, Fault> {
    let locale = portal.visitor.locale;
    match home.filter(|home| home.settings.marketing) {
        Some(home) => Ok(Some(portal.state.tools.pages.words(locale)?.naming("s-signup-profile-marketing", "tenant", home.names.get(locale))?)),
        None => Ok(portal.account.marketing.as_ref().map(|chosen| chosen.text.clone())),
    }
}

fn shown(text: &str, is_verified: bool) -> AddressShown {
    AddressShown { text: text.to_owned(), is_verified }
}

/// `POST /account/profile`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = save(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn save(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let typed = Form::keeping(posted, Profiled::KEPT);
    if !portal.is_own_form(posted, PATH) {
        return form(portal, typed.complaining(Complaint::Stale, None), false).await;
    }
    let home = portal.state.tools.reads().tenant(portal.account.home).await?;
    let news = news(portal, home.as_deref())?;
    let account = &portal.account;
    let offered = Offered {
        zone: account.profile.zoneinfo.as_deref(),
        country: account.address.as_ref().and_then(|address| address.country.as_deref()),
        news: news.as_deref(),
    };
    let said = match rule::judge(|name| field(posted, name), offered) {
        Ok(said) => said,
        Err(wrong) => return form(portal, wrong.into_iter().fold(typed, complain), false).await,
    };
    let (tools, locale) = (portal.state.tools.clone(), said.locale);
    let seen = field(posted, "version").and_then(|version| version.parse().ok()).unwrap_or_default();
    match profile::save(&tools, portal.account.clone(), seen, said, &portal.visitor).await? {
        Saving::Done => {
            // The pages follow at once, whatever was chosen at their foot before.
            portal.speaks(locale);
            Ok(portal.goes("/account/profile?done=saved"))
        }
        Saving::Conflict => {
            if let Some(newer) = tools.reads().account(portal.account.subject()).await? {
                portal.account = newer;
            }
            form(portal, typed.complaining(Complaint::Conflict, None), false).await
        }
    }
}

fn complain(form: Form, refused: FieldRefused) -> Form {
    match refused {
        FieldRefused::Missing(field) => form.complaining(Complaint::Required { field }, Some(field)),
        FieldRefused::Long(field) => form.complaining(Complaint::TooLong { field, most: LONGEST }, Some(field)),
    }
}
