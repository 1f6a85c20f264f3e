//! A store that says what was added to one table.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{
    Batch, CommitError, Expect, Store, Write,
    around::{Around, AtCommit},
};
use crate::model::{Key, Table};

struct Watched {
    table: Table,
    news: UnboundedSender<Key>,
}

/// The same store, and the keys of rows that commits add to a table, once they are on disk. Whoever works such rows off needs neither be called by
/// those who write them nor keep asking.
#[must_use]
pub fn watch(store: Arc<dyn Store>, table: Table) -> (Arc<dyn Store>, UnboundedReceiver<Key>) {
    let (news, hear) = unbounded_channel();
    (Arc::new(Around { store, at_commit: Watched { table, news } }), hear)
}

#[async_trait]
impl AtCommit for Watched {
    async fn commit(&self, store: &dyn Store, batch: Batch) -> Result<(), CommitError> {
        let added = batch.writes.iter().filter_map(|write| match write {
            Write::Put(Expect::Absent, row) if row.table == self.table => Some(row.key.clone()),
            _ => None,
        });
        let added: Vec<Key> = added.collect();
        store.commit(batch).await?;
        for key in added {
            // Nobody listens any more: the rows are found at the next start.
            let _ = self.news.send(key);
        }
        Ok(())
    }
}
