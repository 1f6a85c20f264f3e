//! S-ME-SECURITY and S-ME-PASSWORD.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
};

use super::{Portal, portal::field};
use crate::{
    pages::{ChangePassword, Complaint, Content, Form, Me, Security},
    service::account::password::{self, Asked, Changing},
    values::{Fault, Secret},
    web::{
        extract::{Pairs, QueryPairs},
        journey::status_of,
        reply::seconds_until,
    },
};

const PATH: &str = "/account/security";
const PASSWORD: &str = "/account/password";

/// `GET /account/security`
pub async fn show(mut portal: Portal, query: QueryPairs) -> HttpResponse {
    let is_changed = field(&query.0, "done") == Some("password");
    let came = password::overview(&portal.state.tools, &portal.account).await.map(|overview| {
        let view = Security { me: Me::of(&portal.account), password_since: overview.password_since, sessions: overview.sessions, is_changed };
        portal.shows(StatusCode::OK, &Content::of(&view), ("S-ME-SECURITY", PATH))
    });
    portal.answers(came)
}

/// `GET /account/password`
pub async fn password(mut portal: Portal) -> HttpResponse {
    let came = if portal.is_proved_lately() { form(&mut portal, Form::default()).await } else { portal.proves_again(PASSWORD).await };
    portal.answers(came)
}

async fn form(portal: &mut Portal, form: Form) -> Result<HttpResponse, Fault> {
    let has_password = portal.state.tools.reads().password(portal.account.subject()).await?.is_some();
    let complaint = form.complaints.first().map(|wrong| wrong.complaint.clone());
    let status = match complaint {
        Some(Complaint::Throttled { .. }) => StatusCode::TOO_MANY_REQUESTS,
        _ => status_of(complaint.as_ref()),
    };
    let signout_all = form.complaints.is_empty() || form.typed.contains_key("signout_all");
    let view = ChangePassword { me: Me::of(&portal.account), form, least: portal.tenant.settings.password_min, has_password, signout_all };
    let mut reply = portal.shows(status, &Content::of(&view), ("S-ME-PASSWORD", PASSWORD));
    let wait = match complaint {
        Some(Complaint::Throttled { seconds }) => Some(seconds),
        Some(Complaint::Busy) => Some(5),
        _ => None,
    };
    if let Some(seconds) = wait {
        reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(reply)
}

/// `POST /account/password`
pub async fn change(mut portal: Portal, posted: Pairs) -> HttpResponse {
    let came = save(&mut portal, &posted.0).await;
    portal.answers(came)
}

async fn save(portal: &mut Portal, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let kept = Form::keeping(posted, ChangePassword::KEPT);
    if !portal.is_own_form(posted, PASSWORD) {
        return form(portal, kept.complaining(Complaint::Stale, None)).await;
    }
    if !portal.is_proved_lately() {
        return portal.proves_again(PASSWORD).await;
    }
    let secret = |name| Secret::from(field(posted, name).unwrap_or_default());
    let asked = Asked { password: secret("password"), new_password: secret("new_password"), ends_others: field(posted, "signout_all").is_some() };
    let tools = portal.state.tools.clone();
    match password::change(&tools, &portal.account, (&portal.tenant, &portal.visitor), asked).await? {
        Changing::Done => Ok(portal.goes("/account/security?done=password")),
        Changing::Wrong(field, complaint) => form(portal, kept.complaining(complaint, field)).await,
        Changing::Wait(until) => {
            let seconds = seconds_until(until, tools.now());
            form(portal, kept.complaining(Complaint::Throttled { seconds }, None)).await
        }
    }
}
