//! The trait that an engine implements, and typed reads over any engine.

use std::{ops::Deref, sync::Arc};

use async_trait::async_trait;

use super::{Batch, Row};
use crate::{
    model::{Index, Key, Record, Table},
    values::{Fault, Timestamp},
};

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Only rows whose key sorts after this one.
    pub after: Option<Key>,
    /// At most this many.
    pub limit: usize,
    /// From the last key to the first: `after` is then the one that the wanted rows sort before.
    pub backwards: bool,
}

impl Paging {
    /// The first `limit`.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit, backwards: false }
    }

    /// The `limit` after a key.
    #[must_use]
    pub fn after(key: Key, limit: usize) -> Self {
        Self { after: Some(key), limit, backwards: false }
    }

    /// The last `limit`, the last one first.
    #[must_use]
    pub fn last(limit: usize) -> Self {
        Self { after: None, limit, backwards: true }
    }

    /// The `limit` before a key, the nearest first.
    #[must_use]
    pub fn before(key: Key, limit: usize) -> Self {
        Self { after: Some(key), limit, backwards: true }
    }
}

/// A place among the entries of an index: a value, and the key of a row that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Key,
    /// The row.
    pub key: Key,
}

/// Values by how they begin, and where to go on.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<'a> {
    /// What they begin with.
    pub start: &'a Key,
    /// Only entries after this one.
    pub after: Option<&'a Entry>,
    /// At most this many.
    pub limit: usize,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A row that the batch was decided upon has changed, appeared or gone. Load again and decide again.
    #[error("{0:?} changed first")]
    Conflict(Table),
    /// Another row has this unique value. An answer, not a reason to try again.
    #[error("{0:?} is taken")]
    Taken(Index),
    /// The engine failed. It is not known whether it was written: whoever decided it must look again before deciding anew.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The engine failed: disk full, read-only, torn.
#[derive(Clone, Debug, thiserror::Error)]
#[error("store: {0}")]
pub struct StoreError(pub String);

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::because("the store failed", error).passing()
    }
}

impl From<CommitError> for Fault {
    fn from(error: CommitError) -> Self {
        let passing = matches!(error, CommitError::Store(_));
        let fault = Self::because("nothing was written", error);
        if passing { fault.passing() } else { fault }
    }
}

/// A record as it was read, with the version that was read. Only this room makes one, so only what was read can be updated.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    value: Arc<T>,
    version: u64,
}

impl<T> Deref for Loaded<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Clone> Loaded<T> {
    /// Change it; the version that was read stays.
    #[must_use]
    pub fn map(self, change: impl FnOnce(T) -> T) -> Self {
        Self { value: Arc::new(change(Arc::unwrap_or_clone(self.value))), version: self.version }
    }

    /// Change it by a transition that may refuse.
    ///
    /// # Errors
    /// What the transition says.
    pub fn try_map<E>(self, change: impl FnOnce(T) -> Result<T, E>) -> Result<Self, E> {
        Ok(Self { value: Arc::new(change(Arc::unwrap_or_clone(self.value))?), version: self.version })
    }

    /// The record alone, for showing.
    #[must_use]
    pub fn into_value(self) -> T {
        Arc::unwrap_or_clone(self.value)
    }
}

impl<T> Loaded<T> {
    /// Which state of it was read: 1 when it was made, one more with each change.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// Where records live. Each engine passes `tests/it/storage/contract.rs`.
///
/// Rows past their expiry do not exist for `get`, `find` and `list`; `now` is the caller's.
#[async_trait]
pub trait Store: Send + Sync {
    /// The row with this key.
    async fn get(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError>;
    /// The one row with this unique value.
    async fn find(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError>;
    /// The rows with values that begin like this, each once for each such value, in an order that stays the same.
    async fn beginning(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Arc<Row>)>, StoreError>;
    /// The rows with this value, in the order of their keys.
    async fn list(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Arc<Row>>, StoreError>;
    /// All of it or none of it, on disk before it returns.
    async fn commit(&self, batch: Batch) -> Result<(), CommitError>;
    /// Remove up to `limit` rows that expired before `now`. Returns how many.
    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError>;
}

/// A row that is given out again keeps what its body came to.
fn read<T: Record>(row: &Arc<Row>) -> Result<Loaded<T>, StoreError> {
    let value = if let Some(known) = row.decoded.known() {
        known
    } else {
        let value = serde_json::from_slice(&row.body).map_err(|error| StoreError(format!("{:?} does not decode: {error}", row.table)))?;
        row.decoded.keep(Arc::new(value))
    };
    Ok(Loaded { value, version: row.version })
}

/// Typed reads over any engine: what repositories are made of.
impl dyn Store + '_ {
    /// The record with this key.
    ///
    /// # Errors
    /// The engine failed, or the body does not decode.
    pub async fn load<T: Record>(&self, key: &Key, now: Timestamp) -> Result<Option<Loaded<T>>, StoreError> {
        self.get(T::TABLE, key, now).await?.as_ref().map(read).transpose()
    }

    /// The one record with this unique value.
    ///
    /// # Errors
    /// The engine failed, or the body does not decode.
    pub async fn by<T: Record>(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Loaded<T>>, StoreError> {
        self.find(index, value, now).await?.as_ref().map(read).transpose()
    }

    /// The records with values that begin like this, with those values.
    ///
    /// # Errors
    /// The engine failed, or a body does not decode.
    pub async fn all_beginning<T: Record>(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Loaded<T>)>, StoreError> {
        let rows = self.beginning(index, what, now).await?;
        rows.into_iter().map(|(value, row)| Ok((value, read(&row)?))).collect()
    }

    /// The records with this value, in the order of their keys.
    ///
    /// # Errors
    /// The engine failed, or a body does not decode.
    pub async fn all<T: Record>(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Loaded<T>>, StoreError> {
        self.list(index, value, page, now).await?.iter().map(read).collect()
    }
}
