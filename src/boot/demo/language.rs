//! The language of the demonstration's own pages.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header::ACCEPT_LANGUAGE,
    web::Query,
};
use serde::Deserialize;

use crate::values::Locale;

/// The cookie that keeps it, in the form that all pages share.
const LANGUAGE: &str = "__Host-lang";

#[derive(Deserialize)]
struct Chosen {
    lang: String,
}

fn asked(request: &HttpRequest) -> Option<Locale> {
    Query::<Chosen>::from_query(request.query_string()).ok().and_then(|query| Locale::first_of(&query.lang))
}

/// Chosen at the foot of a page, now or before, else the browser's own.
pub(super) fn of(request: &HttpRequest) -> Locale {
    let before = || request.cookie(LANGUAGE).and_then(|cookie| Locale::first_of(cookie.value().split(':').next()?));
    let accepted = || request.headers().get(ACCEPT_LANGUAGE).and_then(|value| Locale::first_of(value.to_str().ok()?));
    asked(request).or_else(before).or_else(accepted).unwrap_or(Locale::Fr)
}

/// A page, and the cookie if a language was chosen on it just now.
pub(super) fn remembering(request: &HttpRequest, mut reply: HttpResponse) -> HttpResponse {
    if let Some(locale) = asked(request) {
        // A cookie made of fixed parts is always a header.
        let _ = reply.add_cookie(&cookie(LANGUAGE, format!("{}:", locale.tag())));
    }
    reply
}

/// A cookie in the one form that cookies have here.
pub(super) fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish()
}
