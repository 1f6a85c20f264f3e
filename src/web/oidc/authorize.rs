//! The authorization endpoint. [RFC 6749 §3.1, OpenID Connect Core §3.1.2.1]

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web::Data};

use crate::{
    pages::Complaint,
    protocol::{authorize::ui_locale, params::Params},
    service::authorize::{self, Authorized},
    values::Locale,
    web::{
        State,
        extract::{Browser, IssuerAt, Jar, Pairs, QueryPairs},
        guard::RequestId,
        journey,
        reply::{Around, Failure, problem, see_other, to_client},
    },
};

/// `GET /authorize`
pub async fn get(
    state: Data<State>,
    request: HttpRequest,
    at: Result<IssuerAt, Failure>,
    browser: Browser,
    query: Result<QueryPairs, Failure>,
) -> HttpResponse {
    answer(&state, &request, at, browser, query.map(|pairs| pairs.0)).await
}

/// `POST /authorize`: the same, its parameters in the body. From another site the browser sends no cookies along, so a form from there becomes a GET that brings them.
pub async fn post(state: Data<State>, request: HttpRequest, at: Result<IssuerAt, Failure>, browser: Browser, body: Result<Pairs, Failure>) -> HttpResponse {
    answer(&state, &request, at, browser, body.map(|pairs| pairs.0)).await
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    at: Result<IssuerAt, Failure>,
    mut browser: Browser,
    pairs: Result<Vec<(String, String)>, Failure>,
) -> HttpResponse {
    let mut jar = Jar::new();
    let id = browser.id(&state.tools, &mut jar);
    let plain = |locale: Locale| Around::plain(locale, None, "S-ERROR", request.path());
    let (at, params) = match (at, pairs) {
        (Ok(at), Ok(pairs)) => (at, Params::parse(pairs)),
        (Err(failure), _) | (_, Err(failure)) => {
            let locale = browser.visitor(id, &state.tools, ("", None), None).locale;
            return failure.into_page(state, &plain(locale));
        }
    };
    let asked = ui_locale(&params).ok().flatten();
    let visitor = browser.visitor(id, &state.tools, ("", asked), Some(&at.tenant));
    let locale = visitor.locale;
    let mut around = Around::plain(locale, Some(&at.tenant), "S-ERROR", request.path());
    match authorize::start(&state.tools, at.issuer, &at.tenant, &params, &visitor).await {
        Ok(Authorized::Done(finished)) => journey::finish(state, &browser, *finished),
        Ok(Authorized::Walk { journey, first }) => see_other(&format!("/ui/{journey}/{}", first.path()), jar),
        Ok(Authorized::Refused(answer)) => {
            around.screen = "S-CONTINUE";
            to_client(state, answer, &around, Jar::new())
        }
        Ok(Authorized::Here { parameter, error }) => {
            let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
            let developer = [("error", error.code.as_str().to_owned()), ("error_description", error.description.to_owned()), ("request", id)];
            problem(state, Complaint::BadRequest { parameter }, &around, &developer)
        }
        Err(fault) => Failure::from(fault).into_page(state, &around),
    }
}
