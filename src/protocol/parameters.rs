//! What a request carries, as pairs.

use super::{ErrorCode, OAuthError};
use crate::values::Secret;

/// The form parameters of one request. One without a value counts as left out; unknown ones are not looked at. [RFC 6749 §3.2]
#[derive(Clone, Debug)]
pub struct Parameters(Vec<(String, Secret<String>)>);

impl Parameters {
    /// From decoded pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, Secret::new(value))).collect())
    }

    /// From a body of the type `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn from_form(body: &[u8]) -> Self {
        Self::new(url::form_urlencoded::parse(body).into_owned())
    }

    /// The one value of a parameter, of at most `longest` bytes.
    ///
    /// # Errors
    /// `invalid_request` when it is there twice or too long. [RFC 6749 §3.2]
    pub fn optional(&self, name: &'static str, longest: usize) -> Result<Option<&str>, OAuthError> {
        let mut values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.expose().as_str());
        let first = values.next();
        if values.next().is_some() {
            return Err(OAuthError::new(ErrorCode::InvalidRequest, "a parameter is there more than once").because(name));
        }
        match first {
            Some(value) if value.len() > longest => Err(OAuthError::new(ErrorCode::InvalidRequest, "a parameter is too long").because(name)),
            value => Ok(value),
        }
    }

    /// The same, and it must be there: `missing` is the refusal if not.
    ///
    /// # Errors
    /// `invalid_request` when it is missing, there twice or too long.
    pub fn required(&self, name: &'static str, longest: usize, missing: &'static str) -> Result<&str, OAuthError> {
        self.optional(name, longest)?.ok_or(OAuthError::new(ErrorCode::InvalidRequest, missing))
    }
}
