//! S-SETUP: the first operator. GET shows, POST creates.

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
    reply::{Around, page, problem, see_other},
    whose,
};
use crate::{
    model::Tenant,
    pages::{self, Complaint, Content, Form, SetupDone},
    service::setup::{self, Asked, LinkRefused, Setup},
    values::BrowserId,
};

const SCREEN: &str = "S-SETUP";

/// What forms of this page are bound to. Not the link itself: it is a secret.
const FORM: &str = "setup";

/// `GET /setup/{token}`
pub async fn show(state: Data<State>, request: HttpRequest, mut browser: Browser, query: QueryPairs, path: Path<String>) -> HttpResponse {
    let mut jar = Jar::new();
    if let Some(locale) = query.language() {
        jar.language(locale, FORM);
        return see_other(request.path(), jar);
    }
    let id = browser.id(&state.tools, &mut jar);
    let house = whose::house(&state).await;
    let around = around(&state, &request, &browser, (Some(id), house.as_deref()));
    match setup::look(&state.tools, &path).await {
        Ok(Ok(())) => form(&state, StatusCode::OK, Form::default(), &around, jar),
        Ok(Err(refused)) => link(&state, refused, &around),
        Err(fault) => super::reply::Failure::from(fault).into_page(&state, &around),
    }
}

/// `POST /setup/{token}`
pub async fn create(state: Data<State>, request: HttpRequest, browser: Browser, posted: Pairs, path: Path<String>) -> HttpResponse {
    let house = whose::house(&state).await;
    let Some(id) = browser.known_id(&state.tools) else {
        return problem(&state, Complaint::Cookies, &around(&state, &request, &browser, (None, house.as_deref())), &[]);
    };
    let is_own = guard::is_own_form(&request, &posted.0, &state.tools, &id, FORM);
    let around = around(&state, &request, &browser, (Some(id), house.as_deref()));
    if !is_own {
        let again = Form::keeping(&posted.0, pages::Setup::KEPT).complaining(Complaint::Stale, None);
        return form(&state, StatusCode::FORBIDDEN, again, &around, Jar::new());
    }
    let visitor = browser.visitor(BrowserId(String::new()), &state.tools, (FORM, None), None);
    let asked = Asked { ip: visitor.ip, correlation: visitor.correlation };
    match setup::create(&state.tools, &path, &posted.0, &asked).await {
        Ok(Setup::Done { identifier }) => {
            let done = SetupDone { identifier, console_href: "/account".to_owned() };
            page(&state, StatusCode::OK, &Content::of(&done), &around, Jar::new())
        }
        Ok(Setup::Again(again)) => form(&state, StatusCode::UNPROCESSABLE_ENTITY, again, &around, Jar::new()),
        Ok(Setup::Busy) => {
            let again = Form::keeping(&posted.0, pages::Setup::KEPT).complaining(Complaint::Busy, None);
            let mut reply = form(&state, StatusCode::SERVICE_UNAVAILABLE, again, &around, Jar::new());
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
            reply
        }
        Ok(Setup::Refused(refused)) => link(&state, refused, &around),
        Err(fault) => super::reply::Failure::from(fault).into_page(&state, &around),
    }
}

fn around<'a>(state: &State, request: &HttpRequest, browser: &Browser, (id, house): (Option<BrowserId>, Option<&'a Tenant>)) -> Around<'a> {
    let visitor = browser.visitor(BrowserId(String::new()), &state.tools, (FORM, None), None);
    let csrf = id.map(|id| guard::form_token(&state.tools, &id, FORM)).unwrap_or_default();
    Around { csrf, ..Around::plain(visitor.locale, house, SCREEN, request.path()) }
}

fn form(state: &State, status: StatusCode, form: Form, around: &Around<'_>, jar: Jar) -> HttpResponse {
    let shown = pages::Setup { form, min_password: setup::least_password() };
    page(state, status, &Content::of(&shown), around, jar)
}

fn link(state: &State, refused: LinkRefused, around: &Around<'_>) -> HttpResponse {
    let complaint = match refused {
        LinkRefused::Bad => Complaint::BadLink,
        LinkRefused::Expired => Complaint::ExpiredLink { date: None },
    };
    problem(state, complaint, &Around { screen: "S-ERROR", ..around.clone() }, &[])
}
