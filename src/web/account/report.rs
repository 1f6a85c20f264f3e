//! S-APP-REPORT in the portal: tell the operators about an application that was let in. The page and its rules are those of the way into it.

use actix_web::{HttpResponse, web::Path};

use super::{
    Portal,
    apps::{PATH, key, meant},
};
use crate::{
    journey::{
        screen::{Rejected, Screen as _, parse},
        steps::app_consent::report::{Answer, Report, View},
    },
    model::{Client, ScreenName},
    pages::{Complaint, Content, Form},
    service::account::apps,
    values::Fault,
    web::{extract::Pairs, journey::status_of},
};

/// The page's address.
pub(super) fn path(client: &Client) -> String {
    format!("{PATH}/{}/report", key(client))
}

/// The application that an address means, if the person agreed with it: about any other there is nothing to say here.
async fn about(portal: &Portal, app: &str) -> Result<Option<Client>, Fault> {
    match meant(app) {
        Some((tenant, client)) => apps::agreed(&portal.state.tools, portal.account.subject(), (tenant, &client)).await,
        None => Ok(None),
    }
}

fn form(portal: &mut Portal, client: &Client, form: Form) -> HttpResponse {
    let status = status_of(form.complaints.first().map(|wrong| &wrong.complaint));
    let view = View::of(Some(client), portal.visitor.locale, form, None);
    portal.shows(status, &Content::of(&view), (ScreenName::AppReport.id(), &path(client)))
}

/// `GET /account/apps/{app}/report`
pub async fn show(mut portal: Portal, app: Path<String>) -> HttpResponse {
    let came = about(&portal, &app).await.map(|client| match client {
        Some(client) => form(&mut portal, &client, Form::default()),
        None => portal.knows_nothing(),
    });
    portal.answers(came)
}

/// `POST /account/apps/{app}/report`
pub async fn answer(mut portal: Portal, posted: Pairs, app: Path<String>) -> HttpResponse {
    let came = judge(&mut portal, &app, &posted.0).await;
    portal.answers(came)
}

async fn judge(portal: &mut Portal, app: &str, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let Some(client) = about(portal, app).await? else { return Ok(portal.knows_nothing()) };
    let kept = || Form::keeping(posted, Report::KEPT);
    if !portal.is_own_form(posted, &path(&client)) {
        return Ok(form(portal, &client, kept().complaining(Complaint::Stale, None)));
    }
    match parse::<Report>(posted) {
        Some(Answer::Back) => Ok(portal.goes(PATH)),
        Some(Answer::Send(told)) => match apps::report(&portal.state.tools, portal.account.subject(), &client, &told, &portal.visitor).await {
            Ok(reference) => Ok(portal.goes(&format!("{PATH}?done=reported&app={}&reference={reference}", key(&client)))),
            Err(Rejected::Complaint { complaint, field, .. }) => Ok(form(portal, &client, kept().complaining(complaint, field))),
            Err(Rejected::Fields(wrong)) => {
                let complained = wrong.into_iter().fold(kept(), |form, (field, complaint)| form.complaining(complaint, Some(field)));
                Ok(form(portal, &client, complained))
            }
            Err(Rejected::Fault(fault)) => Err(fault),
        },
        // Nothing is refused here: there is no request.
        Some(Answer::Deny) | None => Ok(form(portal, &client, kept().complaining(Complaint::Stale, None))),
    }
}
