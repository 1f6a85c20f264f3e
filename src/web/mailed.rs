//! What links in mails lead to. GET shows; POST, of a button, acts.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
    web::{Data, Path},
};

use super::{
    State,
    extract::{Browser, Jar, Pairs, QueryPairs},
    guard,
    journey::status_of,
    reply::{Around, Failure, page, problem, see_other},
    whose,
};
use crate::{
    journey::facts::Visitor,
    model::Tenant,
    pages::{CodeShown, Complaint, Content, Form, UndoPassword},
    service::mailed::{self, LinkRefused, Undone},
    values::BrowserId,
};

/// What forms and languages of these pages are bound to. Not the link itself: it is a secret.
const FORM: &str = "undo";
const CODE: &str = "S-CODE";
const UNDO: &str = "S-UNDO";

/// `GET /code/{token}`
pub async fn code(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs, token: Path<String>) -> HttpResponse {
    if let Some(spoken) = speaks(&request, &query) {
        return spoken;
    }
    let visitor = visitor(&state, &browser, None);
    match mailed::code(&state.tools, &token).await {
        Ok(Ok(shown)) => {
            let around = Around::plain(visitor.locale, Some(&shown.tenant), CODE, request.path());
            page(&state, StatusCode::OK, &Content::of(&CodeShown { code: shown.code.clone(), of: shown.of }), &around, Jar::new())
        }
        Ok(Err(refused)) => nowhere(&state, refused, &visitor, &request).await,
        Err(fault) => Failure::from(fault).into_page(&state, &around(&visitor, None, &request)),
    }
}

/// `GET /undo/{token}`
pub async fn show(state: Data<State>, request: HttpRequest, mut browser: Browser, query: QueryPairs, token: Path<String>) -> HttpResponse {
    if let Some(spoken) = speaks(&request, &query) {
        return spoken;
    }
    let mut jar = Jar::new();
    let visitor = visitor(&state, &browser, None);
    let id = browser.id(&state.tools, &mut jar);
    match mailed::undoable(&state.tools, &token).await {
        Ok(Ok(found)) => {
            let csrf = guard::form_token(&state.tools, &id, FORM);
            let around = Around { csrf, ..around(&visitor, Some(&found.tenant), &request) };
            let view = UndoPassword { form: Form::default(), is_undone: found.is_undone() };
            page(&state, StatusCode::OK, &Content::of(&view), &around, jar)
        }
        Ok(Err(refused)) => nowhere(&state, refused, &visitor, &request).await,
        Err(fault) => Failure::from(fault).into_page(&state, &around(&visitor, None, &request)),
    }
}

/// `POST /undo/{token}`
pub async fn undo(state: Data<State>, request: HttpRequest, browser: Browser, posted: Pairs, token: Path<String>) -> HttpResponse {
    let visitor = visitor(&state, &browser, browser.known_id(&state.tools));
    let house = whose::house(&state).await;
    let plain = around(&visitor, house.as_deref(), &request);
    if visitor.browser.as_ref().is_empty() {
        return problem(&state, Complaint::Cookies, &plain, &[]);
    }
    let found = match mailed::undoable(&state.tools, &token).await {
        Ok(Ok(found)) => found,
        Ok(Err(refused)) => return nowhere(&state, refused, &visitor, &request).await,
        Err(fault) => return Failure::from(fault).into_page(&state, &plain),
    };
    let again = |complaint: Complaint| {
        let csrf = guard::form_token(&state.tools, &visitor.browser, FORM);
        let around = Around { csrf, ..around(&visitor, Some(&found.tenant), &request) };
        let status = status_of(Some(&complaint));
        let view = UndoPassword { form: Form::default().complaining(complaint, None), is_undone: false };
        page(&state, status, &Content::of(&view), &around, Jar::new())
    };
    let is_pressed = posted.0.iter().any(|(name, value)| name == "action" && value == "undo");
    if !is_pressed || !guard::is_own_form(&request, &posted.0, &state.tools, &visitor.browser, FORM) {
        return again(Complaint::Stale);
    }
    match mailed::undo(&state.tools, &token, &visitor).await {
        Ok(Undone::Done) => see_other(request.path(), Jar::new()),
        Ok(Undone::Busy) => {
            let mut reply = again(Complaint::Busy);
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            reply
        }
        Ok(Undone::Refused(refused)) => nowhere(&state, refused, &visitor, &request).await,
        Err(fault) => Failure::from(fault).into_page(&state, &plain),
    }
}

/// The same page in the language that was chosen at its foot.
fn speaks(request: &HttpRequest, query: &QueryPairs) -> Option<HttpResponse> {
    let locale = query.language()?;
    let mut jar = Jar::new();
    jar.language(locale, FORM);
    Some(see_other(request.path(), jar))
}

fn visitor(state: &State, browser: &Browser, id: Option<BrowserId>) -> Visitor {
    browser.visitor(id.unwrap_or_else(|| BrowserId(String::new())), &state.tools, (FORM, None), None)
}

fn around<'a>(visitor: &Visitor, tenant: Option<&'a Tenant>, request: &HttpRequest) -> Around<'a> {
    Around::plain(visitor.locale, tenant, UNDO, request.path())
}

async fn nowhere(state: &State, refused: LinkRefused, visitor: &Visitor, request: &HttpRequest) -> HttpResponse {
    let (complaint, tenant) = match refused {
        LinkRefused::Bad => (Complaint::BadLink, None),
        LinkRefused::Over(tenant) => (Complaint::ExpiredLink { date: None }, Some(tenant)),
    };
    let tenant = whose::of(state, tenant).await;
    problem(state, complaint, &Around { screen: "S-ERROR", ..around(visitor, tenant.as_deref(), request) }, &[])
}
