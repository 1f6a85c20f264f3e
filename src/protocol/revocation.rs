//! Giving a token back. [RFC 7009]

use super::{ErrorCode, OAuthError, params::Params, token::required};
use crate::{
    model::Client,
    values::{ClientId, Secret},
};

/// The token that is given back. The hint is not needed: each kind is known by its form. [RFC 7009 §2.1]
///
/// # Errors
/// `invalid_request`.
pub fn token(params: &Params) -> Result<Secret<String>, OAuthError> {
    params.one("token_type_hint")?;
    required(params, "token", "token is missing").map(|token| Secret::new(token.to_owned()))
}

/// A client gives back its own tokens only. [RFC 7009 §2.1]
///
/// # Errors
/// `invalid_grant`: the token was issued to another client. [RFC 6749 §5.2]
pub fn is_own(client: &Client, issued_to: &ClientId) -> Result<(), OAuthError> {
    if client.id == *issued_to { Ok(()) } else { Err(OAuthError::new(ErrorCode::InvalidGrant, "the token was issued to another client")) }
}
