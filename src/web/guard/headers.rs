//! Headers that every reply has. A page's policy is its own: `reply/page.rs`.

use actix_web::http::header::{
    CROSS_ORIGIN_RESOURCE_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};

/// By which a request is found in the log and in the audit trail.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Put them in, without touching what the reply says itself.
pub(super) fn put(headers: &mut HeaderMap, id: &str, is_https: bool) {
    let mut put = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    let fixed = HeaderValue::from_static;
    put(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    put(REFERRER_POLICY, fixed("no-referrer"));
    put(CROSS_ORIGIN_RESOURCE_POLICY, fixed("same-origin"));
    if let Ok(id) = HeaderValue::from_str(id) {
        put(REQUEST_ID, id);
    }
    if is_https {
        put(STRICT_TRANSPORT_SECURITY, fixed("max-age=31536000; includeSubDomains"));
    }
}
