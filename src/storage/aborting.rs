//! A store that ends the process at one of its commits: how a test shows that whoever was in the middle of something goes on where they were.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;

use super::{Batch, Beginning, CommitError, Paging, Row, Store, StoreError};
use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

/// Which commit, and which side of it: `before:3` or `after:3`, the first being 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbortAt {
    /// When it is on the disk and nobody was told, or before anything of it is.
    is_after: bool,
    commit: u64,
}

impl FromStr for AbortAt {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "is not before:NUMBER or after:NUMBER";
        let (side, commit) = text.split_once(':').ok_or(WRONG)?;
        let is_after = match side {
            "before" => false,
            "after" => true,
            _ => return Err(WRONG),
        };
        let commit = commit.parse().ok().filter(|commit| *commit > 0).ok_or(WRONG)?;
        Ok(Self { is_after, commit })
    }
}

struct Aborting {
    store: Arc<dyn Store>,
    at: AbortAt,
    commits: AtomicU64,
}

/// The same store; at that commit the process is gone, without unwinding and without a flush.
#[must_use]
pub fn aborting(store: Arc<dyn Store>, at: AbortAt) -> Arc<dyn Store> {
    Arc::new(Aborting { store, at, commits: AtomicU64::new(0) })
}

#[async_trait]
impl Store for Aborting {
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
        let is_this_one = self.commits.fetch_add(1, Ordering::SeqCst) + 1 == self.at.commit;
        if is_this_one && !self.at.is_after {
            std::process::abort();
        }
        let done = self.store.commit(batch).await;
        if is_this_one {
            std::process::abort();
        }
        done
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.store.sweep(now, limit).await
    }
}
