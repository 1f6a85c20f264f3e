//! Is a store or a backup whole? Every row decodes, every entry that leads to a row leads to one that says so, every row has its entries, and the
//! chains of the audit trail are unbroken.

use std::{collections::BTreeMap, path::Path};

use ::sled::{IVec, Tree};

use super::{
    disk::{Folder, engine},
    envelope, keys, restore,
};
use crate::{
    model::{AuditEvent, AuditRecord, Key, Table},
    storage::{
        StoreError,
        audit::{ChainEnd, Walk},
    },
};

/// What was found, when all was well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many rows, by table; tables without any are left out.
    pub rows: BTreeMap<Table, u64>,
    /// Where the chains of the audit trail end; without those that have no event.
    pub chains: Vec<ChainEnd>,
}

impl Verified {
    /// How many rows there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }
}

/// What looks at a key and its value.
type See<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 'a;

/// Entries in order, wherever they lie.
trait Entries {
    fn value(&self, key: &[u8]) -> Result<Option<IVec>, StoreError>;
    fn each(&self, see: &mut See<'_>) -> Result<(), StoreError>;
}

impl Entries for Tree {
    fn value(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        engine(|| self.get(key))
    }
    fn each(&self, see: &mut See<'_>) -> Result<(), StoreError> {
        let mut entries = self.iter();
        while let Some((key, value)) = engine(|| entries.next().transpose())? {
            see(&key, &value)?;
        }
        Ok(())
    }
}

impl Entries for BTreeMap<Vec<u8>, IVec> {
    fn value(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        Ok(self.get(key).cloned())
    }
    fn each(&self, see: &mut See<'_>) -> Result<(), StoreError> {
        self.iter().try_for_each(|(key, value)| see(key, value))
    }
}

/// Check a backup without restoring it. It is held in memory meanwhile.
///
/// # Errors
/// It is damaged, or newer than this program; the first thing that was found.
pub fn verify_backup(file: &Path) -> Result<Verified, StoreError> {
    let mut last = BTreeMap::new();
    restore::entries(file, |key, value| {
        match value {
            Some(value) => last.insert(key, IVec::from(value)),
            None => last.remove(&key),
        };
        Ok(())
    })?;
    verify(&last).map_err(|error| StoreError(format!("{}: {}", file.display(), error.0)))
}

/// Check a store that nobody has open.
///
/// # Errors
/// It is open, not there, or damaged; the first thing that was found.
pub fn verify_folder(folder: &Path) -> Result<Verified, StoreError> {
    let place = Folder::new(folder);
    if !place.is_used() {
        return Err(StoreError(format!("{}: there is no store", folder.display())));
    }
    let opened = place.open()?;
    verify_tree(&opened.db).map_err(|error| StoreError(format!("{}: {}", folder.display(), error.0)))
}

/// Check a tree.
pub(super) fn verify_tree(tree: &Tree) -> Result<Verified, StoreError> {
    verify(tree)
}

fn verify(entries: &impl Entries) -> Result<Verified, StoreError> {
    let mut check = Check { entries, rows: BTreeMap::new(), walk: None, chains: Vec::new() };
    entries.each(&mut |key, value| check.entry(key, value))?;
    check.end_chain();
    Ok(Verified { rows: check.rows, chains: check.chains })
}

struct Check<'a, E> {
    entries: &'a E,
    rows: BTreeMap<Table, u64>,
    /// The chain that the rows are in just now.
    walk: Option<(u8, Walk)>,
    chains: Vec<ChainEnd>,
}

impl<E: Entries> Check<'_, E> {
    fn entry(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let lost = |what: &str| StoreError(format!("damaged: {what}: {}", String::from_utf8_lossy(key).escape_debug()));
        match key.first() {
            Some(&keys::ROW) => self.row(key, value),
            Some(&keys::UNIQUE) => {
                let row = self.row_behind(value)?.ok_or_else(|| lost("a unique value without its row"))?;
                let has = row.unique.iter().any(|(index, text)| keys::unique(*index, text.as_str()) == key);
                // The row may have expired and not been swept; then another may have taken the value. One that has it must have said so.
                if has { Ok(()) } else { Err(lost("a unique value that its row does not have")) }
            }
            Some(&keys::LISTED) => {
                let (_, _, own) = keys::listed_place(key).ok_or_else(|| lost("an entry of a list that does not read"))?;
                let row = self.row_behind(&[value, own].concat())?.ok_or_else(|| lost("an entry of a list without its row"))?;
                let has = row.listed.iter().any(|(index, text)| keys::listed(*index, text.as_str(), &row.key) == key);
                if has { Ok(()) } else { Err(lost("an entry of a list that its row does not have")) }
            }
            Some(&keys::EXPIRY) => {
                let row = self.row_behind(key.get(9..).unwrap_or_default())?.ok_or_else(|| lost("an expiry without its row"))?;
                let place = keys::row(row.table, &row.key);
                let has = envelope::expiry_of(&row).is_some_and(|end| keys::expiry(end, keys::pointer(&place)) == key);
                if has { Ok(()) } else { Err(lost("an expiry that its row does not have")) }
            }
            _ if keys::is_own(key) => Ok(()),
            _ => Err(lost("an entry of a kind that this program does not know")),
        }
    }

    fn row_behind(&self, pointer: &[u8]) -> Result<Option<crate::storage::Row>, StoreError> {
        let place = keys::pointed(pointer);
        let Some(stored) = self.entries.value(&place)? else { return Ok(None) };
        let (table, key) = keys::place(pointer)?;
        envelope::decode(table, key, &place, &stored).map(Some)
    }

    fn row(&mut self, place: &[u8], stored: &[u8]) -> Result<(), StoreError> {
        let (table, key) = keys::place(keys::pointer(place))?;
        let row = envelope::decode(table, key, place, stored)?;
        let missing = || StoreError(format!("damaged: a row of {table:?} is not found by what it says"));
        for (index, value) in &row.unique {
            let owner = self.entries.value(&keys::unique(*index, value.as_str()))?;
            // Of a row that has expired and was not swept, another may have taken the value, and have gone.
            if row.expires_at.is_none() && owner.is_none_or(|owner| owner != keys::pointer(place)) {
                return Err(missing());
            }
        }
        for (index, value) in &row.listed {
            self.entries.value(&keys::listed(*index, value.as_str(), &row.key))?.ok_or_else(missing)?;
        }
        if let Some(end) = envelope::expiry_of(&row) {
            self.entries.value(&keys::expiry(end, keys::pointer(place)))?.ok_or_else(missing)?;
        }
        *self.rows.entry(table).or_default() += 1;
        if table == Table::Audit { self.event(&row.key, &row.body) } else { Ok(()) }
    }

    fn event(&mut self, key: &Key, body: &[u8]) -> Result<(), StoreError> {
        let record: AuditRecord = serde_json::from_slice(body).map_err(|error| StoreError(format!("damaged: an event does not decode: {error}")))?;
        if AuditRecord::key_of(record.stream, record.sequence) != *key || record.stream >= AuditEvent::STREAMS {
            return Err(StoreError("damaged: an event lies in the place of another".into()));
        }
        if self.walk.as_ref().is_none_or(|(stream, _)| *stream != record.stream) {
            self.end_chain();
            self.walk = Some((record.stream, Walk::new(record.stream)));
        }
        match &mut self.walk {
            Some((_, walk)) => walk.step(&record).map_err(|error| StoreError(format!("damaged: {error}"))),
            None => Ok(()),
        }
    }

    fn end_chain(&mut self) {
        self.chains.extend(self.walk.take().map(|(_, walk)| walk.end()));
    }
}
