//! The whole store as lines of JSON, while it runs.

use std::collections::HashSet;

use ::sled::Tree;

use super::disk::engine;
use crate::storage::StoreError;

/// Keys that changed while a backup was made, and with the last of them what they hold.
pub(super) enum Touched {
    Keys(HashSet<Vec<u8>>),
    Last(Vec<(Vec<u8>, Option<::sled::IVec>)>),
}

impl Touched {
    pub(super) fn take(tree: &Tree, watched: &mut HashSet<Vec<u8>>, is_last: bool) -> Result<Self, StoreError> {
        let keys = std::mem::take(watched);
        if !is_last {
            return Ok(Self::Keys(keys));
        }
        let entries = keys.into_iter().map(|key| engine(|| tree.get(&key)).map(|value| (key, value)));
        entries.collect::<Result<_, _>>().map(Self::Last)
    }
}
