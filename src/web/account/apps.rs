//! S-ME-APPS: what a person let in, and the way to let it out again.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Portal, portal::field};
use crate::{
    journey::steps::app_consent::person::in_words,
    model::Client,
    pages::{AgreedApp, Apps, AppsNotice, Complaint, Content, Form, Me, initials},
    service::account::apps::{self, Agreement},
    values::{ClientId, Fault, Locale, Scope, TenantId},
    web::extract::{Pairs, QueryPairs},
};

pub(super) const PATH: &str = "/account/apps";

/// `GET /account/apps`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let came = match notice(&portal, &query).await {
        Ok(notice) => list(&mut portal, Form::default(), notice).await,
        Err(fault) => Err(fault),
    };
    portal.answers(came)
}

/// What the address says was done. A reference is shown only to whom it was given: an address can be made up.
async fn notice(portal: &Portal, query: &QueryPairs) -> Result<Option<AppsNotice>, Fault> {
    let field = |name| field(&query.0, name);
    match (field("done"), field("app").and_then(meant), field("reference")) {
        (Some("withdrawn"), ..) => Ok(Some(AppsNotice::Withdrawn)),
        (Some("reported"), Some((tenant, _)), Some(reference)) => {
            let reference = apps::reported(&portal.state.tools, portal.account.subject(), tenant, reference).await?;
            Ok(reference.map(|reference| AppsNotice::Reported { reference }))
        }
        _ => Ok(None),
    }
}

async fn list(portal: &mut Portal, form: Form, notice: Option<AppsNotice>) -> Result<HttpResponse, Fault> {
    let locale = portal.visitor.locale;
    let agreements = apps::list(&portal.state.tools, portal.account.subject()).await?;
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let apps = agreements.iter().map(|agreement| in_list(agreement, locale)).collect();
    let view = Apps { form, me: Me::of(&portal.account), apps, notice };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-APPS", PATH)))
}

/// What stands for an application in forms and addresses.
pub(super) fn key(client: &Client) -> String {
    format!("{}.{}", client.tenant, client.id)
}

/// Which application a key means.
pub(super) fn meant(key: &str) -> Option<(TenantId, ClientId)> {
    let (tenant, client) = key.split_once('.')?;
    Some((tenant.parse().ok()?, ClientId::from(client)))
}

fn in_list(agreement: &Agreement, locale: Locale) -> AgreedApp {
    let client = &agreement.client;
    let name = client.names.get(locale).to_owned();
    let publisher = crate::journey::steps::app_consent::person::published_by(client);
    let all = agreement.apis.iter().flat_map(|api| api.scopes.clone()).collect();
    let words = agreement.apis.first().map(|api| crate::model::Api { scopes: all, ..api.clone() });
    AgreedApp {
        key: key(client),
        report_href: super::report::path(client),
        initials: initials(&name),
        name,
        logo_src: client.logo.clone(),
        publisher,
        scopes: in_words(&agreement.consent.scopes, words.as_ref(), locale),
        given: agreement.consent.given_at,
        used: agreement.consent.used_at,
        home_url: client.home_url.clone(),
        expanded_confirm: false,
    }
}

/// `POST /account/apps`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = withdraw(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn withdraw(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    if !portal.is_own_form(posted, PATH) {
        return list(portal, Form::default().complaining(Complaint::Stale, None), None).await;
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    let field = |name| field(posted, name);
    let scope = field("scope").map(str::parse::<Scope>).transpose();
    if let (Some("withdraw"), Some((tenant, client)), Ok(scope)) = (field("action"), field("app").and_then(meant), scope) {
        apps::withdraw(&portal.state.tools, portal.account.subject(), (tenant, &client), scope.as_ref(), &portal.visitor).await?;
        return Ok(portal.goes("/account/apps?done=withdrawn"));
    }
    Ok(portal.goes(PATH))
}
