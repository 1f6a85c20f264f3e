//! How the tree knows by itself that it is whole.
//!
//! At open, sled can read over a damaged message in its log: the entries of it are as they were before, and nobody is told. So every batch writes
//! its number and, with it, the sum of all entries that should be there after it. At open the sum is taken again.

use ::sled::Tree;
use aws_lc_rs::digest::{Context, SHA256};

use super::{disk::engine, keys};
use crate::storage::StoreError;

/// The number of the last batch, and the sum of the entries after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) number: u64,
    sum: u64,
}

impl Tally {
    /// As it was written with the last batch; nothing yet is nothing.
    pub(super) fn written(tree: &Tree) -> Result<Self, StoreError> {
        let Some(bytes) = engine(|| tree.get(keys::TALLY))? else { return Ok(Self::default()) };
        let bytes: [u8; 16] = bytes.as_ref().try_into().map_err(|_| StoreError("damaged: its tally does not read".into()))?;
        let [number, sum] = [bytes.first_chunk(), bytes.last_chunk()].map(|half| half.copied().map_or(0, u64::from_le_bytes));
        Ok(Self { number, sum })
    }

    /// Of what is in the tree now: rows on one processor, what leads to them on another.
    pub(super) fn counted(tree: &Tree, number: u64) -> Result<Self, StoreError> {
        let after_rows = [keys::ROW + 1];
        let gave_up = |_| StoreError("damaged: it could not be counted".into());
        let (rows, others) = std::thread::scope(|scope| {
            let others = scope.spawn(|| sum(&mut tree.range(after_rows..)));
            (sum(&mut tree.range(..after_rows)), others.join().map_err(gave_up))
        });
        Ok(Self { number, sum: rows?.wrapping_add(others??) })
    }

    /// An entry goes from one value to another.
    pub(super) fn change(&mut self, key: &[u8], from: Option<&[u8]>, to: Option<&[u8]>) {
        if keys::is_own(key) {
            return;
        }
        self.sum = self.sum.wrapping_sub(from.map_or(0, |value| part(key, value))).wrapping_add(to.map_or(0, |value| part(key, value)));
    }

    /// For the batch after this one.
    #[must_use]
    pub(super) fn next(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    pub(super) fn bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.number.to_le_bytes());
        bytes[8..].copy_from_slice(&self.sum.to_le_bytes());
        bytes
    }
}

fn sum(entries: &mut ::sled::Iter) -> Result<u64, StoreError> {
    let mut tally = Tally::default();
    while let Some((key, value)) = engine(|| entries.next().transpose())? {
        tally.change(&key, None, Some(&value));
    }
    Ok(tally.sum)
}

/// What an entry adds. Not a CRC: a row ends with its own, and then every row of one length would add the same.
fn part(key: &[u8], value: &[u8]) -> u64 {
    let mut sum = Context::new(&SHA256);
    sum.update(&key.len().to_le_bytes());
    sum.update(key);
    sum.update(value);
    sum.finish().as_ref().first_chunk().copied().map_or(0, u64::from_le_bytes)
}
