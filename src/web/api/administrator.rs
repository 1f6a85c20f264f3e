//! Who asks: the token file of this machine, or an access token for this API.

use std::net::IpAddr;

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web::Data};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use super::{LocalAccess, Problem};
use crate::{
    journey::Tools,
    service::admin::{By, bearer},
    web::{State, extract::peer, guard::RequestId},
};

/// Whoever may administer something; what, the service decides.
pub struct Administrator {
    /// The house's tools.
    pub tools: Tools,
    /// Who.
    pub by: By,
}

impl FromRequest for Administrator {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = token(request);
        let state = request.app_data::<Data<State>>().cloned();
        let access = request.app_data::<Data<LocalAccess>>().cloned();
        let from: Option<IpAddr> = state.as_ref().and_then(|state| peer(request, &state.proxies));
        let correlation = request.extensions().get::<RequestId>().map(|id| id.0.clone());
        async move {
            let (Some(state), Some(token)) = (state, token) else { return Err(Problem::Unauthorized) };
            let ip = from.map(|ip| ip.to_string());
            let by = if access.is_some_and(|access| access.admits(&token, from)) {
                By::local()
            } else {
                bearer::caller(&state.tools, &token, ip.as_deref(), correlation.as_deref()).await?.ok_or(Problem::Unauthorized)?
            };
            Ok(Self { tools: state.tools.clone(), by: By { ip, correlation, ..by } })
        }
        .boxed_local()
    }
}

/// The one token in the one header. [RFC 6750 §2.1]
fn token(request: &HttpRequest) -> Option<String> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let (Some(only), None) = (headers.next(), headers.next()) else { return None };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned()).filter(|token| !token.is_empty())
}
