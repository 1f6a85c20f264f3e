//! What a JWT access token says. [RFC 9068]

use serde::{Deserialize, Serialize};

use crate::values::{AccountId, ClientId, GrantId, Scopes, Timestamp};

/// The claims of a JWT access token. [RFC 9068 §2.2]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokenClaims {
    /// The issuer's identifier.
    pub iss: String,
    /// The person, or the client itself where there is none.
    pub sub: String,
    /// The API's identifier, or the issuer's where only standard scopes were granted.
    pub aud: String,
    /// To whom it was given.
    pub client_id: ClientId,
    /// Until when.
    pub exp: Timestamp,
    /// Since when.
    pub iat: Timestamp,
    /// Its name, made by [`jti`].
    pub jti: String,
    /// What for.
    #[serde(default)]
    pub scope: String,
    /// When the person proved who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<Timestamp>,
    /// Which class of proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// Which proofs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amr: Option<Vec<String>>,
}

impl AccessTokenClaims {
    /// What for, as a set.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        self.scope.parse().unwrap_or_default()
    }

    /// The family that it belongs to; `None` for a client's own token.
    #[must_use]
    pub fn grant(&self) -> Option<GrantId> {
        self.jti.split_once('.').and_then(|(grant, _)| grant.parse().ok())
    }

    /// The person it speaks for; `None` for a client's own token.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.grant().and_then(|_| self.sub.parse().ok())
    }
}

/// A token's name. The family's comes first, so that a token is dead when its family is, without a record of each.
#[must_use]
pub fn jti(grant: Option<GrantId>, random: &str) -> String {
    grant.map_or_else(|| random.to_owned(), |grant| format!("{grant}.{random}"))
}
