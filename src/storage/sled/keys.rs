//! What lies where in the one tree. Tags 0 and 254 are what the store knows about itself. A key is a tag, the number of a table or index, and text; tags are numbers on disk, never changed, never used twice.

use crate::{
    model::{Index, Key, Table},
    storage::StoreError,
    values::Timestamp,
};

/// Rows by table and key.
pub(super) const ROW: u8 = 1;
/// Unique values; each points to its row.
pub(super) const UNIQUE: u8 = 2;
/// Listed values, each with the key of a row.
pub(super) const LISTED: u8 = 3;
/// Rows by the time they expire, for the sweep.
pub(super) const EXPIRY: u8 = 4;

/// Ends a listed value: a byte that no text in UTF-8 has, so that no value is the beginning of another.
const END: u8 = 0xFF;

/// The format of everything below.
pub(super) const FORMAT: &[u8] = b"\0format";
/// The tally. It is written with each batch, so it lies at the end, where its neighbours are small.
pub(super) const TALLY: &[u8] = b"\xFEtally";
/// A sealed text that only the right master key opens.
pub(super) const KEY_CHECK: &[u8] = b"\0key-check";

/// What the store knows about itself.
pub(super) fn is_own(key: &[u8]) -> bool {
    matches!(key.first(), Some(0 | 0xFE))
}

fn joined(head: &[u8], text: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(head.len() + text.len());
    key.extend_from_slice(head);
    key.extend_from_slice(text);
    key
}

/// Where a row lies.
pub(super) fn row(table: Table, key: &Key) -> Vec<u8> {
    joined(&[ROW, table.number()], key.as_str().as_bytes())
}

/// What the places of all rows of a table begin with whose keys begin like this.
pub(super) fn row_beginning(table: Table, start: &str) -> Vec<u8> {
    joined(&[ROW, table.number()], start.as_bytes())
}

/// Where the owner of a unique value is said.
pub(super) fn unique(index: Index, value: &str) -> Vec<u8> {
    joined(&[UNIQUE, index.number()], value.as_bytes())
}

/// The value of such an entry.
pub(super) fn unique_value(entry: &[u8]) -> &[u8] {
    entry.get(2..).unwrap_or_default()
}

/// What all entries of values begin with that begin like this.
pub(super) fn listed_beginning(index: Index, start: &str) -> Vec<u8> {
    joined(&[LISTED, index.number()], start.as_bytes())
}

/// What all entries of a listed value begin with.
pub(super) fn listed_prefix(index: Index, value: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(value.len() + 64);
    key.extend_from_slice(&[LISTED, index.number()]);
    key.extend_from_slice(value.as_bytes());
    key.push(END);
    key
}

/// One entry of a listed value.
pub(super) fn listed(index: Index, value: &str, key: &Key) -> Vec<u8> {
    let mut entry = listed_prefix(index, value);
    entry.extend_from_slice(key.as_str().as_bytes());
    entry
}

/// Where a row waits for the sweep. Its place is said as [`pointer()`] says it.
pub(super) fn expiry(at: Timestamp, pointer: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(9 + pointer.len());
    key.push(EXPIRY);
    key.extend_from_slice(&at.0.to_be_bytes());
    key.extend_from_slice(pointer);
    key
}

/// A row as others point to it: the key in the tree without its tag.
pub(super) fn pointer(row: &[u8]) -> &[u8] {
    row.get(1..).unwrap_or_default()
}

/// The key in the tree of what a pointer points to.
pub(super) fn pointed(pointer: &[u8]) -> Vec<u8> {
    joined(&[ROW], pointer)
}

/// Table and key of a row, from its key in the tree without the tag.
pub(super) fn place(pointer: &[u8]) -> Result<(Table, Key), StoreError> {
    let (number, text) = pointer.split_first().ok_or_else(|| StoreError("a key is empty".into()))?;
    let table = Table::from_number(*number).ok_or_else(|| StoreError(format!("no table has the number {number}")))?;
    let text = std::str::from_utf8(text).map_err(|_| StoreError(format!("a key of {table:?} is not text")))?;
    Ok((table, Key::from_stored(text.to_owned())))
}

/// Index, value and key of an entry of a listed value.
pub(super) fn listed_place(entry: &[u8]) -> Option<(Index, &[u8], &[u8])> {
    let (number, rest) = entry.get(1..)?.split_first()?;
    let end = rest.iter().position(|byte| *byte == END)?;
    Some((Index::from_number(*number)?, rest.get(..end)?, rest.get(end + 1..)?))
}
