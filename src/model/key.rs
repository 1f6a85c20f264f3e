//! Keys that tokens are signed with.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Table};
use crate::values::{Algorithm, Issuer, KeyId, Timestamp};

/// A signing key of one issuer. Published before it is used, and kept published until the last token it signed has ended. [OpenID Connect Core §10.1.1]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Whose.
    pub issuer: Issuer,
    /// Its public name.
    pub kid: KeyId,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// The public part, a JWK. [RFC 7517]
    pub public: serde_json::Value,
    /// The private part, PKCS #8, sealed.
    pub sealed: String,
    /// In the JWKS since.
    pub published_at: Timestamp,
    /// Signs from then on.
    pub active_from: Timestamp,
    /// A newer key signs from then on.
    #[serde(default)]
    pub retired_at: Option<Timestamp>,
    /// Leaves the JWKS then.
    #[serde(default)]
    pub gone_at: Option<Timestamp>,
}

impl SigningKey {
    /// The key of a signing key.
    #[must_use]
    pub fn key_of(issuer: Issuer, kid: &KeyId) -> Key {
        Key::of([&issuer.key(), kid.as_ref()])
    }

    /// Is it in the JWKS?
    #[must_use]
    pub fn is_published_at(&self, now: Timestamp) -> bool {
        self.published_at <= now && self.gone_at.is_none_or(|gone| now < gone)
    }

    /// May it sign?
    #[must_use]
    pub fn is_active_at(&self, now: Timestamp) -> bool {
        self.active_from <= now && self.retired_at.is_none_or(|retired| now < retired)
    }
}

impl Record for SigningKey {
    const TABLE: Table = Table::SigningKey;
    fn key(&self) -> Key {
        Self::key_of(self.issuer, &self.kid)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        self.gone_at
    }
}
