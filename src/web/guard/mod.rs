//! What stands around every request: an id, one line in the log, the headers, a net for panics, and the path's case.

mod cors;
mod csrf;
mod headers;
mod path;

use std::{borrow::Cow, panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt as _;

pub use cors::cors;
pub use csrf::{form_token, is_own_form};
pub use path::canonical;

use super::{State, extract::peer, reply::Failure, routes::fixed};
use crate::values::EntropyExt;

/// The id of a request, in the log, the audit trail and the reply's header.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Around every request: one structured line, whatever happens inside. The line has the route's pattern, never the path, which may hold a mailed link.
///
/// # Errors
/// None of its own.
pub async fn around<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let began = Instant::now();
    let state = request.app_data::<Data<State>>().cloned();
    let id = state.as_ref().map(|state| state.tools.entropy.name()).unwrap_or_default();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    // Asking the router for the pattern is matching the path twice: those that are asked for all day say it themselves.
    let pattern = fixed(request.path()).map(Cow::Borrowed).or_else(|| request.match_pattern().map(Cow::Owned));
    let from = state.as_ref().and_then(|state| peer(request.request(), &state.proxies)).is_some();
    // A panic in one request is that request's 500; nothing is shared that it could poison. The request itself cannot be kept for the answer: the router
    // changes it and must be its only owner.
    let mut outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await.unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        Err(Failure::panicked(what.as_deref().unwrap_or("a panic without words")).into())
    });
    let status = match &mut outcome {
        Ok(response) => {
            headers::put(response.headers_mut(), &id, state.as_ref().is_some_and(|state| state.tools.public_url.starts_with("https:")));
            response.status().as_u16()
        }
        Err(error) => error.as_response_error().status_code().as_u16(),
    };
    let ms = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!("http.method" = %method, "http.route" = pattern.as_deref().unwrap_or("none"), "http.status" = status, duration_us = ms, "request.id" = id, has_peer = from, "http.request");
    outcome
}
