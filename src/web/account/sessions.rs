//! S-ME-SESSIONS: where the account is signed in, and the end of that.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Portal, portal::field};
use crate::{
    pages::{AgentShown, Complaint, Content, Form, Me, OpenSession, Sessions, SessionsNotice},
    service::account::sessions::{self, Open},
    values::{Fault, SessionId},
    web::extract::{Pairs, QueryPairs},
};

const PATH: &str = "/account/sessions";

/// `GET /account/sessions`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let notice = match field(&query.0, "done") {
        Some("ended") => Some(SessionsNotice::Ended),
        Some("forgotten") => Some(SessionsNotice::Forgotten),
        Some("others_ended") => Some(SessionsNotice::OthersEnded),
        _ => None,
    };
    let came = list(&mut portal, Form::default(), notice).await;
    portal.answers(came)
}

async fn list(portal: &mut Portal, form: Form, notice: Option<SessionsNotice>) -> Result<HttpResponse, Fault> {
    let here = portal.session.sid.clone();
    let open = sessions::list(&portal.state.tools, portal.account.subject(), &here, portal.visitor.locale).await?;
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let sessions = open.into_iter().map(|open| in_list(open, &here)).collect();
    let view = Sessions { me: Me::of(&portal.account), form, sessions, notice };
    Ok(portal.shows(status, &Content::of(&view), ("S-ME-SESSIONS", PATH)))
}

fn in_list(Open { session, apps }: Open, here: &SessionId) -> OpenSession {
    OpenSession {
        agent: AgentShown::of(session.agent),
        is_here: session.sid == *here,
        began: session.created_at,
        used: session.seen_at,
        apps,
        key: session.sid.0,
    }
}

/// `POST /account/sessions`
pub async fn answer(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = end(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn end(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    if !portal.is_own_form(posted, PATH) {
        return list(portal, Form::default().complaining(Complaint::Stale, None), None).await;
    }
    let (tools, subject, here) = (portal.state.tools.clone(), portal.account.subject(), portal.session.sid.clone());
    match (field(posted, "action"), field(posted, "session").map(SessionId::from)) {
        // This browser signs out by the way that says so.
        (Some("end" | "forget"), Some(sid)) if sid == here => Ok(portal.goes("/logout")),
        (Some("end"), Some(sid)) => {
            sessions::end(&tools, subject, &sid, &portal.visitor).await?;
            Ok(portal.goes("/account/sessions?done=ended"))
        }
        (Some("forget"), Some(sid)) => {
            sessions::forget(&tools, subject, &sid, &portal.visitor).await?;
            Ok(portal.goes("/account/sessions?done=forgotten"))
        }
        (Some("end_others"), _) => {
            sessions::end_others(&tools, subject, &here, &portal.visitor).await?;
            Ok(portal.goes("/account/sessions?done=others_ended"))
        }
        _ => Ok(portal.goes(PATH)),
    }
}
