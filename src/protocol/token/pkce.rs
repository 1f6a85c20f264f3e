//! Proof Key for Code Exchange. [RFC 7636]

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use crate::protocol::{ErrorCode, OAuthError};

/// Does the verifier belong to the challenge? A verifier without a challenge is refused too: somebody took the challenge away. [RFC 7636 §4.6, RFC 9700 §2.1.1]
///
/// # Errors
/// `invalid_grant`, or `invalid_request` when the verifier is missing or not one.
pub fn check(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), OAuthError> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (None, Some(_)) => return Err(OAuthError::new(ErrorCode::InvalidGrant, "there is a code_verifier, but the code was asked for without code_challenge")),
        (Some(_), None) => return Err(OAuthError::new(ErrorCode::InvalidRequest, "code_verifier is missing")),
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    let allowed = |c: u8| c.is_ascii_alphanumeric() || b"-._~".contains(&c);
    if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(allowed) {
        return Err(OAuthError::new(ErrorCode::InvalidRequest, "code_verifier has 43 to 128 letters, digits or any of - . _ ~"));
    }
    let hashed = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    if bool::from(hashed.as_bytes().ct_eq(challenge.as_bytes())) {
        Ok(())
    } else {
        Err(OAuthError::new(ErrorCode::InvalidGrant, "code_verifier does not belong to the code_challenge"))
    }
}

#[cfg(test)]
mod tests;
