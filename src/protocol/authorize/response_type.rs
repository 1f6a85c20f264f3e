//! `response_type`: what comes back. [RFC 6749 §3.1.1]

use crate::{
    model::Client,
    protocol::{ErrorCode, OAuthError, params::Params},
    values::{GrantType, ResponseType},
};

const MISSING: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter response_type is missing");
const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::UnsupportedResponseType, "the response_type is not supported");
const NOT_YOURS: OAuthError = OAuthError::new(ErrorCode::UnauthorizedClient, "the client is not registered for authorization codes");

/// A code, for a client that may redeem one.
pub(super) fn check(params: &Params, client: &Client) -> Result<ResponseType, OAuthError> {
    let response_type = ResponseType::parse(params.one("response_type")?.ok_or(MISSING)?).ok_or(UNKNOWN)?;
    if client.grant_types.contains(&GrantType::AuthorizationCode) { Ok(response_type) } else { Err(NOT_YOURS) }
}
