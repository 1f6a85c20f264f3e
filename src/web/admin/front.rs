//! `/admin` alone: the way to the organisation in which the person has a role.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::console::PART;
use crate::{
    model::{Purpose, Tenant},
    pages::{Complaint, Consoles, Content, Link},
    service::admin::console,
    storage::Loaded,
    values::{Fault, Locale},
    web::{
        State,
        account::portal::proves,
        extract::{Browser, Jar, QueryPairs},
        reply::{Around, Failure, page, problem, see_other},
    },
};

/// `GET /admin`
pub async fn front(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    lead(&state, &request, browser, (&query, "")).await
}

/// `GET /support`: the same, to the page for those who help.
pub async fn support(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    lead(&state, &request, browser, (&query, "/support")).await
}

async fn lead(state: &State, request: &HttpRequest, browser: Browser, (query, place): (&QueryPairs, &str)) -> HttpResponse {
    if let Some(locale) = query.language() {
        let mut jar = Jar::new();
        jar.language(locale, PART);
        return see_other(request.path(), jar);
    }
    let came = find(state, browser, (request.path(), place)).await;
    came.unwrap_or_else(|failure| failure.into_page(state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())))
}

async fn find(state: &State, mut browser: Browser, (path, place): (&str, &str)) -> Result<HttpResponse, Failure> {
    let (tools, mut jar) = (&state.tools, Jar::new());
    let default: Loaded<Tenant> = tools.reads().default_tenant().await?.ok_or(Failure::NotFound)?;
    let id = browser.id(tools, &mut jar);
    let visitor = browser.visitor(id, tools, (PART, None), Some(&default));
    let Some(places) = console::places(tools, &visitor).await? else {
        return Ok(proves(state, &browser, (&default, &visitor), (Purpose::SignIn, path), jar).await?);
    };
    let around = Around::plain(visitor.locale, Some(&default), "S-AD-CONSOLES", path);
    let name = |tenant: &Tenant| tenant.names.get(visitor.locale).to_owned();
    let href = |tenant: &Tenant| format!("/admin/{}{place}", tenant.slug);
    Ok(match places.as_slice() {
        [] => {
            let complaint = Complaint::NoRole { organisation: name(&default).into(), identifier: someone(state, &visitor).await?.into() };
            problem(state, complaint, &Around { screen: "S-ERROR", ..around }, &[])
        }
        [only] => see_other(&href(only), jar),
        several => {
            let consoles = several.iter().map(|tenant| Link { href: href(tenant), name: name(tenant) }).collect();
            page(state, StatusCode::OK, &Content::of(&Consoles { consoles }), &around, jar)
        }
    })
}

/// Whoever is signed in, to be named.
async fn someone(state: &State, visitor: &crate::journey::facts::Visitor) -> Result<String, Fault> {
    for session in crate::service::end_session::sessions(&state.tools, visitor).await? {
        if let Some(account) = state.tools.reads().account(session.subject).await? {
            return Ok(account.identifier());
        }
    }
    Ok(String::new())
}
