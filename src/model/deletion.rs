//! The end of an account: asked for, put off for a while, and remembered without naming anybody.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{Digest, TenantId, Timestamp};

/// An account whose owner wants it gone. It goes when the time of grace is over, unless they sign in or press the button behind the link that was mailed.
///
/// It stays until nothing of the account is left: a deletion that was interrupted goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeletion {
    /// Whose.
    pub subject: Subject,
    /// In whose name it was confirmed by mail.
    pub tenant: TenantId,
    /// Digest of the link's secret.
    pub link: Digest,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it is done.
    pub due_at: Timestamp,
}

impl AccountDeletion {
    /// The key of the end of an account.
    #[must_use]
    pub fn key_of(subject: Subject) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for AccountDeletion {
    const TABLE: Table = Table::AccountDeletion;
    fn key(&self) -> Key {
        Self::key_of(self.subject)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        vec![(Index::AccountDeletionByLink, Key::of([&self.link.text()]))]
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::AccountDeletions, Key::of(["all"]))]
    }
}

/// What is left of an account: that there was one. Who it was can be told only by whoever knows the account's id already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Keyed digest of the home and the id.
    pub of: Digest,
    /// Since when it is gone.
    pub at: Timestamp,
}

impl Tombstone {
    /// The key of what is left of an account.
    #[must_use]
    pub fn key_of(of: &Digest) -> Key {
        Key::of([&of.text()])
    }
}

impl Record for Tombstone {
    const TABLE: Table = Table::Tombstone;
    fn key(&self) -> Key {
        Self::key_of(&self.of)
    }
}
