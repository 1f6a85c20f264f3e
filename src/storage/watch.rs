//! A store that says what was added to one table.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Batch, Beginning, CommitError, Expect, Paging, Row, Store, StoreError, Write};
use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

struct Watched {
    store: Arc<dyn Store>,
    table: Table,
    news: UnboundedSender<Key>,
}

/// The same store, and the keys of rows that commits add to a table, once they are on disk. Whoever works such rows off needs neither be called by
/// those who write them nor keep asking.
#[must_use]
pub fn watch(store: Arc<dyn Store>, table: Table) -> (Arc<dyn Store>, UnboundedReceiver<Key>) {
    let (news, hear) = unbounded_channel();
    (Arc::new(Watched { store, table, news }), hear)
}

#[async_trait]
impl Store for Watched {
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
        let added = batch.writes.iter().filter_map(|write| match write {
            Write::Put(Expect::Absent, row) if row.table == self.table => Some(row.key.clone()),
            _ => None,
        });
        let added: Vec<Key> = added.collect();
        self.store.commit(batch).await?;
        for key in added {
            // Nobody listens any more: the rows are found at the next start.
            let _ = self.news.send(key);
        }
        Ok(())
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.store.sweep(now, limit).await
    }
}
