//! The link that makes the first operator.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Table};
use crate::values::{Digest, Timestamp};

/// One set-up link, printed on the terminal at start while there is no operator. Single use, one hour; each start makes a new one and the old one dies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupLink {
    /// Digest of the link's token.
    pub digest: Digest,
    /// Until when.
    pub until: Timestamp,
}

impl SetupLink {
    /// How long it works, in seconds.
    pub const LIFETIME: u64 = 3600;

    /// There is at most one.
    #[must_use]
    pub fn the_key() -> Key {
        Key::of(["setup"])
    }
}

impl Record for SetupLink {
    const TABLE: Table = Table::SetupLink;
    fn key(&self) -> Key {
        Self::the_key()
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
