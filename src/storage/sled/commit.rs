//! Batches into the tree: each is judged by what is there and by what was judged before it, and a group of them is applied as one. Only the writer's thread
//! comes here, so nothing changes in between.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet, hash_map::Entry},
};

use ::sled::{IVec, Tree};

use super::{disk::engine, envelope, keys, tally::Tally};
use crate::{
    model::{AuditEvent, Index, Key, Record, Table},
    storage::{Batch, CommitError, Decoded, Present, Row, StoreError, Write, chain::Head, check},
    values::Timestamp,
};

/// Where the store ends: the next batch goes on from here.
#[derive(Clone)]
pub(super) struct Ends {
    /// Of each chain of the audit trail.
    chains: [Head; AuditEvent::STREAMS as usize],
    pub(super) tally: Tally,
}

/// What a group of batches does to the tree, before any of it is done. sled writes twice for every change that it is given and wakes all its threads each time:
/// a group is one change.
#[derive(Default)]
pub(super) struct Pending(HashMap<Vec<u8>, Moved>);

/// By key.
type Moves = Vec<(Vec<u8>, Moved)>;

/// From what is in the tree to what is to be.
struct Moved {
    from: Option<IVec>,
    to: Option<IVec>,
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Do it, with the tally after it.
    pub(super) fn apply(&mut self, tree: &Tree, ends: &mut Ends) -> Result<(), StoreError> {
        let mut tally = ends.tally.next();
        let mut batch = ::sled::Batch::default();
        for (key, Moved { from, to }) in self.0.drain() {
            tally.change(&key, from.as_deref(), to.as_deref());
            match to {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        batch.insert(keys::TALLY, &tally.bytes());
        engine(|| tree.apply_batch(batch))?;
        ends.tally = tally;
        Ok(())
    }
}

/// What is there for a batch: in the tree, or by an earlier one of its group. Each key is read once.
struct Now<'a> {
    tree: &'a Tree,
    pending: &'a Pending,
    seen: RefCell<Vec<(Vec<u8>, Option<IVec>)>>,
}

impl<'a> Now<'a> {
    fn new(tree: &'a Tree, pending: &'a Pending) -> Self {
        Self { tree, pending, seen: RefCell::default() }
    }

    fn read(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        if let Some(moved) = self.pending.0.get(key) {
            return Ok(moved.to.clone());
        }
        if let Some((_, value)) = self.seen.borrow().iter().find(|(seen, _)| seen == key) {
            return Ok(value.clone());
        }
        let value = engine(|| self.tree.get(key))?;
        self.seen.borrow_mut().push((key.to_vec(), value.clone()));
        Ok(value)
    }

    fn version_at(&self, place: &[u8], now: Timestamp) -> Result<Option<u64>, StoreError> {
        let Some(stored) = self.read(place)? else { return Ok(None) };
        let (version, expires_at) = envelope::version(place, &stored)?;
        Ok(expires_at.is_none_or(|end| now < end).then_some(version))
    }
}

impl Present for Now<'_> {
    fn version(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<u64>, StoreError> {
        self.version_at(&keys::row(table, key), now)
    }
    fn owner(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<(Table, Key)>, StoreError> {
        let Some(pointer) = self.read(&keys::unique(index, value.as_str()))? else { return Ok(None) };
        match self.version_at(&keys::pointed(&pointer), now)? {
            Some(_) => keys::place(&pointer).map(Some),
            None => Ok(None),
        }
    }
}

/// What a batch does to the tree. Everything is removed first and put then, so that values can change hands in one batch.
struct Change<'a> {
    entries: HashMap<Vec<u8>, Option<IVec>>,
    /// Where to note the keys, while a backup is made.
    watched: Option<&'a mut HashSet<Vec<u8>>>,
}

impl<'a> Change<'a> {
    fn new(watched: Option<&'a mut HashSet<Vec<u8>>>) -> Self {
        Self { entries: HashMap::new(), watched }
    }

    /// With what is in the tree now, where nothing earlier touched it.
    fn from(self, now: &Now<'_>) -> Result<Moves, StoreError> {
        let moved = |(key, to): (Vec<u8>, _)| now.read(&key).map(|from| (key, Moved { from, to }));
        self.entries.into_iter().map(moved).collect()
    }

    fn remove(&mut self, key: &[u8]) {
        self.note(key);
        self.entries.insert(key.to_vec(), None);
    }

    fn insert(&mut self, key: &[u8], value: &[u8]) {
        self.note(key);
        self.entries.insert(key.to_vec(), Some(value.into()));
    }

    fn note(&mut self, key: &[u8]) {
        if let Some(watched) = &mut self.watched {
            watched.insert(key.to_vec());
        }
    }

    /// Take away what the row at this place is found by and its successor is not.
    fn forget(&mut self, now: &Now<'_>, place: &[u8], stored: &[u8], successor: Option<&Row>) -> Result<(), StoreError> {
        let old = envelope::view(place, stored)?;
        let pointer = keys::pointer(place);
        let (_, key) = keys::place(pointer)?;
        let stays = |values: fn(&Row) -> &Vec<(Index, Key)>, index: Index, text: &str| {
            successor.is_some_and(|row| values(row).iter().any(|(i, value)| *i == index && value.as_str() == text))
        };
        for (index, value) in old.unique {
            let entry = keys::unique(index, &value);
            // A value of an expired row may have a new owner by now.
            if !stays(|row| &row.unique, index, &value) && now.read(&entry)?.is_some_and(|owner| owner == pointer) {
                self.remove(&entry);
            }
        }
        for (index, value) in old.listed {
            if !stays(|row| &row.listed, index, &value) {
                self.remove(&keys::listed(index, &value, &key));
            }
        }
        if let Some(end) = old.expires_at
            && successor.is_none_or(|row| envelope::expiry_of(row) != Some(end))
        {
            self.remove(&keys::expiry(end, pointer));
        }
        if successor.is_none() {
            self.remove(place);
        }
        Ok(())
    }

    /// Write a row, and what it is found by as far as that is not there.
    fn put(&mut self, now: &Now<'_>, place: &[u8], row: &Row) -> Result<(), StoreError> {
        let bytes = envelope::encode(place, row)?;
        let stored = now.read(place)?;
        let old = stored.as_ref().map(|stored| envelope::view(place, stored)).transpose()?;
        let pointer = keys::pointer(place);
        for (index, value) in &row.unique {
            let entry = keys::unique(*index, value.as_str());
            if now.read(&entry)?.is_none_or(|owner| owner != pointer) {
                self.insert(&entry, pointer);
            }
        }
        for (index, value) in &row.listed {
            if !old.as_ref().is_some_and(|old| old.listed.iter().any(|(i, text)| i == index && *text == value.as_str())) {
                self.insert(&keys::listed(*index, value.as_str(), &row.key), &[row.table.number()]);
            }
        }
        if let Some(end) = envelope::expiry_of(row)
            && old.is_none_or(|old| old.expires_at != Some(end))
        {
            self.insert(&keys::expiry(end, pointer), &[]);
        }
        self.insert(place, &bytes);
        Ok(())
    }
}

fn change(now: &Now<'_>, batch: Batch, ends: &Ends, watched: Option<&mut HashSet<Vec<u8>>>) -> Result<(Moves, Ends), CommitError> {
    check(now, &batch)?;
    let mut change = Change::new(watched);
    for write in &batch.writes {
        let (place, successor) = match write {
            Write::Put(_, row) => (keys::row(row.table, &row.key), Some(row)),
            Write::Delete(table, key, _) => (keys::row(*table, key), None),
            Write::Check(..) => continue,
        };
        if let Some(stored) = now.read(&place)? {
            change.forget(now, &place, &stored, successor)?;
        }
    }
    for write in batch.writes {
        if let Write::Put(_, row) = write {
            change.put(now, &keys::row(row.table, &row.key), &row)?;
        }
    }
    let mut chains = ends.chains.clone();
    for append in batch.appends {
        let stream = append.stream % AuditEvent::STREAMS;
        let head = chains.get_mut(usize::from(stream)).ok_or_else(|| StoreError(format!("there is no chain {stream}")))?;
        let record = head.next(stream, append.event);
        let body = serde_json::to_vec(&record).map_err(|error| StoreError(error.to_string()))?;
        let row = Row {
            table: Table::Audit,
            key: record.key(),
            version: 1,
            expires_at: None,
            unique: Vec::new(),
            listed: record.listed(),
            body,
            decoded: Decoded::default(),
        };
        change.put(now, &keys::row(row.table, &row.key), &row)?;
    }
    Ok((change.from(now)?, Ends { chains, tally: ends.tally }))
}

impl Pending {
    fn add(&mut self, change: Moves) {
        for (key, moved) in change {
            match self.0.entry(key) {
                Entry::Occupied(mut earlier) => earlier.get_mut().to = moved.to,
                Entry::Vacant(none) => drop(none.insert(moved)),
            }
        }
    }

    /// Judge a batch, and do it with the others.
    pub(super) fn judge(&mut self, tree: &Tree, batch: Batch, ends: &mut Ends, watched: Option<&mut HashSet<Vec<u8>>>) -> Result<(), CommitError> {
        let (change, after) = change(&Now::new(tree, self), batch, ends, watched)?;
        self.add(change);
        *ends = after;
        Ok(())
    }

    /// Remove up to `limit` rows that expired by `now`, with the others.
    pub(super) fn sweep(&mut self, tree: &Tree, now: Timestamp, limit: usize, watched: Option<&mut HashSet<Vec<u8>>>) -> Result<usize, StoreError> {
        let present = Now::new(tree, self);
        let mut change = Change::new(watched);
        let mut gone = 0;
        let end = keys::expiry(now.plus(1), &[]);
        let due = engine(|| tree.range(vec![keys::EXPIRY]..end.clone()).keys().take(limit).collect::<Result<Vec<_>, _>>())?;
        for entry in due {
            let place = keys::pointed(entry.get(9..).unwrap_or_default());
            match present.read(&place)? {
                Some(stored) if envelope::version(&place, &stored)?.1.is_some_and(|end| end <= now) => change.forget(&present, &place, &stored, None)?,
                _ => change.remove(&entry),
            }
            gone += 1;
        }
        let change = change.from(&present)?;
        self.add(change);
        Ok(gone)
    }
}

/// Where the store ends: the chains by their last rows.
pub(super) fn ends(tree: &Tree, tally: Tally) -> Result<Ends, StoreError> {
    let mut chains: [Head; AuditEvent::STREAMS as usize] = Default::default();
    for (stream, head) in (0u8..).zip(chains.iter_mut()) {
        let first = keys::row(Table::Audit, &Key::of([&format!("{stream:02}"), ""]));
        let Some((place, stored)) = engine(|| tree.scan_prefix(&first).next_back().transpose())? else { continue };
        let record: crate::model::AuditRecord = serde_json::from_slice(envelope::view(&place, &stored)?.body)
            .map_err(|error| StoreError(format!("the last event of chain {stream} does not decode: {error}")))?;
        *head = Head::of(&record).ok_or_else(|| StoreError(format!("the last event of chain {stream} has no hash")))?;
    }
    Ok(Ends { chains, tally })
}
