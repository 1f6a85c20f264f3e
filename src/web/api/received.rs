//! What was sent, taken apart: JSON, pages, versions.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MATCH},
    },
    web::Bytes,
};
use futures_util::future::{FutureExt as _, LocalBoxFuture};
use serde::{Serialize, de::DeserializeOwned};

use super::Problem;
use crate::service::admin::{PageAsked, Refused, Shown, links::Saved};

/// Deeper JSON is nobody's registration.
const DEEPEST: usize = 32;

fn malformed(why: impl Into<String>) -> Problem {
    Problem::Refused(Refused::Malformed(why.into()))
}

/// A body of JSON.
#[derive(Debug)]
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_json = matches!(media.as_str(), "application/json" | "application/merge-patch+json");
        let body = Bytes::from_request(request, payload);
        async move {
            let body = body.await.map_err(|_| malformed("the body is longer than 64 kB or was cut off"))?;
            if !is_json {
                return Err(malformed("the body must be application/json"));
            }
            if depth(&body) > DEEPEST {
                return Err(malformed("the JSON is nested too deeply"));
            }
            serde_json::from_slice(&body).map(Self).map_err(|error| malformed(error.to_string()))
        }
        .boxed_local()
    }
}

/// How deeply brackets are nested outside strings.
fn depth(text: &[u8]) -> usize {
    let (mut now, mut most, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// What is asked for in the address.
#[derive(Debug)]
pub(super) struct Asked<T>(pub(super) T);

/// Which part of a list is asked for.
pub(super) type Part = Asked<PageAsked>;

impl<T: DeserializeOwned> FromRequest for Asked<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(serde_urlencoded::from_str(request.query_string()).map(Self).map_err(|error| malformed(error.to_string())))
    }
}

/// As what the caller saw it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen(pub(super) Option<u64>);

impl FromRequest for Seen {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(IF_MATCH) else { return ready(Ok(Self(None))) };
        let rev = value.to_str().ok().and_then(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse().ok());
        ready(rev.map(|rev| Self(Some(rev))).ok_or_else(|| malformed("If-Match holds the rev that was seen")))
    }
}

/// Something shown, with its version as the ETag.
pub(super) fn shown<T: Serialize>(status: StatusCode, it: &Shown<T>) -> HttpResponse {
    HttpResponse::build(status).insert_header((CACHE_CONTROL, "no-store")).insert_header((ETAG, format!("\"{}\"", it.rev))).json(it)
}

/// The same, with what is wrong with the addresses in it.
pub(super) fn saved<T: Serialize>(status: StatusCode, it: &Saved<Shown<T>>) -> HttpResponse {
    HttpResponse::build(status).insert_header((CACHE_CONTROL, "no-store")).insert_header((ETAG, format!("\"{}\"", it.it.rev))).json(it)
}

/// Anything else.
pub(super) fn told<T: Serialize>(status: StatusCode, it: &T) -> HttpResponse {
    HttpResponse::build(status).insert_header((CACHE_CONTROL, "no-store")).json(it)
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn brackets_in_strings_do_not_nest() {
        assert_eq!(depth(br#"{"a": ["[[[[", "\"[["]}"#), 2);
        assert_eq!(depth(&b"[".repeat(40)), 40);
    }
}
