//! S-ME-ORGS: where a person has a place, and the way out.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Portal, portal::field};
use crate::{
    pages::{Complaint, Content, Form, Me, Organisations, OrganisationsNotice, PlaceShown, initials},
    service::account::organisations::{self, Place, Wish},
    values::{Fault, Locale, TenantId},
    web::extract::{Pairs, QueryPairs},
};

const PATH: &str = "/account/organisations";

/// `GET /account/organisations`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let notice = match field(&query.0, "done") {
        Some("withdrawn") => Some(OrganisationsNotice::Withdrawn),
        Some("left") => Some(OrganisationsNotice::Left),
        _ => None,
    };
    let came = list(&mut portal, Form::default(), notice).await;
    portal.answers(came)
}

async fn list(portal: &mut Portal, form: Form, notice: Option<OrganisationsNotice>) -> Result<HttpResponse, Fault> {
    let locale = portal.visitor.locale;
    let places = organisations::list(&portal.state.tools, portal.account.subject()).await?;
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let places = places.iter().map(|place| in_list(place, locale)).collect();
    let view = Organisations { form, me: Me::of(&portal.account), places, notice };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-ORGS", PATH)))
}

fn in_list(place: &Place, locale: Locale) -> PlaceShown {
    let name = place.tenant.names.get(locale).to_owned();
    PlaceShown {
        key: place.tenant.id.to_string(),
        initials: initials(&name),
        name,
        domain: place.tenant.domains.first().cloned(),
        is_home: place.is_home,
        has_role: place.membership.as_ref().is_some_and(|membership| !membership.roles.is_empty()),
        since: place.membership.as_ref().map(|membership| membership.created_at),
        permitted: place.permission.as_ref().map(|permission| permission.given_at),
        statement_href: place.tenant.support.privacy_url.clone(),
    }
}

/// `POST /account/organisations`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = end(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn end(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    if !portal.is_own_form(posted, PATH) {
        return list(portal, Form::default().complaining(Complaint::Stale, None), None).await;
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    let (wish, done) = match field(posted, "action") {
        Some("withdraw") => (Wish::Withdraw, "/account/organisations?done=withdrawn"),
        Some("leave") => (Wish::Leave, "/account/organisations?done=left"),
        _ => return Ok(portal.goes(PATH)),
    };
    let Some(Ok(tenant)) = field(posted, "organisation").map(str::parse::<TenantId>) else { return Ok(portal.goes(PATH)) };
    let ended = organisations::end(&portal.state.tools, portal.account.subject(), tenant, wish, &portal.visitor).await?;
    // The page says what stands in the way of whoever has a role there.
    Ok(portal.goes(if ended == organisations::Done::Yes { done } else { PATH }))
}
