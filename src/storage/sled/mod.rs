//! sled, one tree, one thread that writes.
//!
//! [`Sled::open`] gives a [`Store`] over a folder. Reads go to the tree as they come; commits queue for the writer's thread, which judges each
//! against the tree and what was judged before it, does the group as one change of the tree, brings it onto the disk with one sync and then answers
//! everybody. The change ends in a tally of all entries, by which the tree is known to be whole when it is opened.

mod commit;
mod disk;
mod envelope;
mod export;
mod keys;
mod kept;
mod restore;
mod tally;
mod verify;
mod writer;

use std::{
    path::Path,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use ::sled::{IVec, Tree};
use async_trait::async_trait;
use tokio::sync::oneshot;

pub use export::Exported;
pub use restore::restore;
pub use verify::{Verified, verify_backup, verify_folder};
pub use writer::Health;

use self::{
    disk::{Folder, Opened, engine},
    kept::Kept,
    writer::{Job, Shared, Writer},
};
use super::{Batch, Beginning, CommitError, Entry, Paging, Row, Store, StoreError};
use crate::{
    crypto::{Purpose, Sealer},
    model::{Index, Key, Leads, Table},
    values::{Entropy, Timestamp},
};

/// A disk that came back needs a moment in which nothing can be read.
const READ_WAIT: Duration = Duration::from_secs(2);
const READ_PAUSE: Duration = Duration::from_millis(20);
const KNOWN_TEXT: &[u8] = b"parvis store";

/// The store on disk.
pub struct Sled {
    shared: Arc<Shared>,
    /// `None` once it is being dropped, which ends the threads.
    jobs: Option<mpsc::Sender<Job>>,
    end: Option<mpsc::Sender<()>>,
    threads: Vec<JoinHandle<()>>,
    kept: Kept,
}

impl std::fmt::Debug for Sled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sled").finish_non_exhaustive()
    }
}

impl Drop for Sled {
    fn drop(&mut self) {
        drop((self.jobs.take(), self.end.take()));
        for thread in self.threads.drain(..) {
            // It has panicked or it has not: it is over.
            let _ = thread.join();
        }
    }
}

fn is_there(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_none_or(|end| now < end)
}

fn row_at(tree: &Tree, pointer: &[u8], now: Timestamp, kept: &Kept) -> Result<Option<Arc<Row>>, StoreError> {
    let place = keys::pointed(pointer);
    let Some(stored) = engine(|| tree.get(&place))? else { return Ok(None) };
    row_in(&place, &stored, now, kept)
}

fn row_in(place: &[u8], stored: &IVec, now: Timestamp, kept: &Kept) -> Result<Option<Arc<Row>>, StoreError> {
    let row = if let Some(row) = kept.row(place, stored) {
        row
    } else {
        let (table, key) = keys::place(keys::pointer(place))?;
        kept.keep(place, stored, Arc::new(envelope::decode(table, key, place, stored)?))
    };
    Ok(Some(row).filter(|row| is_there(row.expires_at, now)))
}

impl Sled {
    /// Open the store in a folder, or make one there. It is known again by its master key: another key is refused.
    ///
    /// # Errors
    /// Another process has it open, it is damaged, it is newer than this program, it was made with another master key, or the disk fails.
    pub fn open(dir: &Path, sealer: &Sealer, entropy: &dyn Entropy) -> Result<Self, StoreError> {
        let folder = Folder::new(dir);
        let opened = folder.open()?;
        know_again(&opened, dir, sealer, entropy)?;
        Self::start(folder, opened)
    }

    fn start(folder: Folder, opened: Opened) -> Result<Self, StoreError> {
        let (jobs, inbox) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let (writer, shared) = Writer::new(folder, opened, inbox)?;
        let guarded = Arc::clone(&shared);
        let no_thread = |error: std::io::Error| StoreError(format!("no thread: {error}"));
        let writing = std::thread::Builder::new().name("store-writer".into()).spawn(move || writer.run()).map_err(no_thread)?;
        let guarding = std::thread::Builder::new().name("store-watch".into()).spawn(move || writer::watch_over(&guarded, &ended)).map_err(no_thread)?;
        Ok(Self { shared, jobs: Some(jobs), end: Some(end), threads: vec![writing, guarding], kept: Kept::default() })
    }

    /// Can it write? For the readiness of the server.
    #[must_use]
    pub fn health(&self) -> Health {
        writer::read(&self.shared.health).clone()
    }

    fn ask(&self, job: Job) -> Result<(), StoreError> {
        let gone = || StoreError("the store has stopped".into());
        self.jobs.as_ref().ok_or_else(gone)?.send(job).map_err(|_| gone())
    }

    /// Read from the tree; while it is opened again, wait a little for it.
    async fn reading<T>(&self, read: impl Fn(&Tree) -> Result<T, StoreError> + Send + Sync) -> Result<T, StoreError> {
        let mut waited = Duration::ZERO;
        loop {
            let (answer, is_failing) = match &*writer::read(&self.shared.tree) {
                Some(db) => (read(db), db.context.global_error().is_err()),
                None => (Err(StoreError("the store is being opened again".into())), true),
            };
            // A tree that failed to write cannot always be read before it was opened again.
            if answer.is_ok() || !is_failing || waited >= READ_WAIT {
                return answer;
            }
            tokio::time::sleep(READ_PAUSE).await;
            waited += READ_PAUSE;
        }
    }
}

/// Only the master key that a store was made with opens its secrets: better said at the start than found out by everybody who signs in.
fn know_again(opened: &Opened, dir: &Path, sealer: &Sealer, entropy: &dyn Entropy) -> Result<(), StoreError> {
    let wrong = || StoreError(format!("{}: this master key is not the one that the store was made with", dir.display()));
    if let Some(found) = engine(|| opened.db.get(keys::KEY_CHECK))? {
        let plain = std::str::from_utf8(&found).ok().and_then(|text| sealer.open(Purpose::StoreCheck, text).ok()).ok_or_else(wrong)?;
        return if plain.expose() == KNOWN_TEXT { Ok(()) } else { Err(wrong()) };
    }
    if engine(|| opened.db.scan_prefix([keys::ROW]).next().transpose())?.is_some() {
        return Err(StoreError(format!("{}: damaged: rows, but no check of the master key; restore a backup", dir.display())));
    }
    let text = sealer.seal(Purpose::StoreCheck, KNOWN_TEXT, entropy).map_err(|fault| StoreError(fault.to_string()))?;
    engine(|| opened.db.insert(keys::KEY_CHECK, text.as_bytes()))?;
    engine(|| opened.db.flush())?;
    opened.file.sync_all().map_err(|error| StoreError(error.to_string()))
}

#[async_trait]
impl Store for Sled {
    async fn get(&self, table: Table, key: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        let place = keys::row(table, key);
        self.reading(|tree| row_at(tree, keys::pointer(&place), now, &self.kept)).await
    }

    async fn find(&self, index: Index, value: &Key, now: Timestamp) -> Result<Option<Arc<Row>>, StoreError> {
        let entry = keys::unique(index, value.as_str());
        self.reading(|tree| match engine(|| tree.get(&entry))? {
            Some(pointer) => row_at(tree, &pointer, now, &self.kept),
            None => Ok(None),
        })
        .await
    }

    async fn list(&self, index: Index, value: &Key, page: Paging, now: Timestamp) -> Result<Vec<Arc<Row>>, StoreError> {
        let led = if let Leads::ByKey(table) = index.leads() { Some(table) } else { None };
        let prefix = led.map_or_else(|| keys::listed_prefix(index, value.as_str()), |table| keys::row_beginning(table, &value.leading()));
        let entry = |key: &Key| led.map_or_else(|| keys::listed(index, value.as_str(), key), |table| keys::row(table, key));
        // Keys are text, so none is greater than the byte that no text has.
        let (first, end) = (prefix.clone(), [prefix.as_slice(), &[0xFF]].concat());
        let (first, end) = match &page.after {
            // A place in another list is none in this one.
            Some(key) if !entry(key).starts_with(&prefix) => return Ok(Vec::new()),
            Some(before) if page.backwards => (first, entry(before)),
            // Strictly after the last one: its entry and a byte.
            Some(after) => ([entry(after).as_slice(), &[0]].concat(), end),
            None => (first, end),
        };
        self.reading(|tree| {
            let range = tree.range(first.clone()..end.clone());
            let mut entries: Box<dyn Iterator<Item = _>> = if page.backwards { Box::new(range.rev()) } else { Box::new(range) };
            let mut rows = Vec::new();
            while rows.len() < page.limit {
                let Some((entry, found)) = engine(|| entries.next().transpose())? else { break };
                rows.extend(match led {
                    Some(_) => row_in(&entry, &found, now, &self.kept)?,
                    None => row_at(tree, &[found.as_ref(), entry.get(prefix.len()..).unwrap_or_default()].concat(), now, &self.kept)?,
                });
            }
            Ok(rows)
        })
        .await
    }

    async fn beginning(&self, index: Index, what: &Beginning<'_>, now: Timestamp) -> Result<Vec<(Key, Arc<Row>)>, StoreError> {
        let Beginning { start, after, limit } = *what;
        let is_unique = index.leads() == Leads::ToOne;
        let prefix = if is_unique { keys::unique(index, start.as_str()) } else { keys::listed_beginning(index, start.as_str()) };
        let entry = |at: &Entry| if is_unique { keys::unique(index, at.value.as_str()) } else { keys::listed(index, at.value.as_str(), &at.key) };
        let from = after.map_or_else(|| prefix.clone(), |after| [entry(after).as_slice(), &[0]].concat());
        self.reading(|tree| {
            let mut rows = Vec::new();
            let mut entries = tree.range(from.clone()..);
            while rows.len() < limit {
                let Some((entry, found)) = engine(|| entries.next().transpose())?.filter(|(entry, _)| entry.starts_with(&prefix)) else { break };
                let (value, pointer) = if is_unique {
                    (keys::unique_value(&entry), found)
                } else {
                    let Some((_, value, key)) = keys::listed_place(&entry) else { continue };
                    (value, [found.as_ref(), key].concat().into())
                };
                let value = std::str::from_utf8(value).map_err(|_| StoreError(format!("a value of {index:?} is not text")))?;
                rows.extend(row_at(tree, &pointer, now, &self.kept)?.map(|row| (Key::from_stored(value.to_owned()), row)));
            }
            Ok(rows)
        })
        .await
    }

    async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Commit(batch, answer))?;
        answered.await.map_err(|_| StoreError("the store has stopped".into()))?
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Sweep(now, limit, answer))?;
        answered.await.map_err(|_| StoreError("the store has stopped".into()))?
    }
}
