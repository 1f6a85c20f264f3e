//! S-HD-SEARCH and S-HD-USER: one account at a time, for those who help. Found by a form that is posted: an address typed here stands in no history, and
//! that somebody looked is noted.

use actix_web::HttpResponse;

use super::{Console, account::status_of};
use crate::{
    pages::{Complaint, Form, Happened, Support, SupportCard},
    policy::admin::Right,
    service::admin::{Refused, support},
    web::{account::portal::field, extract::Pairs},
};

const KEPT: &[&str] = &["q"];

/// `GET /admin/{tenant}/support`
pub async fn show(mut console: Console) -> HttpResponse {
    let came = if console.may(Right::SupportRead) { Ok(page(&mut console, Form::default(), None)) } else { Err(Refused::LacksRole) };
    console.answers(came)
}

fn page(console: &mut Console, form: Form, card: Option<SupportCard>) -> HttpResponse {
    let screen = if card.is_some() { "S-HD-USER" } else { "S-HD-SEARCH" };
    let status = status_of(&form);
    let view = Support { desk: console.desk(), form, card };
    console.shows(status, &view, screen)
}

/// `POST /admin/{tenant}/support`
pub async fn answer(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = find(&mut console, &posted.0).await;
    console.answers(came)
}

async fn find(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, KEPT);
    if !console.is_own_form(posted) {
        return Ok(page(console, form.complaining(Complaint::Stale, None), None));
    }
    let typed = field(posted, "q").map(str::trim).unwrap_or_default();
    if typed.is_empty() {
        return Ok(page(console, form.complaining(Complaint::Required { field: "q" }, Some("q")), None));
    }
    let tools = console.state.tools.clone();
    let card = match support::card(&tools, &console.by, &console.tenant.slug, typed).await {
        Ok(card) => card,
        Err(Refused::NotFound) => return Ok(page(console, form.complaining(Complaint::NoAccount, Some("q")), None)),
        Err(refused) => return Err(refused),
    };
    let words = tools.pages.words(console.visitor.locale)?;
    let shown = SupportCard {
        name: card.account.display_name(),
        identifier: card.account.identifier(),
        state: card.account.state,
        is_verified: card.account.primary_email().is_some_and(|email| email.verified_at.is_some()),
        has_password: card.has_password,
        sessions: card.sessions,
        signed_in: card.signed_in,
        failures: card.failures.iter().map(|event| Happened::of(event, words)).collect(),
    };
    Ok(page(console, form, Some(shown)))
}
