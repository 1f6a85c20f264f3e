//! Agreements of people to applications.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{ClientId, Locale, Scopes, TenantId, Timestamp};

/// What one person allows one client in one tenant. Withdrawn scopes leave it; an empty one means nothing is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Where.
    pub tenant: TenantId,
    /// Who allows.
    pub subject: Subject,
    /// Whom.
    pub client: ClientId,
    /// What.
    pub scopes: Scopes,
    /// When, last.
    pub given_at: Timestamp,
    /// In which language it was read.
    pub locale: Locale,
    /// SHA-256 of the text that was read, base64url.
    pub text_hash: String,
    /// Which state of the client's registration was shown: its `updated_at`.
    pub client_version: Timestamp,
    /// Last time tokens were issued under it, to the day.
    #[serde(default)]
    pub used_at: Option<Timestamp>,
}

impl Consent {
    /// The key of a person's agreement to a client.
    #[must_use]
    pub fn key_of(tenant: TenantId, subject: Subject, client: &ClientId) -> Key {
        Key::of([&tenant.to_string(), &subject.home.to_string(), &subject.id.to_string(), client.as_ref()])
    }
}

impl Record for Consent {
    const TABLE: Table = Table::Consent;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, self.subject, &self.client)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::ConsentByAccount, Key::of([&self.subject.home.to_string(), &self.subject.id.to_string()]))]
    }
}
