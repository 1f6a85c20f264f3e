//! A record as an engine keeps it.

use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

/// Key, version, what it is found by, and the body, which no engine looks into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its table.
    pub table: Table,
    /// Its name there.
    pub key: Key,
    /// 1 for an insert, one more for each update.
    pub version: u64,
    /// It does not exist from then on.
    pub expires_at: Option<Timestamp>,
    /// Values that no other row may have.
    pub unique: Vec<(Index, Key)>,
    /// Values that it can be listed by.
    pub listed: Vec<(Index, Key)>,
    /// JSON.
    pub body: Vec<u8>,
}
