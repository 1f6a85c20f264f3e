//! Links that stand in mails. Opening one changes nothing; each is found by the keyed digest of its secret, which stands in the mail only.

use serde::{Deserialize, Serialize};

use super::{CodeUse, Key, Record, Subject, Table};
use crate::values::{Digest, TenantId, Timestamp};

/// A link's end is told for this long after it: who opens it late reads that it has ended, and not that it never was.
const REMEMBERED: u64 = 30 * 86_400;

/// A link to the page that shows a code, for who reads mail in another browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLink {
    /// Digest of its secret.
    pub digest: Digest,
    /// In whose name it was mailed.
    pub tenant: TenantId,
    /// What the code is for.
    pub of: CodeUse,
    /// The code, sealed; gone as soon as it was used or a newer one was sent.
    pub sealed: Option<String>,
    /// The code ends then.
    pub until: Timestamp,
}

impl CodeLink {
    /// The key of the link with this digest.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for CodeLink {
    const TABLE: Table = Table::CodeLink;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until.plus(REMEMBERED))
    }
}

/// A link by which the owner of a mailbox takes back a password that somebody else chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoLink {
    /// Digest of its secret.
    pub digest: Digest,
    /// In whose name it was mailed.
    pub tenant: TenantId,
    /// Whose password.
    pub subject: Subject,
    /// It ends then.
    pub until: Timestamp,
    /// When it was used.
    #[serde(default)]
    pub used_at: Option<Timestamp>,
}

impl UndoLink {
    /// For how long a change can be taken back.
    pub const LIFETIME: u64 = 7 * 86_400;

    /// The key of the link with this digest.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for UndoLink {
    const TABLE: Table = Table::UndoLink;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until.plus(REMEMBERED))
    }
}
