//! Everything in memory, for tests that need no disk. Passes the same contract as the others.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use async_trait::async_trait;

use super::{Batch, Beginning, CommitError, Decoded, Paging, Present, Row, Store, StoreError, Write, check};
use crate::{
    model::{AuditEvent, Index, Key, Leads, Record, Table},
    values::Timestamp,
};

#[derive(Default)]
struct Inside {
    rows: BTreeMap<(Table, Key), Arc<Row>>,
    unique: BTreeMap<(Index, Key), (Table, Key)>,
    listed: BTreeMap<(Index, Key, Key), Table>,
    heads: BTreeMap<u8, super::chain::Head>,
}

impl Present for Inside {
    fn version(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<u64>, StoreError> {
        Ok(self.rows.get(&(table, key.clone())).filter(|row| is_there(row, now)).map(|row| row.version))
    }
    fn owner(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<(Table, Key)>, StoreError> {
        let owner = self.unique.get(&(index, value.clone()));
        Ok(owner.filter(|owner| self.rows.get(owner).is_some_and(|row| is_there(row, now))).cloned())
    }
}

impl Inside {
    fn remove(&mut self, table: Table, key: &Key) {
        if let Some(old) = self.rows.remove(&(table, key.clone())) {
            for value in &old.unique {
                // A value of an expired row may have a new owner by now.
                if self.unique.get(value).is_some_and(|owner| owner.0 == table && owner.1 == *key) {
                    self.unique.remove(value);
                }
            }
            for (index, value) in &old.listed {
                self.listed.remove(&(*index, value.clone(), key.clone()));
            }
        }
    }

    fn put(&mut self, row: Row) {
        for value in &row.unique {
            self.unique.insert(value.clone(), (row.table, row.key.clone()));
        }
        for (index, value) in &row.listed {
            self.listed.insert((*index, value.clone(), row.key.clone()), row.table);
        }
        self.rows.insert((row.table, row.key.clone()), Arc::new(row));
    }
}

impl Inside {
    /// The rows of a table whose keys begin with this.
    fn led(&self, table: Table, start: &str, page: Paging, now: Timestamp) -> Vec<Arc<Row>> {
        if page.after.as_ref().is_some_and(|place| !place.as_str().starts_with(start)) {
            return Vec::new();
        }
        let rows = self.rows.range((table, Key::from_stored(start.to_owned()))..);
        let rows = rows.take_while(|((of, key), _)| *of == table && key.as_str().starts_with(start)).map(|(_, row)| row).filter(|row| is_there(row, now));
        match (page.backwards, page.after) {
            (false, after) => rows.filter(|row| after.as_ref().is_none_or(|after| row.key > *after)).take(page.limit).cloned().collect(),
            (true, before) => {
                let mut rows: Vec<_> = rows.filter(|row| before.as_ref().is_none_or(|before| row.key < *before)).cloned().collect();
                rows.reverse();
                rows.truncate(page.limit);
                rows
            }
        }
    }
}

/// The store in memory.
#[derive(Default)]
pub struct Memory(Mutex<Inside>);

impl Memory {
    fn inside(&self) -> Result<MutexGuard<'_, Inside>, StoreError> {
        self.0.lock().map_err(|error| StoreError(error.to_string()))
    }
}

fn is_there(row: &Row, now: Timestamp) -> bool {
    row.expires_at.is_none_or(|end| now < end)
}

#[async_trait]
impl Store for Memory {
    async fn get(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        Ok(self.inside()?.rows.get(&(table, key.clone())).filter(|row| is_there(row, now)).cloned())
    }

    async fn find(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        let inside = self.inside()?;
        Ok(inside.unique.get(&(index, value.clone())).and_then(|owner| inside.rows.get(owner)).filter(|row| is_there(row, now)).cloned())
    }

    async fn list(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Arc<Row>>, StoreError> {
        let inside = self.inside()?;
        if let Leads::ByKey(table) = index.leads() {
            return Ok(inside.led(table, &value.leading(), page, now));
        }
        let place = |key: Key| (index, value.clone(), key);
        let given = |entries: &mut dyn Iterator<Item = (&(Index, Key, Key), &Table)>| {
            let rows = entries
                .take_while(|((i, v, _), _)| *i == index && v == value)
                .filter(|((_, _, key), _)| page.after.as_ref() != Some(key))
                .filter_map(|((_, _, key), table)| inside.rows.get(&(*table, key.clone())))
                .filter(|row| is_there(row, now));
            rows.take(page.limit).cloned().collect()
        };
        let first = Key::of([""]);
        Ok(match (page.backwards, page.after.clone()) {
            (false, after) => given(&mut inside.listed.range(place(after.unwrap_or(first))..)),
            (true, Some(before)) => given(&mut inside.listed.range(place(first)..place(before)).rev()),
            // No text is greater than one that begins with the greatest character.
            (true, None) => given(&mut inside.listed.range(place(first)..place(Key::of(["\u{10ffff}"]))).rev()),
        })
    }

    async fn beginning(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Arc<Row>)>, StoreError> {
        let Beginning { start, after, limit } = *what;
        let inside = self.inside()?;
        if index.leads() == Leads::ToOne {
            let owners = inside.unique.range((index, after.map_or(start, |after| &after.value).clone())..);
            let rows = owners
                .filter(|((_, value), _)| after.is_none_or(|after| *value != after.value))
                .take_while(|((i, value), _)| *i == index && value.as_str().starts_with(start.as_str()))
                .filter_map(|((_, value), owner)| Some((value.clone(), inside.rows.get(owner)?)))
                .filter(|(_, row)| is_there(row, now));
            return Ok(rows.take(limit).map(|(value, row)| (value, Arc::clone(row))).collect());
        }
        let from = after.map_or_else(|| (index, start.clone(), Key::of([""])), |after| (index, after.value.clone(), after.key.clone()));
        let rows = inside
            .listed
            .range(from.clone()..)
            .filter(|(place, _)| after.is_none() || **place != from)
            .take_while(|((i, value, _), _)| *i == index && value.as_str().starts_with(start.as_str()))
            .filter_map(|((_, value, key), table)| Some((value.clone(), inside.rows.get(&(*table, key.clone()))?)))
            .filter(|(_, row)| is_there(row, now));
        Ok(rows.take(limit).map(|(value, row)| (value, Arc::clone(row))).collect())
    }

    async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        let mut inside = self.inside()?;
        check(&*inside, &batch)?;
        for write in &batch.writes {
            match write {
                Write::Put(_, row) => inside.remove(row.table, &row.key),
                Write::Delete(table, key, _) => inside.remove(*table, key),
                Write::Check(..) => {}
            }
        }
        for write in batch.writes {
            if let Write::Put(_, row) = write {
                inside.put(row);
            }
        }
        for append in batch.appends {
            let head = inside.heads.entry(append.stream % AuditEvent::STREAMS).or_default();
            let record = head.next(append.stream, append.event);
            let body = serde_json::to_vec(&record).map_err(|error| StoreError(error.to_string()))?;
            inside.put(Row {
                table: Table::Audit,
                key: record.key(),
                version: 1,
                expires_at: None,
                unique: Vec::new(),
                listed: record.listed(),
                body,
                decoded: Decoded::default(),
            });
        }
        Ok(())
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let mut inside = self.inside()?;
        let gone: Vec<_> = inside.rows.iter().filter(|(_, row)| !is_there(row, now)).map(|(key, _)| key.clone()).take(limit).collect();
        for (table, key) in &gone {
            inside.remove(*table, key);
        }
        Ok(gone.len())
    }
}
