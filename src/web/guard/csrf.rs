//! Is this form ours, posted by a person on our own page?

use actix_web::{HttpRequest, http::header::ORIGIN};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

use crate::{crypto::Purpose, journey::Tools, values::BrowserId};

/// The token of a form: what it belongs to (a journey and a screen, or a path) in one browser.
#[must_use]
pub fn form_token(tools: &Tools, browser: &BrowserId, of: &str) -> String {
    let digest = tools.sealer.digest_of(Purpose::Form, &[browser.as_ref().as_bytes(), of.as_bytes()]);
    URL_SAFE_NO_PAD.encode(&digest.0[..16])
}

/// Token, origin and fetch metadata must all say so; a browser that sends no origin or metadata is judged by the token alone.
/// Our pages send no referrer, and then a browser's own form has the origin `null`, which says nothing. [Fetch §3.2]
#[must_use]
pub fn is_own_form(request: &HttpRequest, posted: &[(String, String)], tools: &Tools, browser: &BrowserId, of: &str) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let own_origin = match header(ORIGIN.as_str()) {
        Some("null") | None => true,
        Some(origin) => origin.eq_ignore_ascii_case(&tools.public_url),
    };
    let own_site = header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let wanted = form_token(tools, browser, of);
    let mut given = posted.iter().filter(|(name, _)| name == "csrf");
    let token = match (given.next(), given.next()) {
        (Some((_, token)), None) => token.as_bytes().ct_eq(wanted.as_bytes()).into(),
        _ => false,
    };
    own_origin && own_site && token
}
