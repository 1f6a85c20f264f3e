//! What is said about each line, and about all of them.

use serde::Serialize;

use super::line::Unfit;
use crate::values::{AccountId, Fault};

/// What became of a line; in a dry run, what would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// There is a new account.
    Created,
    /// The account was there and says the same.
    Unchanged,
    /// The account was there and says what the line says now.
    Updated,
    /// The account was there and says something else; it was left alone.
    Conflict,
    /// The line is no account.
    Refused,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reported {
    /// Its number in the file.
    pub line: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub id: Option<AccountId>,
    /// The columns that differ, or the one that is not right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Why it was left alone or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Reported {
    pub(super) fn refused(line: u64, unfit: Unfit) -> Self {
        Self { line, outcome: Outcome::Refused, id: None, columns: unfit.column.into_iter().collect(), why: Some(unfit.why) }
    }

    pub(super) fn conflict(line: u64, id: AccountId, columns: &[&'static str], why: &str) -> Self {
        Self { columns: columns.iter().map(|column| (*column).to_owned()).collect(), why: Some(why.to_owned()), ..Self::done(line, Outcome::Conflict, id) }
    }

    pub(super) fn done(line: u64, outcome: Outcome, id: AccountId) -> Self {
        Self { line, outcome, id: Some(id), columns: Vec::new(), why: None }
    }
}

/// How many lines came to what: the last line of a report that is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Totals {
    /// Was nothing written?
    pub dry_run: bool,
    /// New accounts.
    pub created: u64,
    /// Accounts that say the same.
    pub unchanged: u64,
    /// Changed accounts.
    pub updated: u64,
    /// Accounts that say something else.
    pub conflicts: u64,
    /// Lines that are no accounts.
    pub refused: u64,
}

impl Totals {
    pub(super) fn count(&mut self, outcome: Outcome) {
        let counter = match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Updated => &mut self.updated,
            Outcome::Conflict => &mut self.conflicts,
            Outcome::Refused => &mut self.refused,
        };
        *counter += 1;
    }
}

/// A part of the report.
#[derive(Debug)]
pub enum Told {
    /// About some lines, in order. What they say was done is on disk.
    Lines(Vec<Reported>),
    /// About all of them.
    Totals(Totals),
    /// We failed: lines that nothing was said about were perhaps not looked at.
    BrokenOff(Fault),
}
