//! The answer of the authorization endpoint: which parameters, and how they travel. [RFC 6749 §4.1.2, RFC 9207 §2]

use std::fmt;

use url::form_urlencoded::byte_serialize;

use super::{OAuthError, authorize::ReturnAddress};
use crate::values::{ResponseMode, Secret};

/// What the browser is told to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// Go there, by 303.
    Redirect(String),
    /// Post these fields there. [OAuth 2.0 Form Post Response Mode]
    FormPost {
        /// The redirect URI as registered.
        action: String,
        /// Name and value.
        fields: Vec<(&'static str, String)>,
    },
}

/// Without the parameters: a code may be among them.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Redirect(_) => "Redirect(***)",
            Self::FormPost { .. } => "FormPost(***)",
        })
    }
}

/// A code for the client. `issuer` is the issuer identifier.
#[must_use]
pub fn success(address: &ReturnAddress, issuer: &str, code: &Secret<String>) -> Answer {
    answer(address, issuer, vec![("code", code.expose().clone())])
}

/// An error for the client. [RFC 6749 §4.1.2.1]
#[must_use]
pub fn error(address: &ReturnAddress, issuer: &str, error: &OAuthError) -> Answer {
    answer(address, issuer, vec![("error", error.code.as_str().to_owned()), ("error_description", error.description.to_owned())])
}

fn answer(address: &ReturnAddress, issuer: &str, mut fields: Vec<(&'static str, String)>) -> Answer {
    fields.extend(address.state().map(|state| ("state", state.to_owned())));
    fields.push(("iss", issuer.to_owned()));
    let uri = address.redirect_uri().as_str();
    match address.response_mode() {
        ResponseMode::Query => Answer::Redirect(with_query(uri, &fields)),
        ResponseMode::Fragment => Answer::Redirect(format!("{uri}#{}", encode(&fields))),
        ResponseMode::FormPost => Answer::FormPost { action: uri.to_owned(), fields },
    }
}

/// A URI with these parameters behind its own, which stay as they are. [RFC 6749 §3.1.2]
pub(super) fn with_query(uri: &str, fields: &[(&'static str, String)]) -> String {
    if fields.is_empty() {
        return uri.to_owned();
    }
    let join = match uri.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{join}{}", encode(fields))
}

/// Form encoding with `%20` for a space, which every reader understands; not all understand `+`.
fn encode(fields: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20"))).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests;
