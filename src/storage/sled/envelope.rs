//! A row as bytes: format, version, expiry, the values it is found by, the body, and a checksum over its place and all of it.
//!
//! The body is JSON and describes itself; what is around it is read at every commit and is therefore fixed and small. A value that begins as the row's key does
//! (mostly both are of one organisation) is kept without that beginning.

use std::borrow::Cow;

use crate::{
    model::{Index, Key, Table},
    storage::{Decoded, Row, StoreError},
    values::Timestamp,
};

/// 1 kept all values whole.
const FORMAT: u8 = 2;
/// Added to the length of a value that is kept without its beginning.
const SHORTENED: u16 = 0x8000;
/// sled puts a leaf that grows past a quarter of a segment into a file of its own and never syncs that: rows stay far below.
pub(super) const LONGEST_BODY: usize = 64 * 1024;

fn broken(why: &str) -> StoreError {
    StoreError(format!("a row is damaged: {why}"))
}

/// A stored row, looked at without copying.
pub(super) struct View<'a> {
    pub(super) version: u64,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) unique: Vec<(Index, Cow<'a, str>)>,
    pub(super) listed: Vec<(Index, Cow<'a, str>)>,
    pub(super) body: &'a [u8],
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], StoreError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(|| broken("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        self.take(N)?.try_into().map_err(|_| broken("it ends too early"))
    }
    fn values(&mut self, beginning: &str) -> Result<Vec<(Index, Cow<'a, str>)>, StoreError> {
        let count = u16::from_le_bytes(self.array()?);
        let mut values = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let [number] = self.array()?;
            let length = u16::from_le_bytes(self.array()?);
            let text = std::str::from_utf8(self.take(usize::from(length & !SHORTENED))?).map_err(|_| broken("a value is not text"))?;
            let text = if length & SHORTENED == 0 { Cow::Borrowed(text) } else { Cow::Owned([beginning, text].concat()) };
            let index = Index::from_number(number).ok_or_else(|| StoreError(format!("no index has the number {number}")))?;
            values.push((index, text));
        }
        Ok(values)
    }
}

fn sum(place: &[u8], bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(place);
    hasher.update(bytes);
    hasher.finalize()
}

fn checked<'a>(place: &[u8], stored: &'a [u8]) -> Result<Reader<'a>, StoreError> {
    let (bytes, end) = stored.split_last_chunk::<4>().ok_or_else(|| broken("it ends too early"))?;
    if sum(place, bytes) != u32::from_le_bytes(*end) {
        return Err(broken("its checksum is wrong"));
    }
    let mut reader = Reader(bytes);
    match reader.array()? {
        [1 | FORMAT] => Ok(reader),
        [other] => Err(StoreError(format!("a row has format {other}, this program reads {FORMAT}"))),
    }
}

/// The first part of a row's key and what ends it, as text; a key of one part has none.
fn beginning(place: &[u8]) -> &str {
    let key = place.get(2..).unwrap_or_default();
    let first = key.iter().position(|byte| *byte == 0).and_then(|end| key.get(..=end)).unwrap_or_default();
    std::str::from_utf8(first).unwrap_or_default()
}

fn head(reader: &mut Reader<'_>) -> Result<(u64, Option<Timestamp>), StoreError> {
    let version = u64::from_le_bytes(reader.array()?);
    let expires = u64::from_le_bytes(reader.array()?);
    Ok((version, (expires != 0).then_some(Timestamp(expires))))
}

/// Only version and expiry. `place` is the key in the tree.
pub(super) fn version(place: &[u8], stored: &[u8]) -> Result<(u64, Option<Timestamp>), StoreError> {
    head(&mut checked(place, stored)?)
}

/// All of it. `place` is the key in the tree.
pub(super) fn view<'a>(place: &[u8], stored: &'a [u8]) -> Result<View<'a>, StoreError> {
    let mut reader = checked(place, stored)?;
    let (version, expires_at) = head(&mut reader)?;
    let beginning = beginning(place);
    let (unique, listed) = (reader.values(beginning)?, reader.values(beginning)?);
    Ok(View { version, expires_at, unique, listed, body: reader.0 })
}

/// As the room's other files know it.
pub(super) fn decode(table: Table, key: Key, place: &[u8], stored: &[u8]) -> Result<Row, StoreError> {
    let view = view(place, stored)?;
    let own = |values: Vec<(Index, Cow<'_, str>)>| values.into_iter().map(|(index, text)| (index, Key::from_stored(text.into_owned()))).collect();
    Ok(Row {
        table,
        key,
        version: view.version,
        expires_at: view.expires_at,
        unique: own(view.unique),
        listed: own(view.listed),
        body: view.body.to_vec(),
        decoded: Decoded::default(),
    })
}

/// As bytes. `place` is the key in the tree.
pub(super) fn encode(place: &[u8], row: &Row) -> Result<Vec<u8>, StoreError> {
    if row.body.len() > LONGEST_BODY {
        return Err(StoreError(format!("a row of {:?} is longer than {LONGEST_BODY} bytes", row.table)));
    }
    let beginning = beginning(place);
    let mut bytes = Vec::with_capacity(128 + row.body.len());
    bytes.push(FORMAT);
    bytes.extend_from_slice(&row.version.to_le_bytes());
    bytes.extend_from_slice(&expiry_of(row).map_or(0, |end| end.0).to_le_bytes());
    for values in [&row.unique, &row.listed] {
        let too_long = || StoreError(format!("a row of {:?} has too many or too long values", row.table));
        bytes.extend_from_slice(&u16::try_from(values.len()).map_err(|_| too_long())?.to_le_bytes());
        for (index, value) in values {
            let (mark, text) = match value.as_str().strip_prefix(beginning) {
                Some(rest) if !beginning.is_empty() => (SHORTENED, rest),
                _ => (0, value.as_str()),
            };
            let length = u16::try_from(text.len()).ok().filter(|length| length & SHORTENED == 0).ok_or_else(too_long)?;
            bytes.push(index.number());
            bytes.extend_from_slice(&(length | mark).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes.extend_from_slice(&row.body);
    let sum = sum(place, &bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    Ok(bytes)
}

/// When it expires, as it is stored: 0 says never, so what expired at the beginning of time did so a second later.
pub(super) fn expiry_of(row: &Row) -> Option<Timestamp> {
    row.expires_at.map(|end| Timestamp(end.0.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sled::keys;

    fn row(key: &str, values: &[&str]) -> Row {
        let values: Vec<_> = values.iter().map(|value| (Index::AccountByWord, Key::from_stored((*value).to_owned()))).collect();
        let key = Key::from_stored(key.to_owned());
        Row {
            table: Table::Account,
            key,
            version: 3,
            expires_at: None,
            unique: values.clone(),
            listed: values,
            body: b"{}".to_vec(),
            decoded: Decoded::default(),
        }
    }

    #[test]
    fn values_are_read_as_they_were_written_whether_they_begin_as_the_key_does_or_not() {
        let long = format!("home\0{}", "x".repeat(30_000));
        for (key, values) in [
            ("home\0one", &["home\0eon", "home\0", "home", "other\0eon", "", &long][..]),
            ("alone", &["alone", "alone\0eon", ""]),
            ("\0one", &["\0eon", "eon"]),
        ] {
            let row = row(key, values);
            let place = keys::row(row.table, &row.key);
            let stored = encode(&place, &row).unwrap();
            assert_eq!(decode(row.table, row.key.clone(), &place, &stored).unwrap(), row);
        }
        let row = row("alone", &[&"x".repeat(40_000)]);
        assert!(encode(&keys::row(row.table, &row.key), &row).is_err(), "too long is refused, not misread");
    }

    #[test]
    fn a_row_of_the_first_format_still_reads() {
        let row = row("home\0one", &["home\0eon"]);
        let place = keys::row(row.table, &row.key);
        let mut stored = vec![1];
        stored.extend_from_slice(&3u64.to_le_bytes());
        stored.extend_from_slice(&0u64.to_le_bytes());
        for _ in 0..2 {
            stored.extend_from_slice(&[1, 0, Index::AccountByWord.number(), 8, 0]);
            stored.extend_from_slice(b"home\0eon");
        }
        stored.extend_from_slice(b"{}");
        let check = sum(&place, &stored).to_le_bytes();
        stored.extend_from_slice(&check);
        assert_eq!(decode(row.table, row.key.clone(), &place, &stored).unwrap(), row);
    }
}
