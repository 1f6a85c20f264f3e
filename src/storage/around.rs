//! Stores around a store, that differ from it in what happens at a commit.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Batch, Beginning, CommitError, Paging, Row, Store, StoreError};
use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

/// What happens at a commit.
#[async_trait]
pub(in crate::storage) trait AtCommit: Send + Sync {
    /// Commit it to the store within, with whatever stands before and after.
    async fn commit(&self, store: &dyn Store, batch: Batch) -> Result<(), CommitError>;
}

/// The same store but for its commits.
pub(in crate::storage) struct Around<T> {
    pub(in crate::storage) store: Arc<dyn Store>,
    pub(in crate::storage) at_commit: T,
}

#[async_trait]
impl<T: AtCommit> Store for Around<T> {
    async fn get(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        self.store.get(table, key, now).await
    }

    async fn find(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        self.store.find(index, value, now).await
    }

    async fn list(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Arc<Row>>, StoreError> {
        self.store.list(index, value, page, now).await
    }

    async fn beginning(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Arc<Row>)>, StoreError> {
        self.store.beginning(index, what, now).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        self.at_commit.commit(&*self.store, batch).await
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.store.sweep(now, limit).await
    }
}
