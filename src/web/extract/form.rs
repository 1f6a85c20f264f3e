//! Names and values as they were sent, in their order, repetitions included: the rules decide what they mean.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE, web::Bytes};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use crate::{
    protocol::{ErrorCode, OAuthError},
    values::Locale,
    web::reply::Failure,
};

/// The longest body that is read, in bytes.
pub const LONGEST_BODY: usize = 64 * 1024;

/// The pairs of a posted form.
#[derive(Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

/// The pairs of the address.
#[derive(Debug, Default)]
pub struct QueryPairs(pub Vec<(String, String)>);

impl QueryPairs {
    /// The language chosen at the foot of a page.
    #[must_use]
    pub fn language(&self) -> Option<Locale> {
        self.0.iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Locale::first_of(tag))
    }
}

impl FromRequest for Pairs {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")));
        let body = Bytes::from_request(request, payload);
        async move {
            let body = body.await.map_err(|_| OAuthError::new(ErrorCode::InvalidRequest, "the body is longer than 64 kB or was cut off"))?;
            if !is_form && !body.is_empty() {
                return Err(OAuthError::new(ErrorCode::InvalidRequest, "the body must be application/x-www-form-urlencoded").into());
            }
            pairs(&body).map(Self)
        }
        .boxed_local()
    }
}

impl FromRequest for QueryPairs {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs(request.query_string().as_bytes()).map(Self))
    }
}

fn pairs(text: &[u8]) -> Result<Vec<(String, String)>, Failure> {
    let text = std::str::from_utf8(text).map_err(|_| OAuthError::new(ErrorCode::InvalidRequest, "the parameters are not UTF-8"))?;
    Ok(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
}
