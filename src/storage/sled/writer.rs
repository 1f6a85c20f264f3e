//! The one thread that writes: whoever waits is answered in groups, one sync for each, and a disk that failed is tried again from the ground up.

use std::{
    collections::HashSet,
    fs::File,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        mpsc::{Receiver, RecvTimeoutError, SyncSender},
    },
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{
    commit::{self, Ends, Pending},
    disk::{Folder, Mark, Opened, engine},
    export::Touched,
    keys,
};
use crate::{
    storage::{Batch, CommitError, StoreError},
    values::Timestamp,
};

/// More commits than this are not answered together: the first should not wait for ever.
const GROUP: usize = 128;
/// After a group of so many, others are likely to be on their way.
const COMPANY: usize = 3;
/// A write of sled wakes all its threads and a sync costs what it costs: when many commit, it pays to wait for more of them, as long as more come.
const LINGER: Duration = Duration::from_micros(500);
const LONGEST_LINGER: Duration = Duration::from_millis(4);
/// A sweep takes at most this many rows, so that commits do not wait long.
const SWEEP: usize = 500;
const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(2);
const WAKE: Duration = Duration::from_millis(250);

/// How the store is.
#[derive(Clone, Debug)]
pub enum Health {
    /// It reads and writes.
    Good,
    /// The disk failed: it reads, and tries every few seconds to write again.
    WritesRefused {
        /// Since when.
        since: Instant,
        /// What the disk said.
        reason: String,
    },
}

/// What the writer's thread and everybody else see.
pub(super) struct Shared {
    /// `None` while it is opened again.
    pub(super) tree: RwLock<Option<::sled::Db>>,
    pub(super) health: RwLock<Health>,
}

/// What is asked of the writer's thread.
pub(super) enum Job {
    Commit(Batch, oneshot::Sender<Result<(), CommitError>>),
    Sweep(Timestamp, usize, oneshot::Sender<Result<usize, StoreError>>),
    /// From now on, note which keys are touched.
    Watch(SyncSender<Result<(), StoreError>>),
    /// Hand over what was touched since; with `is_last`, note no more.
    Touched {
        is_last: bool,
        answer: SyncSender<Result<Touched, StoreError>>,
    },
}

/// An answer that waits for the group to be on the disk.
enum Answer {
    Commit(oneshot::Sender<Result<(), CommitError>>, Result<(), CommitError>),
    Sweep(oneshot::Sender<Result<usize, StoreError>>, Result<usize, StoreError>),
    Watch(SyncSender<Result<(), StoreError>>, Result<(), StoreError>),
    Touched(SyncSender<Result<Touched, StoreError>>, Result<Touched, StoreError>),
}

impl Answer {
    /// Give it. Whoever has gone in the meantime does not want it.
    fn give(self, failure: Option<&StoreError>) {
        match (self, failure) {
            (Self::Commit(to, answer), None) => drop(to.send(answer)),
            (Self::Commit(to, _), Some(failure)) => drop(to.send(Err(failure.clone().into()))),
            (Self::Sweep(to, answer), None) => drop(to.send(answer)),
            (Self::Sweep(to, _), Some(failure)) => drop(to.send(Err(failure.clone()))),
            (Self::Watch(to, answer), None) => drop(to.send(answer)),
            (Self::Watch(to, _), Some(failure)) => drop(to.send(Err(failure.clone()))),
            (Self::Touched(to, answer), None) => drop(to.send(answer)),
            (Self::Touched(to, _), Some(failure)) => drop(to.send(Err(failure.clone()))),
        }
    }
}

impl Job {
    fn refuse(self, failure: &StoreError) {
        let unasked = || StoreError(String::new());
        match self {
            Self::Commit(_, to) => Answer::Commit(to, Ok(())),
            Self::Sweep(_, _, to) => Answer::Sweep(to, Err(unasked())),
            Self::Watch(to) => Answer::Watch(to, Err(unasked())),
            Self::Touched { answer, .. } => Answer::Touched(answer, Err(unasked())),
        }
        .give(Some(failure));
    }
}

/// The state of the writer's thread.
pub(super) struct Writer {
    shared: Arc<Shared>,
    folder: Folder,
    inbox: Receiver<Job>,
    disk: Option<Disk>,
    ends: Ends,
    /// What the group does, before it is done.
    pending: Pending,
    watched: Option<HashSet<Vec<u8>>>,
    /// How many the last group had.
    last_group: usize,
    /// After a failure, the tree may hold what is not on the disk, and half of a change of its own; until it was opened again.
    is_sound: bool,
}

/// What is written to.
struct Disk {
    db: ::sled::Db,
    file: File,
    mark: Mark,
}

impl Disk {
    /// Bring what was applied up to this batch onto the disk.
    fn settle(&self, number: u64) -> Result<(), StoreError> {
        engine(|| self.db.flush())?;
        self.file.sync_data().and_then(|()| self.mark.set(number)).map_err(|error| StoreError(error.to_string()))
    }
}

/// When to try a failed disk again.
struct Retry {
    at: Instant,
    pause: Duration,
}

impl Retry {
    fn now() -> Self {
        Self { at: Instant::now(), pause: FIRST_RETRY / 2 }
    }
    fn soon() -> Self {
        Self { at: Instant::now() + FIRST_RETRY, pause: FIRST_RETRY }
    }
    fn later(&self) -> Self {
        let pause = (self.pause * 2).min(LAST_RETRY);
        Self { at: Instant::now() + pause, pause }
    }
}

impl Writer {
    pub(super) fn new(folder: Folder, opened: Opened, inbox: Receiver<Job>) -> Result<(Self, Arc<Shared>), StoreError> {
        let ends = commit::ends(&opened.db, opened.tally)?;
        let Opened { db, file, mark, .. } = opened;
        let shared = Arc::new(Shared { tree: RwLock::new(Some(db.clone())), health: RwLock::new(Health::Good) });
        let disk = Some(Disk { db, file, mark });
        let held = folder.hold();
        let mut writer =
            Self { shared: Arc::clone(&shared), folder, inbox, disk, ends, pending: Pending::default(), watched: None, last_group: 0, is_sound: true };
        if let Err(error) = held {
            tracing::error!(reason = %error, "the store has no room to write; it reads, and tries again");
            writer.fail(&StoreError(error.to_string()));
        }
        Ok((writer, shared))
    }

    /// Write until nobody can ask any more.
    pub(super) fn run(mut self) {
        let mut retry = self.failure().map(|_| Retry::soon());
        loop {
            let wait = retry.as_ref().map_or(IDLE, |retry| retry.at.saturating_duration_since(Instant::now()));
            let first = match self.inbox.recv_timeout(wait) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let failure = self.failure();
            let failed_now = match (first, failure) {
                (Some(job), Some(failure)) => {
                    job.refuse(&failure);
                    None
                }
                (Some(job), None) => self.group(job).err(),
                (None, None) => self.beat().err(),
                (None, Some(_)) => None,
            };
            if let Some(failure) = failed_now {
                tracing::error!(reason = %failure, "the store cannot write; it goes on reading and tries again");
                self.fail(&failure);
                self.is_sound = false;
                retry = Some(Retry::now());
            }
            if let Some(due) = retry.take_if(|retry| retry.at <= Instant::now()) {
                match self.repair() {
                    Ok(()) => tracing::warn!("the store writes again"),
                    Err(failure) => {
                        tracing::error!(reason = %failure, "the store still cannot write");
                        retry = Some(due.later());
                    }
                }
            }
        }
        self.disk = None;
    }

    fn failure(&self) -> Option<StoreError> {
        match &*read(&self.shared.health) {
            Health::Good => None,
            Health::WritesRefused { reason, .. } => Some(StoreError(reason.clone())),
        }
    }

    fn fail(&mut self, failure: &StoreError) {
        self.watched = None;
        *write(&self.shared.health) = Health::WritesRefused { since: Instant::now(), reason: failure.0.clone() };
    }

    /// Nothing to do: see that the disk would take something.
    fn beat(&self) -> Result<(), StoreError> {
        self.disk.as_ref().map_or(Ok(()), |disk| disk.mark.set(self.ends.tally.number).map_err(|error| StoreError(error.to_string())))
    }

    /// This one and who else waits.
    fn group(&mut self, first: Job) -> Result<(), StoreError> {
        let mut answers = Vec::new();
        let mut next = Some(first);
        let last = (self.last_group >= COMPANY).then(|| Instant::now() + LONGEST_LINGER);
        let mut failure = None;
        while let Some(job) = next.take() {
            // Who asks what was touched must find it in the tree.
            if matches!(job, Job::Touched { .. })
                && let Err(error) = self.settle()
            {
                job.refuse(&error);
                failure = Some(error);
                break;
            }
            answers.push(self.one(job));
            if answers.len() < GROUP {
                next = self.inbox.try_recv().ok();
                if next.is_none() && last.is_some_and(|last| Instant::now() < last) {
                    std::thread::park_timeout(LINGER);
                    next = self.inbox.try_recv().ok();
                }
            }
        }
        self.last_group = answers.len();
        let failure = failure.or_else(|| self.settle().err());
        if let Some(failure) = &failure {
            self.fail(failure);
        }
        for answer in answers {
            answer.give(failure.as_ref());
        }
        failure.map_or(Ok(()), Err)
    }

    /// Bring what the group does into the tree and onto the disk.
    fn settle(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let disk = self.disk.as_ref().ok_or_else(closed)?;
        self.pending.apply(&disk.db, &mut self.ends)?;
        disk.settle(self.ends.tally.number)
    }

    fn one(&mut self, job: Job) -> Answer {
        let db = self.disk.as_ref().map(|disk| disk.db.clone()).ok_or_else(closed);
        match job {
            Job::Commit(batch, to) => {
                let judged = db.map_err(CommitError::from).and_then(|db| self.pending.judge(&db, batch, &mut self.ends, self.watched.as_mut()));
                Answer::Commit(to, judged)
            }
            Job::Sweep(now, limit, to) => Answer::Sweep(to, db.and_then(|db| self.pending.sweep(&db, now, limit.min(SWEEP), self.watched.as_mut()))),
            Job::Watch(to) if self.watched.is_some() => Answer::Watch(to, Err(StoreError("a backup is already being made".into()))),
            Job::Watch(to) => {
                self.watched = Some(HashSet::new());
                Answer::Watch(to, Ok(()))
            }
            Job::Touched { is_last, answer } => {
                let touched = match (db, &mut self.watched) {
                    (Ok(db), Some(watched)) => Touched::take(&db, watched, is_last),
                    _ => Err(StoreError("the disk failed while the backup was made".into())),
                };
                if is_last || touched.is_err() {
                    self.watched = None;
                }
                Answer::Touched(answer, touched)
            }
        }
    }

    /// Get the store to work again: first so that everything can be read, then so that it writes.
    fn repair(&mut self) -> Result<(), StoreError> {
        let failed = |error: std::io::Error| StoreError(error.to_string());
        if !self.is_sound {
            self.folder.release().map_err(failed)?;
            self.reopen()?;
            self.is_sound = true;
        }
        self.folder.hold().map_err(failed)?;
        self.is_sound = false;
        let disk = self.disk.as_ref().ok_or_else(closed)?;
        self.ends.tally = self.ends.tally.next();
        engine(|| disk.db.insert(keys::TALLY, &self.ends.tally.bytes()))?;
        disk.settle(self.ends.tally.number)?;
        self.is_sound = true;
        *write(&self.shared.health) = Health::Good;
        Ok(())
    }

    /// Open everything anew. Nothing that sled or the system believed of the old handles is believed.
    fn reopen(&mut self) -> Result<(), StoreError> {
        let shared = write(&self.shared.tree).take();
        let disk = self.disk.take();
        // sled panics when the last sync of a handle fails; the handle is gone all the same.
        let _ = engine(|| {
            drop(shared);
            drop(disk);
            Ok(())
        });
        self.folder.rewrite()?;
        let Opened { db, file, mark, tally } = self.folder.open()?;
        self.ends = commit::ends(&db, tally)?;
        self.pending = Pending::default();
        *write(&self.shared.tree) = Some(db.clone());
        self.disk = Some(Disk { db, file, mark });
        Ok(())
    }
}

fn closed() -> StoreError {
    StoreError("the store is being opened again".into())
}

/// A lock is not worse for a panic elsewhere: what it guards is replaced as a whole.
pub(super) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

/// sled may forget to wake whoever waits for a write that failed. Asking it to flush again wakes them. Ends when `end` is dropped.
pub(super) fn watch_over(shared: &Shared, end: &Receiver<()>) {
    while end.recv_timeout(WAKE) == Err(RecvTimeoutError::Timeout) {
        if let Some(db) = &*read(&shared.tree)
            && db.context.global_error().is_err()
        {
            let _ = engine(|| db.flush());
        }
    }
}
