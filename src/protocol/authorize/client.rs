//! `client_id`: who asks.

use super::Facts;
use crate::{
    model::Client,
    protocol::{ErrorCode, OAuthError, params::Params},
};

const MISSING: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter client_id is missing");
const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::InvalidClient, "no such client is registered here");
const OFF: OAuthError = OAuthError::new(ErrorCode::UnauthorizedClient, "the client is disabled");

/// The client must be registered in the tenant that is asked, and be on.
pub(super) fn check<'a>(params: &Params, facts: &Facts<'a>) -> Result<&'a Client, OAuthError> {
    let id = params.one("client_id")?.ok_or(MISSING)?;
    let client = facts.client.filter(|client| client.id.as_ref() == id && client.tenant == facts.issuer.tenant).ok_or(UNKNOWN)?;
    if client.is_active() { Ok(client) } else { Err(OFF) }
}
