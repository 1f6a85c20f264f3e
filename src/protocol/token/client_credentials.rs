//! A client's own token. [RFC 6749 §4.4]

use crate::{
    model::{Api, Client},
    protocol::{ErrorCode, OAuthError},
    values::{Scope, Scopes},
};

/// What the client asks for: the scopes of an API. Those of OpenID Connect mean nothing without a person, so they are passed over, not refused: some libraries
/// always send them. Without any, all that the client is registered for.
///
/// # Errors
/// `unauthorized_client` for a public client, `invalid_scope` when nothing is left or the client is not registered for it.
pub fn asked(client: &Client, scope: Option<&Scopes>) -> Result<(Scope, Scopes), OAuthError> {
    if !client.is_confidential() {
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, "a public client has no tokens of its own"));
    }
    let of_apis = |scopes: &Scopes| scopes.iter().filter(|scope| !scope.is_standard()).cloned().collect::<Scopes>();
    let asked = scope.map(of_apis).filter(|asked| !asked.is_empty()).unwrap_or_else(|| of_apis(&client.scopes));
    if !asked.is_within(&client.scopes) {
        return Err(OAuthError::new(ErrorCode::InvalidScope, "this client is not registered for this scope"));
    }
    let first = asked.iter().next().cloned();
    first.map(|first| (first, asked)).ok_or(OAuthError::new(ErrorCode::InvalidScope, "this client is not registered for the scope of any API"))
}

/// The one API that all of the scopes belong to; `api` is the first one's.
///
/// # Errors
/// `invalid_scope`: an access token is for one API. [RFC 9068 §3]
pub fn one_api(api: Option<&Api>, scopes: &Scopes) -> Result<(), OAuthError> {
    let api = api.ok_or(OAuthError::new(ErrorCode::InvalidScope, "no API has this scope"))?;
    if scopes.iter().all(|scope| api.scopes.iter().any(|own| own.name == *scope)) {
        Ok(())
    } else {
        Err(OAuthError::new(ErrorCode::InvalidScope, "the scopes of one request belong to one API"))
    }
}
