//! A new address on its way into an account, and the way back.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Subject, Table};
use crate::values::{Digest, Email, SessionId, TenantId, Timestamp};

/// An address that an account is to have as soon as its owner types the code that was mailed there. An account has one at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressChange {
    /// Whose.
    pub subject: Subject,
    /// The session in which it was asked for, by somebody who had just proved who they are: the code counts there alone.
    pub session: SessionId,
    /// The address.
    pub address: Email,
    /// Digest of the code that counts.
    pub code: Digest,
    /// Digests of the codes that a newer one replaced.
    #[serde(default)]
    pub replaced: Vec<Digest>,
    /// How often the code was tried.
    #[serde(default)]
    pub tries: u32,
    /// The code ends then.
    pub until: Timestamp,
}

impl AddressChange {
    /// A code that has ended is spoken of for this long, so that a new one can be asked for.
    const REMEMBERED: u64 = 86_400;

    /// Another code takes the place of the one that was mailed.
    #[must_use]
    pub fn with_code(mut self, code: Digest, until: Timestamp) -> Self {
        self.replaced.push(std::mem::replace(&mut self.code, code));
        self.tries = 0;
        self.until = until;
        self
    }

    /// The key of what a person is about to change.
    #[must_use]
    pub fn key_of(subject: Subject) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for AddressChange {
    const TABLE: Table = Table::AddressChange;
    fn key(&self) -> Key {
        Self::key_of(self.subject)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until.plus(Self::REMEMBERED))
    }
}

/// A link by which the owner of an old address takes the new one back. It does so as long as the account still has the old one among its aliases, so it does so
/// once, and a link that was mailed to an address which is itself taken back does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressUndo {
    /// Digest of its secret.
    pub digest: Digest,
    /// In whose name it was mailed.
    pub tenant: TenantId,
    /// Whose account.
    pub subject: Subject,
    /// The old address.
    pub old: Email,
    /// Since when the account has another.
    pub since: Timestamp,
}

impl AddressUndo {
    /// For how long a change can be taken back.
    pub const LIFETIME: u64 = 72 * 3600;
    /// A link's end is told for this long after it.
    const REMEMBERED: u64 = 30 * 86_400;

    /// It ends then.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.since.plus(Self::LIFETIME)
    }

    /// The key of the link with this digest.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for AddressUndo {
    const TABLE: Table = Table::AddressUndo;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until().plus(Self::REMEMBERED))
    }
}
