//! Access tokens, as far as they are remembered: opaque ones, and JWTs that were revoked.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{ApiIdentifier, ClientId, Digest, GrantId, Issuer, Scopes, Timestamp};

/// An access token that says nothing by itself: its meaning is here. [RFC 7662]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpaqueAccessToken {
    /// Keyed digest of the token.
    pub digest: Digest,
    /// The family; `None` for a client's own token.
    #[serde(default)]
    pub grant: Option<GrantId>,
    /// Who issued it.
    pub issuer: Issuer,
    /// To whom.
    pub client: ClientId,
    /// On whose behalf.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// What for.
    pub scopes: Scopes,
    /// Which API; `None` where only standard scopes were granted.
    #[serde(default)]
    pub api: Option<ApiIdentifier>,
    /// When.
    pub issued_at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl OpaqueAccessToken {
    /// The key of a token.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for OpaqueAccessToken {
    const TABLE: Table = Table::OpaqueAccessToken;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        self.grant.iter().map(|grant| (Index::OpaqueAccessTokenByGrant, Key::of([&grant.to_string()]))).collect()
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

/// A JWT access token that was revoked alone, remembered until it would have ended by itself. [RFC 7009]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedToken {
    /// Who issued it.
    pub issuer: Issuer,
    /// Which.
    pub jti: String,
    /// When it ends by itself.
    pub until: Timestamp,
}

impl RevokedToken {
    /// The key of a revoked token.
    #[must_use]
    pub fn key_of(issuer: Issuer, jti: &str) -> Key {
        Key::of([&issuer.key(), jti])
    }
}

impl Record for RevokedToken {
    const TABLE: Table = Table::RevokedToken;
    fn key(&self) -> Key {
        Self::key_of(self.issuer, &self.jti)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
