//! A record as an engine keeps it.

use std::{
    any::Any,
    fmt,
    sync::{Arc, OnceLock},
};

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
    /// What the body came to, once somebody read it.
    pub decoded: Decoded,
}

/// A record that was decoded from a row, beside the row: a row whose bytes have not changed need not be decoded again.
#[derive(Default)]
pub struct Decoded(OnceLock<Arc<dyn Any + Send + Sync>>);

impl Decoded {
    /// The record, if it was decoded before.
    #[must_use]
    pub fn known<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        Arc::clone(self.0.get()?).downcast().ok()
    }

    /// Keep it for whoever reads the row next.
    pub fn keep<T: Send + Sync + 'static>(&self, record: Arc<T>) -> Arc<T> {
        // Two at once decode the same.
        let _ = self.0.set(Arc::clone(&record) as Arc<dyn Any + Send + Sync>);
        record
    }
}

impl Clone for Decoded {
    /// A copy of a row may be changed: it is decoded anew.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoded")
    }
}

impl PartialEq for Decoded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Decoded {}
