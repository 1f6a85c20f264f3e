//! A write as data.

use super::{Decoded, Loaded, Row};
use crate::{
    model::{AuditEvent, Key, Record, Table},
    values::{Fault, Timestamp},
};

/// What must be true of a row before it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::storage) enum Expect {
    Absent,
    Version(u64),
}

/// One part of a batch.
#[derive(Clone, Debug)]
pub(in crate::storage) enum Write {
    Put(Expect, Row),
    Check(Table, Key, u64),
    Delete(Table, Key, u64),
}

/// An event for the audit trail: the engine gives it its place in the chain.
#[derive(Clone, Debug)]
pub(in crate::storage) struct Append {
    pub(in crate::storage) stream: u8,
    pub(in crate::storage) event: String,
}

/// What one decision comes to: committed at once, all of it or none of it. It names a row once, and values are unique after the whole of it.
#[derive(Clone, Debug)]
#[must_use = "a batch does nothing until it is committed"]
pub struct Batch {
    pub(in crate::storage) decided_at: Timestamp,
    pub(in crate::storage) writes: Vec<Write>,
    pub(in crate::storage) appends: Vec<Append>,
}

impl Batch {
    /// An empty one, for a decision made at this time: rows that had expired by then count as absent, as they did for whoever looked.
    pub fn new(decided_at: Timestamp) -> Self {
        Self { decided_at, writes: Vec::new(), appends: Vec::new() }
    }

    /// Nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.appends.is_empty()
    }

    /// A new record; its key must be free.
    ///
    /// # Errors
    /// The record does not encode.
    pub fn insert<T: Record>(&mut self, record: &T) -> Result<&mut Self, Fault> {
        self.writes.push(Write::Put(Expect::Absent, row(record, 1)?));
        Ok(self)
    }

    /// A changed record; nobody may have changed it since it was loaded.
    ///
    /// # Errors
    /// The record does not encode.
    pub fn update<T: Record>(&mut self, record: Loaded<T>) -> Result<&mut Self, Fault> {
        let version = record.version();
        self.writes.push(Write::Put(Expect::Version(version), row(&*record, version + 1)?));
        Ok(self)
    }

    /// A record of which one was loaded, or none was there: update or insert.
    ///
    /// # Errors
    /// The record does not encode.
    pub fn put<T: Record>(&mut self, before: Option<&Loaded<T>>, record: &T) -> Result<&mut Self, Fault> {
        match before {
            Some(loaded) => self.writes.push(Write::Put(Expect::Version(loaded.version()), row(record, loaded.version() + 1)?)),
            None => self.writes.push(Write::Put(Expect::Absent, row(record, 1)?)),
        }
        Ok(self)
    }

    /// Remove a record that was loaded.
    pub fn delete<T: Record>(&mut self, record: &Loaded<T>) -> &mut Self {
        self.writes.push(Write::Delete(T::TABLE, record.key(), record.version()));
        self
    }

    /// This was read and decided upon: it must not have changed.
    pub fn unchanged<T: Record>(&mut self, record: &Loaded<T>) -> &mut Self {
        self.writes.push(Write::Check(T::TABLE, record.key(), record.version()));
        self
    }

    /// Tell the audit trail.
    ///
    /// # Errors
    /// The event does not encode.
    pub fn audit(&mut self, event: &AuditEvent) -> Result<&mut Self, Fault> {
        let text = serde_json::to_string(event).map_err(|error| Fault::because("an audit event does not encode", error))?;
        self.appends.push(Append { stream: AuditEvent::stream_of(event.tenant), event: text });
        Ok(self)
    }

    /// This and another, as one.
    pub fn extend(&mut self, other: Self) -> &mut Self {
        self.writes.extend(other.writes);
        self.appends.extend(other.appends);
        self
    }
}

fn row<T: Record>(record: &T, version: u64) -> Result<Row, Fault> {
    let body = serde_json::to_vec(record).map_err(|error| Fault::because("a record does not encode", error))?;
    Ok(Row {
        table: T::TABLE,
        key: record.key(),
        version,
        expires_at: record.expires_at(),
        unique: record.unique(),
        listed: record.listed(),
        body,
        decoded: Decoded::default(),
    })
}
