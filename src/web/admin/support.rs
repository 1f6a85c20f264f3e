//! S-HD-SEARCH and S-HD-USER: one account at a time, for those who help. Found by a form that is posted: an address typed here stands in no history, and
//! that somebody looked is noted.

use actix_web::HttpResponse;

use super::{
    Console,
    account::status_of,
    invitations::{MONTH, standing, word},
};
use crate::{
    pages::{Complaint, Form, Happened, Support, SupportCard, SupportInvitation},
    policy::admin::Right,
    service::admin::{
        Refused,
        invitations::{self, InvitationChange, InvitationShown},
        support,
    },
    web::{account::portal::field, extract::Pairs},
};

const KEPT: &[&str] = &["q"];

/// `GET /admin/{tenant}/support`
pub async fn show(mut console: Console) -> HttpResponse {
    let came = if console.may(Right::SupportRead) { Ok(page(&mut console, Form::default(), (None, Vec::new()), None)) } else { Err(Refused::LacksRole) };
    console.answers(came)
}

fn page(console: &mut Console, form: Form, (card, invitations): (Option<SupportCard>, Vec<SupportInvitation>), done: Option<&'static str>) -> HttpResponse {
    let screen = if card.is_some() || !invitations.is_empty() { "S-HD-USER" } else { "S-HD-SEARCH" };
    let status = status_of(&form);
    let view = Support { desk: console.desk(), form, card, invitations, done };
    console.shows(status, &view, screen)
}

/// `POST /admin/{tenant}/support`
pub async fn answer(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = find(&mut console, &posted.0).await;
    console.answers(came)
}

async fn find(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let mut form = Form::keeping(posted, KEPT);
    if !console.is_own_form(posted) {
        return Ok(page(console, form.complaining(Complaint::Stale, None), (None, Vec::new()), None));
    }
    let typed = field(posted, "q").map(str::trim).unwrap_or_default();
    if typed.is_empty() {
        return Ok(page(console, form.complaining(Complaint::Required { field: "q" }, Some("q")), (None, Vec::new()), None));
    }
    let tools = console.state.tools.clone();
    let done = match acts(console, posted).await {
        Err(Refused::Conflict | Refused::Impossible(_) | Refused::Stale) => {
            form = form.complaining(Complaint::Conflict, None);
            None
        }
        came => came?,
    };
    let invitations = support::invitations(&tools, &console.by, &console.tenant.slug, typed).await?;
    let invitations: Vec<SupportInvitation> = invitations.iter().map(|invitation| row(console, invitation)).collect();
    let card = match support::card(&tools, &console.by, &console.tenant.slug, typed).await {
        Ok(card) => card,
        Err(Refused::NotFound) if !invitations.is_empty() => return Ok(page(console, form, (None, invitations), done)),
        Err(Refused::NotFound) => return Ok(page(console, form.complaining(Complaint::NoAccount, Some("q")), (None, Vec::new()), None)),
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
    Ok(page(console, form, (Some(shown), invitations), done))
}

/// What is done for an invitation before the page is shown again. Whoever may not do it is told so by the service.
async fn acts(console: &Console, posted: &[(String, String)]) -> Result<Option<&'static str>, Refused> {
    let (tools, by) = (&console.state.tools, &console.by);
    let at = (console.tenant.slug.as_str(), field(posted, "invitation").unwrap_or_default());
    Ok(Some(match field(posted, "action").unwrap_or_default() {
        "resend" => invitations::resend(tools, by, at).await.map(|_| "resent")?,
        "regenerate" => invitations::regenerate(tools, by, at).await.map(|_| "regenerated")?,
        "extend" => {
            let change = InvitationChange { email: None, expires_at: Some(tools.now().plus(MONTH)) };
            invitations::update(tools, by, at, None, change).await.map(|_| "extended")?
        }
        _ => return Ok(None),
    }))
}

fn row(console: &Console, invitation: &InvitationShown) -> SupportInvitation {
    let standing = standing(console, invitation);
    SupportInvitation {
        id: invitation.id.to_string(),
        href: console.path(&format!("invitations/{}", invitation.id)),
        email: invitation.email.clone(),
        state: word(invitation.state),
        until: invitation.expires_at,
        bounce: invitation.bounce.clone(),
        is_open: standing.is_open,
        can_change: standing.can_change,
    }
}
