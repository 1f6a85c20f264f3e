//! All that is kept of a person, on its way to them.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{Locale, TenantId, Timestamp};

/// An export of one's own data: asked for, made by a job, fetched for a while. A person has one at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountExport {
    /// Whose.
    pub subject: Subject,
    /// Tells its parts from those of an earlier one.
    pub id: String,
    /// In whose name it is mailed of.
    pub tenant: TenantId,
    /// In which language it reads.
    pub locale: Locale,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How many parts there are, as soon as it is made.
    #[serde(default)]
    pub parts: Option<u32>,
    /// It can be fetched until then.
    pub until: Timestamp,
}

impl AccountExport {
    /// For how long it is kept.
    pub const LIFETIME: u64 = 7 * 86_400;

    /// The key of a person's export.
    #[must_use]
    pub fn key_of(subject: Subject) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for AccountExport {
    const TABLE: Table = Table::AccountExport;
    fn key(&self) -> Key {
        Self::key_of(self.subject)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        if self.parts.is_none() { vec![(Index::AccountExportsWaiting, Key::of(["all"]))] } else { Vec::new() }
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

/// A piece of the file: rows are small. In the store like everything else, so that a copy of the store has it and forgets it at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountExportPart {
    /// Whose.
    pub subject: Subject,
    /// Of which export.
    pub export: String,
    /// Its place, from 0.
    pub number: u32,
    /// What stands there, base64.
    pub bytes: String,
    /// It is gone then.
    pub until: Timestamp,
}

impl AccountExportPart {
    /// How many bytes stand in one: a third more as base64.
    pub const MOST: usize = 45_000;

    /// The key of a piece.
    #[must_use]
    pub fn key_of(subject: Subject, export: &str, number: u32) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string(), export, &format!("{number:06}")])
    }
}

impl Record for AccountExportPart {
    const TABLE: Table = Table::AccountExportPart;
    fn key(&self) -> Key {
        Self::key_of(self.subject, &self.export, self.number)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
