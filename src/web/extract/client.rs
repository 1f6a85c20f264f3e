//! What a client's request says beside its form.

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web::Data};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use super::{IssuerAt, peer};
use crate::{
    protocol::{ErrorCode, OAuthError},
    service::{Refusal, client_auth::AtIssuer},
    values::Secret,
    web::{State, guard::RequestId, reply::Failure},
};

/// A request by a program: at which issuer, from where, and with which `Authorization`.
#[derive(Debug)]
pub struct ClientRequest {
    issuer: IssuerAt,
    authorization: Option<Secret<String>>,
    ip: Option<String>,
    correlation: Option<String>,
}

impl ClientRequest {
    /// Where it came in and from.
    #[must_use]
    pub fn at(&self) -> AtIssuer<'_> {
        AtIssuer { issuer: self.issuer.issuer, tenant: &self.issuer.tenant, ip: self.ip.as_deref(), correlation: self.correlation.as_deref() }
    }

    /// The header's value.
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        self.authorization.as_ref().map(|value| value.expose().as_str())
    }

    /// What follows the name of a scheme in the header; `None` when the header is missing or of another scheme.
    #[must_use]
    pub fn credentials(&self, scheme: &str) -> Option<&str> {
        let (given, rest) = self.authorization()?.split_once(' ')?;
        given.eq_ignore_ascii_case(scheme).then(|| rest.trim()).filter(|rest| !rest.is_empty())
    }

    /// Refuse. A client that came with the header is told which scheme was meant. [RFC 6749 §5.2]
    #[must_use]
    pub fn failure(&self, refusal: Refusal) -> Failure {
        match refusal {
            Refusal::OAuth(error) if error.code == ErrorCode::InvalidClient && self.authorization.is_some() => {
                Failure::Challenge(error, r#"Basic realm="client", charset="UTF-8""#)
            }
            Refusal::OAuth(error) => error.into(),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

impl FromRequest for ClientRequest {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let issuer = IssuerAt::from_request(request, payload);
        let authorization = authorization(request);
        let state = request.app_data::<Data<State>>();
        let ip = state.and_then(|state| peer(request, &state.proxies)).map(|address| address.to_string());
        let correlation = request.extensions().get::<RequestId>().map(|id| id.0.clone());
        async move { Ok(Self { issuer: issuer.await?, authorization: authorization?, ip, correlation }) }.boxed_local()
    }
}

/// The one `Authorization` header.
fn authorization(request: &HttpRequest) -> Result<Option<Secret<String>>, OAuthError> {
    const TWO: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "there is more than one Authorization header");
    const UNREADABLE: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the Authorization header is not ASCII");
    let mut values = request.headers().get_all(AUTHORIZATION);
    let first = values.next();
    if values.next().is_some() {
        return Err(TWO);
    }
    first.map(|value| value.to_str().map(Secret::from).map_err(|_| UNREADABLE)).transpose()
}
