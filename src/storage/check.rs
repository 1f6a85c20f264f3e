//! The judgement that every engine shares: given what is there, may this batch be written?

use std::collections::{HashMap, HashSet};

use super::{Batch, CommitError, Expect, StoreError, Write};
use crate::{
    model::{Index, Key, Table},
    values::Timestamp,
};

/// What is there now, as the engine that is about to write sees it. Rows that expired by `now` are not there.
pub(in crate::storage) trait Present {
    /// The version of a row.
    fn version(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<u64>, StoreError>;
    /// Which row has a unique value.
    fn owner(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<(Table, Key)>, StoreError>;
}

/// Versions first, then uniqueness as it would be after the whole batch.
pub(in crate::storage) fn check(present: &impl Present, batch: &Batch) -> Result<(), CommitError> {
    let mut named = HashSet::new();
    let mut taken: HashMap<(Index, &Key), (Table, &Key)> = HashMap::new();
    for write in &batch.writes {
        let (table, key, wanted) = match write {
            Write::Put(Expect::Absent, row) => (row.table, &row.key, None),
            Write::Put(Expect::Version(version), row) => (row.table, &row.key, Some(*version)),
            Write::Check(table, key, version) | Write::Delete(table, key, version) => (*table, key, Some(*version)),
        };
        if !named.insert((table, key)) {
            return Err(StoreError(format!("a batch names one {table:?} twice")).into());
        }
        if present.version(table, key, batch.decided_at)? != wanted {
            return Err(CommitError::Conflict(table));
        }
    }
    // Only then: what was decided upon old rows is to be decided anew, whatever it claims.
    for write in &batch.writes {
        let Write::Put(_, row) = write else { continue };
        for (index, value) in &row.unique {
            if taken.insert((*index, value), (row.table, &row.key)).is_some() {
                return Err(CommitError::Taken(*index));
            }
        }
    }
    for ((index, value), (table, key)) in &taken {
        let Some(owner) = present.owner(*index, value, batch.decided_at)? else { continue };
        let is_own = owner.0 == *table && owner.1 == **key;
        // The present owner gives it up in this batch when it is named and does not claim the value again: `taken` would hold it.
        let gives_up =
            named.contains(&(owner.0, &owner.1)) && !batch.writes.iter().any(|w| matches!(w, Write::Check(t, k, _) if *t == owner.0 && *k == owner.1));
        if !is_own && !gives_up {
            return Err(CommitError::Taken(*index));
        }
    }
    Ok(())
}
