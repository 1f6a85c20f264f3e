//! Redeeming a code. [RFC 6749 §4.1.3]

use super::pkce;
use crate::{
    model::{AuthorizationCode, Client, Grant, RefreshState, Settings},
    protocol::{ErrorCode, OAuthError},
    values::{Digest, GrantType, Issuer, Scopes, Timestamp},
};

/// The one answer to whatever is wrong with a code itself; the log is told more.
#[must_use]
pub fn refused(cause: &str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidGrant, "this code is not valid here").because(cause)
}

/// Is this the issuer that made the code, and the client that it was made for? If not, nothing comes of it, not even where the code was spent before.
///
/// # Errors
/// `invalid_grant`.
pub fn belongs(code: &AuthorizationCode, issuer: Issuer, client: &Client) -> Result<(), OAuthError> {
    if code.request.issuer != issuer {
        return Err(refused("the code belongs to another issuer"));
    }
    if code.request.client != client.id {
        return Err(refused("the code belongs to another client"));
    }
    Ok(())
}

/// May it be redeemed, in time and as it was asked for? A redirect URI is always demanded, because every authorization request here names one.
/// [OpenID Connect Core §3.1.3.2]
///
/// # Errors
/// `invalid_grant`, or `invalid_request` where something is missing.
pub fn check(code: &AuthorizationCode, redirect_uri: Option<&str>, code_verifier: Option<&str>, now: Timestamp) -> Result<(), OAuthError> {
    if now >= code.valid_until {
        return Err(refused("the code has expired"));
    }
    match redirect_uri {
        None => return Err(OAuthError::new(ErrorCode::InvalidRequest, "redirect_uri is missing")),
        Some(uri) if uri != code.request.redirect_uri.as_str() => {
            return Err(OAuthError::new(ErrorCode::InvalidGrant, "redirect_uri is not the one of the authorization request"));
        }
        Some(_) => {}
    }
    pkce::check(code.request.code_challenge.as_deref(), code_verifier)
}

/// Does this client get a refresh token? It was agreed to, and the client is registered for it. [OpenID Connect Core §11]
#[must_use]
pub fn gets_refresh_token(code: &AuthorizationCode, client: &Client) -> bool {
    code.scopes.has("offline_access") && client.grant_types.contains(&GrantType::RefreshToken)
}

/// What the code becomes. With a refresh token (its digest is given) it lives as long as the tenant lets refresh tokens live, without one as long as its access token.
#[must_use]
pub fn grant(code: &AuthorizationCode, settings: &Settings, lives: u64, refresh: Option<Digest>, now: Timestamp) -> Grant {
    let scopes: Scopes = code.scopes.iter().filter(|scope| refresh.is_some() || scope.as_str() != "offline_access").cloned().collect();
    let until = now.plus(lives);
    let refresh = refresh.map(|current| RefreshState { current, idle_until: now.plus(settings.refresh_idle).min(until), successor: None });
    Grant {
        id: code.grant,
        issuer: code.request.issuer,
        client: code.request.client.clone(),
        authentication: code.authentication.clone(),
        scopes,
        api: code.request.api.clone(),
        claims: code.request.claims.clone(),
        nonce: code.request.nonce.clone(),
        refresh,
        created_at: now,
        until,
        revoked_at: None,
    }
}
