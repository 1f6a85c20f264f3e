//! What was sent to an endpoint, before anything is believed.

use std::fmt;

use super::{ErrorCode, OAuthError};

/// The parameters of one request, in the order they came.
///
/// A parameter is judged when a rule reads it with [`Params::one`]: a rule cannot see a value that came twice, is too long or holds control
/// characters, and a parameter that no rule reads is ignored whatever it looks like. [RFC 6749 §3.1, §3.2]
#[derive(Clone, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

const REPEATED: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "a parameter is repeated");
const TOO_LONG: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "a parameter is too long");
const CONTROL: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "a parameter holds control characters");

impl Params {
    /// Take decoded pairs. A parameter without a value counts as left out.
    #[must_use]
    pub fn parse(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a parameter that may come once.
    ///
    /// # Errors
    /// `invalid_request`: it came twice, is longer than any honest one, or holds control characters.
    pub fn one(&self, name: &str) -> Result<Option<&str>, OAuthError> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(REPEATED.because(name));
        }
        if value.len() > most(name) {
            return Err(TOO_LONG.because(name));
        }
        if value.chars().any(|c| c.is_control() && !(is_json(name) && c.is_ascii_whitespace())) {
            return Err(CONTROL.because(name));
        }
        Ok(Some(value))
    }

    /// Everything that came with a value, read by a rule or not, to be sent on as it is.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The longest value of each parameter, in bytes. Clients pack their own affairs into `state`; tokens carry claims.
fn most(name: &str) -> usize {
    match name {
        "request" | "registration" => 65_536,
        "access_token" | "claims" | "client_assertion" | "id_token_hint" | "token" => 16_384,
        "state" => 4096,
        "redirect_uri" | "post_logout_redirect_uri" | "scope" => 2000,
        "nonce" => 512,
        _ => 1000,
    }
}

/// JSON may be written over several lines.
fn is_json(name: &str) -> bool {
    matches!(name, "claims" | "registration")
}

/// Names only: among the values are secrets, codes and tokens.
impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests;
