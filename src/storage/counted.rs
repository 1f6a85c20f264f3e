//! A store that counts what it is asked: two requests that must not be told apart are held to the same work by a test.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Batch, Beginning, CommitError, Paging, Row, Store, StoreError, Write};
use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

/// What a store was asked, in order: tables and indexes, never keys or bodies.
#[derive(Clone, Debug, Default)]
pub struct Work(Arc<Mutex<Vec<String>>>);

impl Work {
    fn inside(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, what: String) {
        self.inside().push(what);
    }

    /// What was asked since this was last called.
    #[must_use]
    pub fn since(&self) -> Vec<String> {
        std::mem::take(&mut *self.inside())
    }
}

struct Counted {
    store: Arc<dyn Store>,
    work: Work,
}

/// The same store, and what it is asked.
#[must_use]
pub fn counted(store: Arc<dyn Store>) -> (Arc<dyn Store>, Work) {
    let work = Work::default();
    (Arc::new(Counted { store, work: work.clone() }), work)
}

#[async_trait]
impl Store for Counted {
    async fn get(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        self.work.note(format!("get {table:?}"));
        self.store.get(table, key, now).await
    }

    async fn find(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        self.work.note(format!("find {index:?}"));
        self.store.find(index, value, now).await
    }

    async fn list(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Arc<Row>>, StoreError> {
        self.work.note(format!("list {index:?}"));
        self.store.list(index, value, page, now).await
    }

    async fn beginning(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Arc<Row>)>, StoreError> {
        self.work.note(format!("beginning {index:?}"));
        self.store.beginning(index, what, now).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        let rows: Vec<String> = batch
            .writes
            .iter()
            .map(|write| match write {
                Write::Put(_, row) => format!("put {:?}", row.table),
                Write::Check(table, ..) => format!("check {table:?}"),
                Write::Delete(table, ..) => format!("delete {table:?}"),
            })
            .collect();
        self.work.note(format!("commit {} and {} events", rows.join(", "), batch.appends.len()));
        self.store.commit(batch).await
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.store.sweep(now, limit).await
    }
}
