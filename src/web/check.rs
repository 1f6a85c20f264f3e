//! S-CHECK-LINK: GET shows a button, POST presses it. Who has the link may press: no cookie is asked for, because mail is read elsewhere.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    State,
    extract::{Browser, Jar, QueryPairs},
    reply::{Around, Failure, page, problem, see_other},
    whose,
};
use crate::{
    pages::{CheckLink, Complaint, Content},
    service::check::{self, Link},
    values::{BrowserId, Fault, JourneyId},
};

const SCREEN: &str = "S-CHECK-LINK";

/// `GET /ui/check/{journey}/{token}`
pub(super) async fn show(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs, path: Path<(String, String)>) -> HttpResponse {
    if let Some(locale) = query.language() {
        let mut jar = Jar::new();
        jar.language(locale, SCREEN);
        return see_other(request.path(), jar);
    }
    let (id, token) = path.into_inner();
    let id = JourneyId(id);
    let link = check::look(&state.tools, &id, &token).await;
    answer(&state, &request, &browser, (&id, link)).await
}

/// `POST /ui/check/{journey}/{token}`
pub(super) async fn press(state: Data<State>, request: HttpRequest, browser: Browser, path: Path<(String, String)>) -> HttpResponse {
    let (id, token) = path.into_inner();
    let id = JourneyId(id);
    let link = check::press(&state.tools, &id, &token).await;
    answer(&state, &request, &browser, (&id, link)).await
}

async fn answer(state: &State, request: &HttpRequest, browser: &Browser, (id, link): (&JourneyId, Result<Link, Fault>)) -> HttpResponse {
    let locale = browser.visitor(BrowserId(String::new()), &state.tools, (SCREEN, None), None).locale;
    let (tenant, is_pressed) = match link {
        Ok(Link::Open(tenant)) => (tenant, false),
        Ok(Link::Pressed(tenant)) => (tenant, true),
        other => {
            let tenant = whose::of_journey(state, id).await;
            let around = Around::plain(locale, tenant.as_deref(), "S-ERROR", request.path());
            return match other {
                Err(fault) => Failure::from(fault).into_page(state, &around),
                Ok(Link::Over) => problem(state, Complaint::ExpiredLink { date: None }, &around, &[]),
                Ok(_) => problem(state, Complaint::BadLink, &around, &[]),
            };
        }
    };
    let around = Around::plain(locale, Some(&tenant), SCREEN, request.path());
    page(state, StatusCode::OK, &Content::of(&CheckLink { is_pressed }), &around, Jar::new())
}
