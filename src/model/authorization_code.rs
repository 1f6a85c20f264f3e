//! Authorization codes.

use serde::{Deserialize, Serialize};

use super::{Authentication, AuthorizationRequest, Key, Record, Table};
use crate::values::{Digest, GrantId, Scopes, Timestamp};

/// A code, kept by its digest, with all that its redemption needs. Spent once. [RFC 6749 §4.1.2]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationCode {
    /// Keyed digest of the code.
    pub digest: Digest,
    /// The grant it becomes: named beforehand, so that a replay finds what to revoke.
    pub grant: GrantId,
    /// What was asked.
    pub request: AuthorizationRequest,
    /// What was granted of it.
    pub scopes: Scopes,
    /// Who signed in, when and how.
    pub authentication: Authentication,
    /// Did the journey that it comes from make the account?
    #[serde(default)]
    pub new_user: bool,
    /// When it was made.
    pub issued_at: Timestamp,
    /// It can be redeemed before that.
    pub valid_until: Timestamp,
    /// When it was redeemed.
    #[serde(default)]
    pub spent_at: Option<Timestamp>,
}

/// The code was redeemed before: it leaked, and what came of it must die.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this code was redeemed before")]
pub struct AlreadySpent;

impl AuthorizationCode {
    /// A spent code is remembered for a day, so that its replay is noticed.
    pub const REMEMBERED: u64 = 86_400;

    /// Take the code out of circulation. Exactly one caller ever succeeds: the store refuses the second commit.
    ///
    /// # Errors
    /// [`AlreadySpent`]: revoke the grant. [RFC 6749 §4.1.2]
    pub fn spend(mut self, now: Timestamp) -> Result<Self, AlreadySpent> {
        if self.spent_at.is_some() {
            return Err(AlreadySpent);
        }
        self.spent_at = Some(now);
        Ok(self)
    }

    /// The key of a code.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for AuthorizationCode {
    const TABLE: Table = Table::AuthorizationCode;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.valid_until.plus(Self::REMEMBERED))
    }
}
