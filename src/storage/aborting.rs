//! A store that ends the process at one of its commits: how a test shows that whoever was in the middle of something goes on where they were.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;

use super::{
    Batch, CommitError, Store,
    around::{Around, AtCommit},
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
    at: AbortAt,
    commits: AtomicU64,
}

/// The same store; at that commit the process is gone, without unwinding and without a flush.
#[must_use]
pub fn aborting(store: Arc<dyn Store>, at: AbortAt) -> Arc<dyn Store> {
    Arc::new(Around { store, at_commit: Aborting { at, commits: AtomicU64::new(0) } })
}

#[async_trait]
impl AtCommit for Aborting {
    async fn commit(&self, store: &dyn Store, batch: Batch) -> Result<(), CommitError> {
        let is_this_one = self.commits.fetch_add(1, Ordering::SeqCst) + 1 == self.at.commit;
        if is_this_one && !self.at.is_after {
            std::process::abort();
        }
        let done = store.commit(batch).await;
        if is_this_one {
            std::process::abort();
        }
        done
    }
}
