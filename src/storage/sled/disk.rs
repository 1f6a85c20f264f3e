//! The files: opening them, knowing that they are whole, and getting a commit onto the disk.
//!
//! sled 0.34 on Linux writes its log with `sync_file_range`, which does not survive a power cut; `fdatasync` on a handle of ours does. sled also ends
//! its log silently at the first damage. So every batch writes its number into the tree, and after a group of them is on the disk the last number goes
//! to a file of our own: a tree that opens with a lower number than was acknowledged has lost its end. What may be missing before that, its tally tells.
//! Neither is served.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _},
    os::unix::fs::FileExt as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{keys, tally::Tally};
use crate::storage::StoreError;

/// The format this program writes. It reads those before, too: 1 had entries for leading indexes, which lead nowhere wrong and go with their rows.
pub(super) const FORMAT: u32 = 2;
const SEGMENT: usize = 4 << 20;
const CACHE: u64 = 128 << 20;
/// What is held back on the disk: enough for a segment and a snapshot of what is there.
const RESERVE: u64 = 8 << 20;
const UNLOCK_WAIT: Duration = Duration::from_secs(5);
const UNLOCK_PAUSE: Duration = Duration::from_millis(10);

/// Ask sled. It has places where it panics on damage or on a failing disk: that is an error like others.
pub(super) fn engine<T>(ask: impl FnOnce() -> ::sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(answer) => answer.map_err(|error| StoreError(error.to_string())),
        Err(panic) => Err(StoreError(format!("the engine gave up: {}", said(&*panic)))),
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> StoreError {
    StoreError(format!("{}: {error}", path.display()))
}

/// In the place of the last acknowledged batch, while a backup is being restored.
const UNFINISHED: u64 = u64::MAX;

/// A folder with a store in it.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

/// The number of the last acknowledged batch, in a file of its own.
pub(super) struct Mark(File);

/// An open tree and what keeps it honest.
pub(super) struct Opened {
    pub(super) db: ::sled::Db,
    pub(super) file: File,
    pub(super) mark: Mark,
    pub(super) tally: Tally,
}

impl Mark {
    fn read(&self) -> io::Result<Option<u64>> {
        let mut bytes = [0; 12];
        match self.0.read_exact_at(&mut bytes, 0) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let (number, sum) = bytes.split_at(8);
        let number: [u8; 8] = number.try_into().unwrap_or_default();
        Ok((crc32fast::hash(&number).to_le_bytes() == sum).then_some(u64::from_le_bytes(number)))
    }

    /// What goes up to this batch is on the disk and about to be acknowledged. Not synced: an older number after a power cut is still true.
    pub(super) fn set(&self, number: u64) -> io::Result<()> {
        let number = number.to_le_bytes();
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&number);
        bytes[8..].copy_from_slice(&crc32fast::hash(&number).to_le_bytes());
        self.0.write_all_at(&bytes, 0)
    }
}

/// A file of this length, on the disk; or none.
fn written(path: &Path, length: u64) -> io::Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        io::copy(&mut io::repeat(0xA5).take(length), &mut file)?;
        file.sync_all()
    };
    write().inspect_err(|_| {
        // The failure to write is the one to tell of.
        let _ = std::fs::remove_file(path);
    })
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    fn db(&self) -> PathBuf {
        self.0.join("db")
    }

    fn mark(&self) -> PathBuf {
        self.0.join("acknowledged")
    }

    /// Is there a store?
    pub(super) fn is_used(&self) -> bool {
        self.db().exists()
    }

    /// Make an empty store that cannot be opened again before [`Folder::finish`].
    pub(super) fn begin(&self) -> Result<Opened, StoreError> {
        let found = match std::fs::read_dir(&self.0) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed(&self.0, &error)),
        };
        if found {
            return Err(failed(&self.0, &"the folder is not empty"));
        }
        let opened = self.open()?;
        opened.mark.set(UNFINISHED).and_then(|()| opened.mark.0.sync_all()).map_err(|error| failed(&self.mark(), &error))?;
        Ok(opened)
    }

    /// Everything is in it: from now on it is a store.
    pub(super) fn finish(&self, opened: Opened) -> Result<(), StoreError> {
        let tally = Tally::counted(&opened.db, opened.tally.number)?.next();
        engine(|| opened.db.insert(keys::TALLY, &tally.bytes()))?;
        self.settle(&opened.db, &opened.file)?;
        opened.mark.set(tally.number).and_then(|()| opened.mark.0.sync_all()).map_err(|error| failed(&self.mark(), &error))?;
        engine(|| {
            drop(opened);
            Ok(())
        })
    }

    /// Wait until nobody holds the data file: sled's own threads let go of it a moment after the last handle is gone.
    fn unlocked(&self) -> Result<(), StoreError> {
        let path = self.db();
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(&path, &error)),
        };
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return file.unlock().map_err(|error| failed(&path, &error)),
                Err(TryLockError::Error(error)) => return Err(failed(&path, &error)),
                Err(TryLockError::WouldBlock) if start.elapsed() < UNLOCK_WAIT => std::thread::park_timeout(UNLOCK_PAUSE),
                Err(TryLockError::WouldBlock) => return Err(failed(&path, &"another process has this store open")),
            }
        }
    }

    /// Open what is there or make it, and see that nothing acknowledged is missing.
    pub(super) fn open(&self) -> Result<Opened, StoreError> {
        let is_new = !self.is_used();
        std::fs::create_dir_all(&self.0).map_err(|error| failed(&self.0, &error))?;
        self.unlocked()?;
        let mark_path = self.mark();
        let mark = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&mark_path).map_err(|error| failed(&mark_path, &error))?;
        let mark = Mark(mark);
        let acknowledged = self.acknowledged(&mark, is_new)?;
        let path = self.db();
        let db = self.tree().or_else(|error| {
            // sled writes when it opens. On a full disk it needs what was held back; whether that is there again is asked before anything is committed.
            if std::fs::remove_file(self.reserve()).is_err() {
                return Err(error);
            }
            self.unlocked()?;
            self.tree()
        })?;
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(|error| failed(&path, &error))?;
        let tally = self.recognise(&db, is_new)?;
        if tally.number < acknowledged {
            return Err(failed(&path, &format!("damaged: it ends at batch {}, {acknowledged} were acknowledged; restore a backup", tally.number)));
        }
        if Tally::counted(&db, tally.number).map_err(|error| failed(&path, &error))? != tally {
            return Err(failed(&path, &"damaged: entries are missing or not as they were written; restore a backup"));
        }
        self.settle(&db, &file)?;
        Ok(Opened { db, file, mark, tally })
    }

    fn tree(&self) -> Result<::sled::Db, StoreError> {
        let config = ::sled::Config::new().path(&self.0).flush_every_ms(None).segment_size(SEGMENT).cache_capacity(CACHE);
        engine(|| config.open()).map_err(|error| failed(&self.db(), &error))
    }

    fn acknowledged(&self, mark: &Mark, is_new: bool) -> Result<u64, StoreError> {
        let path = self.mark();
        match mark.read().map_err(|error| failed(&path, &error))? {
            Some(UNFINISHED) => Err(failed(&self.0, &"a backup was not restored to its end; empty the folder and restore it again")),
            Some(number) if !is_new => Ok(number),
            _ if is_new => {
                mark.set(0).and_then(|()| mark.0.sync_all()).map_err(|error| failed(&path, &error))?;
                Ok(0)
            }
            _ => Err(failed(&path, &"damaged: it does not say which commits were acknowledged; restore a backup")),
        }
    }

    /// Is this ours, and can we read it? Gives the tally of its last batch.
    fn recognise(&self, db: &::sled::Db, is_new: bool) -> Result<Tally, StoreError> {
        let path = self.db();
        let format = engine(|| db.get(keys::FORMAT)).map_err(|error| failed(&path, &error))?;
        let number = |bytes: ::sled::IVec| bytes.as_ref().try_into().map(u64::from_le_bytes).map_err(|_| failed(&path, &"damaged: its format does not read"));
        match format.map(number).transpose()? {
            None if is_new || db.is_empty() => {
                engine(|| db.insert(keys::FORMAT, &u64::from(FORMAT).to_le_bytes())).map_err(|error| failed(&path, &error))?;
            }
            None => return Err(failed(&path, &"damaged: it does not say its format; restore a backup")),
            Some(found) if found > u64::from(FORMAT) => {
                return Err(failed(&path, &format!("it has store format {found}, this program reads up to {FORMAT}: use the newer program")));
            }
            Some(found) if found < u64::from(FORMAT) => {
                engine(|| db.insert(keys::FORMAT, &u64::from(FORMAT).to_le_bytes())).map_err(|error| failed(&path, &error))?;
            }
            Some(_) => {}
        }
        Tally::written(db).map_err(|error| failed(&path, &error))
    }

    /// The files and their names are there after a power cut, too.
    fn settle(&self, db: &::sled::Db, file: &File) -> Result<(), StoreError> {
        engine(|| db.flush())?;
        let folders = std::iter::once(self.0.as_path()).chain(self.0.parent().filter(|parent| !parent.as_os_str().is_empty()));
        let sync = || -> io::Result<()> {
            file.sync_all()?;
            for entry in std::fs::read_dir(&self.0)? {
                File::open(entry?.path())?.sync_all()?;
            }
            for folder in folders {
                File::open(folder)?.sync_all()?;
            }
            Ok(())
        };
        sync().map_err(|error| failed(&self.0, &error))
    }

    fn reserve(&self) -> PathBuf {
        self.0.join("reserve")
    }

    /// Hold some room back, so that a full disk leaves enough to open the store again and read. It is there already, or there is room for it.
    pub(super) fn hold(&self) -> io::Result<()> {
        let path = self.reserve();
        let wanted = RESERVE + std::fs::metadata(self.db())?.len() / 32;
        if std::fs::metadata(&path).is_ok_and(|found| found.len() >= wanted) {
            return Ok(());
        }
        written(&path, wanted)
    }

    /// Give up the room that was held back, and see whether the disk takes anything at all.
    pub(super) fn release(&self) -> io::Result<()> {
        match std::fs::remove_file(self.reserve()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let path = self.0.join("room");
        written(&path, RESERVE / 4).and_then(|()| std::fs::remove_file(path))
    }

    /// Write every byte of the data file again. After a failed sync the system may take pages for clean that the disk never got; a second sync
    /// would say yes and mean nothing. Call it when nobody has the store open.
    pub(super) fn rewrite(&self) -> Result<(), StoreError> {
        self.unlocked()?;
        let path = self.db();
        let again = || -> io::Result<()> {
            let file = OpenOptions::new().read(true).write(true).open(&path)?;
            let mut from = &file;
            let mut chunk = vec![0; 1 << 20];
            let mut offset = 0;
            loop {
                let length = from.read(&mut chunk)?;
                let Some(read) = chunk.get(..length).filter(|read| !read.is_empty()) else { break };
                file.write_all_at(read, offset)?;
                offset += read.len() as u64;
            }
            file.sync_all()
        };
        again().map_err(|error| failed(&path, &error))
    }
}
