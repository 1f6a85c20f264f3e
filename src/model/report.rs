//! Applications reported by people.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{ClientId, TenantId, Timestamp};

/// Why somebody reports an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// It pretends to be another.
    Impersonation,
    /// It asks for more than it needs.
    AsksTooMuch,
    /// The person did not expect it.
    Unexpected,
    /// Something else.
    Other,
}

/// One report, for the operators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppReport {
    /// What the person quotes.
    pub reference: String,
    /// Where.
    pub tenant: TenantId,
    /// Which application.
    pub client: ClientId,
    /// Who reports.
    pub reporter: Subject,
    /// Why.
    pub reason: ReportReason,
    /// In own words.
    pub text: String,
    /// May we write back?
    pub contact: bool,
    /// When.
    pub created_at: Timestamp,
}

impl AppReport {
    /// The key of the report with this reference.
    #[must_use]
    pub fn key_of(reference: &str) -> Key {
        Key::of([reference])
    }
}

impl Record for AppReport {
    const TABLE: Table = Table::AppReport;
    fn key(&self) -> Key {
        Self::key_of(&self.reference)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::AppReportByTenant, Key::of([&self.tenant.to_string()]))]
    }
}
