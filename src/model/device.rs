//! Browsers, so that the picker can list who uses them.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Subject, Table};
use crate::values::{BrowserId, Timestamp};

/// Somebody who signed in in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAccount {
    /// Who.
    pub subject: Subject,
    /// Last sign-in.
    pub used_at: Timestamp,
    /// When «Rester connecté ?» was answered here; asked once.
    #[serde(default)]
    pub stay_answered_at: Option<Timestamp>,
}

/// One browser, named by the digest of its `__Host-device` cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Digest of the cookie.
    pub id: BrowserId,
    /// Who signed in here, latest first, at most ten.
    pub known: Vec<KnownAccount>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last sign-in of anybody.
    pub used_at: Timestamp,
}

impl Device {
    /// An unused browser is forgotten after 90 days.
    pub const LIFETIME: u64 = 90 * 86_400;
    /// How many accounts one browser remembers.
    pub const MOST_KNOWN: usize = 10;

    /// A browser that nobody signed in in yet.
    #[must_use]
    pub fn new(id: BrowserId, now: Timestamp) -> Self {
        Self { id, known: Vec::new(), created_at: now, used_at: now }
    }

    /// Remember who signed in.
    #[must_use]
    pub fn remember(mut self, subject: Subject, now: Timestamp, stay_answered: bool) -> Self {
        let before = self.known.iter().find(|known| known.subject == subject).and_then(|known| known.stay_answered_at);
        self.known.retain(|known| known.subject != subject);
        self.known.insert(0, KnownAccount { subject, used_at: now, stay_answered_at: before.or(stay_answered.then_some(now)) });
        self.known.truncate(Self::MOST_KNOWN);
        self.used_at = now;
        self
    }

    /// Forget somebody.
    #[must_use]
    pub fn forget(mut self, subject: Subject) -> Self {
        self.known.retain(|known| known.subject != subject);
        self
    }

    /// The key of a browser.
    #[must_use]
    pub fn key_of(id: &BrowserId) -> Key {
        Key::of([id.as_ref()])
    }
}

impl Record for Device {
    const TABLE: Table = Table::Device;
    fn key(&self) -> Key {
        Self::key_of(&self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.used_at.plus(Self::LIFETIME))
    }
}
