//! The authorization endpoint. [RFC 6749 §3.1, OpenID Connect Core §3.1.2.1]

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web::Data};

use crate::{
    pages::{Complaint, Flaw},
    protocol::{ErrorCode, params::Params},
    service::authorize::{self, Authorized},
    web::{
        State,
        extract::{Jar, Visit},
        guard::RequestId,
        journey,
        reply::{Around, Failure, problem, see_other, to_client},
    },
};

/// `GET /authorize` and `POST /authorize`: the same, its parameters in the address or in the body. From another site the browser sends no cookies along with a
/// form, so a form from there becomes a GET that brings them.
pub async fn ask(state: Data<State>, request: HttpRequest, visit: Visit) -> HttpResponse {
    let visitor = visit.visitor(&state.tools, "");
    let Visit { at, params, browser, jar, .. } = visit;
    let mut around = Around::plain(visitor.locale, Some(&at.tenant), "S-ERROR", request.path());
    match authorize::start(&state.tools, at.issuer, &at.tenant, &params, &visitor).await {
        Ok(Authorized::Done(finished)) => journey::finish(&state, &browser, *finished),
        Ok(Authorized::Walk { journey, first }) => see_other(&format!("/ui/{journey}/{}", first.path()), jar),
        Ok(Authorized::Refused(answer)) => {
            around.screen = "S-CONTINUE";
            to_client(&state, answer, &around, Jar::new())
        }
        Ok(Authorized::Here { parameter, error }) => {
            let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
            let developer = [("error", error.code.as_str().to_owned()), ("error_description", error.description.to_owned()), ("request", id)];
            problem(&state, Complaint::BadRequest { parameter, flaw: flaw(&params, parameter, error.code) }, &around, &developer)
        }
        Err(fault) => Failure::from(fault).into_page(&state, &around),
    }
}

/// Of a client or an address that was sent in order, all that can be wrong is that it is not registered, or switched off.
fn flaw(params: &Params, parameter: &str, code: ErrorCode) -> Flaw {
    match params.one(parameter) {
        Ok(None) => Flaw::Missing,
        Ok(Some(_)) if code != ErrorCode::UnauthorizedClient => Flaw::Unregistered,
        Ok(Some(_)) | Err(_) => Flaw::Invalid,
    }
}
