//! Token families.

use serde::{Deserialize, Serialize};

use super::{ClaimsRequest, Index, Key, Record, Subject, Table};
use crate::values::{ApiIdentifier, ClientId, Digest, GrantId, Issuer, Scopes, SessionId, Timestamp};

/// Who signed in, when and how: what ID tokens say of it. [OpenID Connect Core §2]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentication {
    /// Who.
    pub subject: Subject,
    /// In which session.
    pub session: SessionId,
    /// The last proof of who it is: `auth_time`.
    pub at: Timestamp,
    /// Which class of proof: `acr`.
    pub acr: String,
    /// Which proofs: `amr`. [RFC 8176]
    pub amr: Vec<String>,
}

/// The refresh token that replaced one, kept sealed for the retry window so that a client whose answer got lost gets the same one again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// Digest of the token that was used.
    pub used: Digest,
    /// The whole answer's refresh token, sealed.
    pub sealed: String,
    /// Until when it is given again.
    pub until: Timestamp,
}

/// Where a family of refresh tokens stands: one token is current, no other is. [RFC 9700 §4.14.2]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshState {
    /// Digest of the one token that works.
    pub current: Digest,
    /// It dies unused by then.
    pub idle_until: Timestamp,
    /// What the last rotation gave out.
    #[serde(default)]
    pub successor: Option<Successor>,
}

/// What a client may do on behalf of a person until it is revoked: the family of all tokens that came from one authorization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The family's name; the start of the `jti` of its access tokens.
    pub id: GrantId,
    /// Who issued it; nothing at another issuer.
    pub issuer: Issuer,
    /// To whom.
    pub client: ClientId,
    /// On whose behalf.
    pub authentication: Authentication,
    /// What for.
    pub scopes: Scopes,
    /// Which API.
    #[serde(default)]
    pub api: Option<ApiIdentifier>,
    /// Single claims asked for.
    #[serde(default)]
    pub claims: ClaimsRequest,
    /// Given back in the ID token.
    #[serde(default)]
    pub nonce: Option<String>,
    /// Its refresh tokens; `None` where `offline_access` was not granted.
    #[serde(default)]
    pub refresh: Option<RefreshState>,
    /// Since when.
    pub created_at: Timestamp,
    /// It ends in any case by then.
    pub until: Timestamp,
    /// Since when it is nothing.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
}

impl Grant {
    /// Does it still count?
    #[must_use]
    pub fn is_live_at(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.until
    }

    /// Revoke all tokens of the family; a revoked grant stays as it was revoked.
    #[must_use]
    pub fn revoke(mut self, now: Timestamp) -> Self {
        self.revoked_at.get_or_insert(now);
        if let Some(refresh) = &mut self.refresh {
            refresh.successor = None;
        }
        self
    }

    /// The key of a grant.
    #[must_use]
    pub fn key_of(id: GrantId) -> Key {
        Key::of([&id.to_string()])
    }

    /// Under what the grants that a consent covers are listed.
    #[must_use]
    pub fn by_consent(issuer: Issuer, subject: Subject, client: &ClientId) -> Key {
        Key::of([&issuer.tenant.to_string(), &subject.home.to_string(), &subject.id.to_string(), client.as_ref()])
    }
}

impl Record for Grant {
    const TABLE: Table = Table::Grant;
    fn key(&self) -> Key {
        Self::key_of(self.id)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![
            (Index::GrantBySession, Key::of([self.authentication.session.as_ref()])),
            (Index::GrantByConsent, Self::by_consent(self.issuer, self.authentication.subject, &self.client)),
        ]
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
