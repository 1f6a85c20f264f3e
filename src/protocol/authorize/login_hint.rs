//! `login_hint`: who is probably meant. [OpenID Connect Core §3.1.2.1]

use crate::protocol::{OAuthError, params::Params};

/// Any text: it fills a field that the person can change, and unknown people are nobody's error.
pub(super) fn check(params: &Params) -> Result<Option<String>, OAuthError> {
    Ok(params.one("login_hint")?.map(|hint| hint.trim().to_owned()).filter(|hint| !hint.is_empty()))
}
