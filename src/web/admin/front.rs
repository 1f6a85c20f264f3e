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
        account::portal::{language, proves},
        extract::{Browser, Jar, QueryPairs},
        reply::{Around, Failure, page, problem, see_other},
    },
};

const PATH: &str = "/admin";

/// `GET /admin`
pub async fn front(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    if let Some(locale) = language(&query.0) {
        let mut jar = Jar::new();
        jar.language(locale, PART);
        return see_other(request.path(), jar);
    }
    let came = lead(&state, browser).await;
    came.unwrap_or_else(|failure| failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", PATH)))
}

async fn lead(state: &State, mut browser: Browser) -> Result<HttpResponse, Failure> {
    let (tools, mut jar) = (&state.tools, Jar::new());
    let default: Loaded<Tenant> = tools.reads().default_tenant().await?.ok_or(Failure::NotFound)?;
    let id = browser.id(tools, &mut jar);
    let visitor = browser.visitor(id, tools, (PART, None), Some(&default));
    let Some(places) = console::places(tools, &visitor).await? else {
        return Ok(proves(state, &browser, (&default, &visitor), (Purpose::SignIn, PATH), jar).await?);
    };
    let around = Around::plain(visitor.locale, Some(&default), "S-AD-CONSOLES", PATH);
    let name = |tenant: &Tenant| tenant.names.get(visitor.locale).to_owned();
    Ok(match places.as_slice() {
        [] => {
            let complaint = Complaint::NoRole { organisation: name(&default).into(), identifier: someone(state, &visitor).await?.into() };
            problem(state, complaint, &Around { screen: "S-ERROR", ..around }, &[])
        }
        [only] => see_other(&format!("{PATH}/{}", only.slug), jar),
        several => {
            let consoles = several.iter().map(|tenant| Link { href: format!("{PATH}/{}", tenant.slug), name: name(tenant) }).collect();
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
