//! `code_challenge`, `code_challenge_method`: whoever redeems the code must be who asked for it. [RFC 7636 §4.3, RFC 9700 §2.1.1]

use crate::{
    model::Client,
    protocol::{ErrorCode, OAuthError, params::Params},
};

const REQUIRED: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter code_challenge is required (PKCE)");
const METHOD_ALONE: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "code_challenge_method without code_challenge");
const NOT_S256: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "code_challenge_method must be S256");
const MALFORMED: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the code_challenge is not an S256 challenge");

/// An S256 challenge, or none from a client that may do without. A challenge without method would be a `plain` one.
pub(super) fn check(params: &Params, client: &Client) -> Result<Option<String>, OAuthError> {
    let method = params.one("code_challenge_method")?;
    let Some(challenge) = params.one("code_challenge")? else {
        return match method {
            _ if client.must_use_pkce() => Err(REQUIRED),
            Some(_) => Err(METHOD_ALONE),
            None => Ok(None),
        };
    };
    if method != Some("S256") {
        return Err(NOT_S256);
    }
    let is_digest = challenge.len() == 43 && challenge.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
    if is_digest { Ok(Some(challenge.to_owned())) } else { Err(MALFORMED) }
}
