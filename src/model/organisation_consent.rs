//! Permissions that people give to organisations which are not their home.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{Locale, TenantId, Timestamp};

/// One thing that an organisation may do with an account from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionItem {
    /// Get the profile.
    Profile,
    /// Keep a record of what the person does in its services.
    Activity,
    /// Use both to run the person's access.
    Use,
}

impl PermissionItem {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Activity, Self::Use];
}

/// What one person allows one organisation that is not their home. It is given once for each version of the organisation's privacy statement; withdrawn, it is
/// gone, and the audit trail remembers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationConsent {
    /// Whom.
    pub tenant: TenantId,
    /// Who allows.
    pub subject: Subject,
    /// What.
    pub items: Vec<PermissionItem>,
    /// Under which version of the privacy statement.
    pub statement_version: u32,
    /// SHA-256 of the text that was read, base64url.
    pub text_hash: String,
    /// In which language it was read.
    pub locale: Locale,
    /// When.
    pub given_at: Timestamp,
}

impl OrganisationConsent {
    /// The key of a person's permission to an organisation.
    #[must_use]
    pub fn key_of(tenant: TenantId, subject: Subject) -> Key {
        Key::of([&tenant.to_string(), &subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for OrganisationConsent {
    const TABLE: Table = Table::OrganisationConsent;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, self.subject)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::OrganisationConsentByAccount, Key::of([&self.subject.home.to_string(), &self.subject.id.to_string()]))]
    }
}
