//! `request`, `request_uri`, `registration`: not spoken here yet, and never passed over, because what they hold would replace what stands outside.
//! [OpenID Connect Core §6, §7.2.1]

use crate::protocol::{ErrorCode, OAuthError, params::Params};

const OBJECT: OAuthError = OAuthError::new(ErrorCode::RequestNotSupported, "request objects are not supported");
const REFERENCE: OAuthError = OAuthError::new(ErrorCode::RequestUriNotSupported, "request objects by reference are not supported");
const REGISTRATION: OAuthError = OAuthError::new(ErrorCode::RegistrationNotSupported, "registration within a request is not supported");

/// None of them may be there.
pub(super) fn check(params: &Params) -> Result<(), OAuthError> {
    for (name, refusal) in [("request", OBJECT), ("request_uri", REFERENCE), ("registration", REGISTRATION)] {
        if params.pairs().any(|(key, _)| key == name) {
            return Err(refusal);
        }
    }
    Ok(())
}
