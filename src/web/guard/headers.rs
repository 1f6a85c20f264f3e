//! Headers that every reply has. A page's policy is its own: `reply/page.rs`.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// Put them in, without touching what the reply says itself.
pub(super) fn put(headers: &mut HeaderMap, id: &str, is_https: bool) {
    let mut put = |name: &'static str, value: &str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name)
            && let Ok(value) = HeaderValue::from_str(value)
        {
            headers.insert(name, value);
        }
    };
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "no-referrer");
    put("cross-origin-resource-policy", "same-origin");
    put("x-request-id", id);
    if is_https {
        put("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
}
