//! Rows that nearly every request reads, taken apart once.
//!
//! Each read still goes to the tree; only when the bytes there are those of last time is the row of last time given out again. So nothing can be stale,
//! and nothing has to be told of changes.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use ::sled::IVec;

use crate::{model::Table, storage::Row};

/// Beyond this many, all are forgotten and the busy ones come back.
const MOST: usize = 2048;

/// The rows.
#[derive(Default)]
pub(super) struct Kept(RwLock<HashMap<Vec<u8>, Seen>>);

/// A row as it was stored, and what it is.
type Seen = (IVec, Arc<Row>);

/// Read by nearly every request, and seldom changed.
fn is_worth_it(table: Table) -> bool {
    matches!(table, Table::Tenant | Table::Client | Table::Api | Table::Account)
}

impl Kept {
    /// The row at this place, if it was kept and is stored as it was then.
    pub(super) fn row(&self, place: &[u8], stored: &IVec) -> Option<Arc<Row>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(place).filter(|(before, _)| before == stored).map(|(_, row)| Arc::clone(row))
    }

    /// Keep it, if it is worth it.
    pub(super) fn keep(&self, place: &[u8], stored: &IVec, row: Arc<Row>) -> Arc<Row> {
        if is_worth_it(row.table) {
            let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(place.to_vec(), (stored.clone(), Arc::clone(&row)));
        }
        row
    }
}
