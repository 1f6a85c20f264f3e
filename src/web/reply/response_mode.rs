//! The answer to a client, by the way it asked for: a redirect, or a form that the browser posts.

use actix_web::{HttpResponse, http::StatusCode};
use url::Url;

use super::{Around, page, see_other};
use crate::{
    pages::{Content, Resume},
    protocol::response::Answer,
    web::{State, extract::Jar},
};

/// Send the browser back to the client. By 303, so that nothing posted here is posted there. [RFC 9700 §4.12]
#[must_use]
pub fn to_client(state: &State, answer: Answer, around: &Around<'_>, jar: Jar) -> HttpResponse {
    match answer {
        Answer::Redirect(to) => see_other(&to, jar),
        Answer::FormPost { action, fields } => {
            let mut around = around.clone();
            around.screen = "S-CONTINUE";
            around.leads_to = leads_to(&action);
            let content = Content::of(&Resume::new(action, fields, around.app.clone().unwrap_or_default()));
            page(state, StatusCode::OK, &content, &around, jar)
        }
    }
}

/// What `form-action` must allow for a redirect URI: its origin, or its scheme where that is a native client's own.
#[must_use]
pub fn leads_to(redirect_uri: &str) -> Option<String> {
    let url = Url::parse(redirect_uri).ok()?;
    match url.scheme() {
        "http" | "https" => Some(url.origin().ascii_serialization()),
        scheme => Some(format!("{scheme}:")),
    }
}
