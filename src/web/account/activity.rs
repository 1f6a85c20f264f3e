//! S-ME-ACTIVITY: what happened to the account lately, and the way to say «that was not me».

use actix_web::{HttpResponse, http::StatusCode};

use super::{Portal, portal::field};
use crate::{
    pages::{Activity, Complaint, Content, Form, Happened, Me},
    service::account::activity,
    values::Fault,
    web::extract::{Pairs, QueryPairs},
};

const PATH: &str = "/account/activity";

/// `GET /account/activity`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let is_disowned = field(&query.0, "done") == Some("disowned");
    let came = list(&mut portal, Form::default(), is_disowned).await;
    portal.answers(came)
}

async fn list(portal: &mut Portal, form: Form, is_disowned: bool) -> Result<HttpResponse, Fault> {
    let tools = portal.state.tools.clone();
    let events = activity::lately(&tools, portal.account.subject()).await?;
    let words = tools.pages.words(portal.visitor.locale)?;
    // What has no words here is the server's own business.
    let lines = events.iter().map(|event| Happened::of(event, words)).filter(|line| line.sentence.is_some()).collect();
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let view = Activity { me: Me::of(&portal.account), form, lines, is_disowned };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-ACTIVITY", PATH)))
}

/// `POST /account/activity`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = disown(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn disown(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    if !portal.is_own_form(posted, PATH) {
        return list(portal, Form::default().complaining(Complaint::Stale, None), false).await;
    }
    // Whoever is not the owner must not be able to sign the owner out.
    if !portal.is_proved_lately() {
        return portal.proves_again(PATH).await;
    }
    activity::disown(&portal.state.tools, portal.account.subject(), &portal.session.sid, &portal.visitor).await?;
    Ok(portal.goes("/account/activity?done=disowned"))
}
