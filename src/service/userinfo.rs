//! Claims for who holds an access token. [OpenID Connect Core §5.3]

use serde_json::{Map, Value};

use super::{Refusal, bearer, client_auth::AtIssuer};
use crate::{
    journey::Tools,
    protocol::{ErrorCode, OAuthError, claims::userinfo},
};

/// The person's claims.
///
/// # Errors
/// `invalid_token`, or `insufficient_scope` for a token that is not about signing in. [RFC 6750 §3.1]
pub async fn claims(tools: &Tools, at: &AtIssuer<'_>, token: &str) -> Result<Map<String, Value>, Refusal> {
    const INVALID: OAuthError = OAuthError::new(ErrorCode::InvalidToken, "the access token is not valid here, or has ended");
    const INSUFFICIENT: OAuthError = OAuthError::new(ErrorCode::InsufficientScope, "the access token was not granted the scope openid");
    let live = bearer::judge(tools, at, token).await?.ok_or(INVALID)?;
    let scopes = live.claims.scopes();
    let person = live.person.filter(|_| scopes.has("openid")).ok_or(INSUFFICIENT)?;
    Ok(userinfo::claims(&person.account, &scopes, &live.client.scopes, &person.grant.claims))
}
