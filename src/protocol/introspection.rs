//! What an API is told about a token. [RFC 7662]

use serde::Serialize;

use super::{OAuthError, claims::access_token::AccessTokenClaims, params::Params, token::required};
use crate::{
    model::{Client, Grant},
    values::{ClientId, Secret, Timestamp},
};

/// The token that is asked about. The hint is not needed: each kind is known by its form.
///
/// # Errors
/// `invalid_request`.
pub fn token(params: &Params) -> Result<Secret<String>, OAuthError> {
    params.one("token_type_hint")?;
    required(params, "token", "token is missing").map(|token| Secret::new(token.to_owned()))
}

/// May this client ask? One that proved who it is; a name alone proves nothing, and whoever could ask could try tokens out. [RFC 7662 §2.1]
///
/// # Errors
/// `invalid_client`.
pub fn may_ask(client: &Client) -> Result<(), OAuthError> {
    if client.is_confidential() { Ok(()) } else { Err(super::client_auth::refused("a public client asks about tokens")) }
}

/// The answer. Of a token that is not active, nothing is said but that. [RFC 7662 §2.2]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Introspection {
    /// Does it count, here and now?
    pub active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<ClientId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jti: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amr: Option<Vec<String>>,
}

impl Introspection {
    /// Of an access token that counts.
    #[must_use]
    pub fn of_access_token(claims: AccessTokenClaims) -> Self {
        Self {
            active: true,
            iss: Some(claims.iss),
            sub: Some(claims.sub),
            aud: Some(claims.aud),
            client_id: Some(claims.client_id),
            scope: Some(claims.scope).filter(|scope| !scope.is_empty()),
            token_type: Some("Bearer"),
            exp: Some(claims.exp),
            iat: Some(claims.iat),
            jti: Some(claims.jti).filter(|jti| !jti.is_empty()),
            auth_time: claims.auth_time,
            acr: claims.acr,
            amr: claims.amr,
        }
    }

    /// Of the refresh token that a family's client asks about. It is for nobody but us, so it has no audience and no type.
    #[must_use]
    pub fn of_refresh_token(iss: String, grant: &Grant) -> Self {
        Self {
            active: true,
            iss: Some(iss),
            sub: Some(grant.authentication.subject.id.to_string()),
            client_id: Some(grant.client.clone()),
            scope: Some(grant.scopes.to_string()),
            exp: grant.refresh.as_ref().map(|refresh| refresh.idle_until.min(grant.until)),
            iat: Some(grant.created_at),
            ..Self::default()
        }
    }
}
