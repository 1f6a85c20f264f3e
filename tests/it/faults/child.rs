//! The process that is harmed: this binary again, which works on a store without end and says what was acknowledged.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use parvis::{
    model::{Actor, AuditEvent, EventName},
    storage::{Batch, CommitError, Store, sled::Health},
    values::{TenantId, Timestamp},
};
use uuid::Uuid;

use super::{ledger::Fact, setting};
use crate::storage::{sled::try_open, thing::Thing};

const FOLDER: &str = "PARVIS_FAULTS_FOLDER";
const FIRST: &str = "PARVIS_FAULTS_FIRST";
const TASKS: u64 = 16;
/// The time in all these tests.
pub(super) const NOW: Timestamp = Timestamp(1_000);

/// What the child says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The store is open.
    Ready,
    /// It could not be opened.
    Closed(String),
    /// This was acknowledged.
    Fact(Fact),
    /// A write was refused, and what was written before could be read.
    Refused,
    /// What was written before could not be read.
    Unreadable(String),
    /// How the store says it is.
    Health(bool),
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // One write for a line: nobody reads half of it when the process is killed.
    if out.write_all(format!("parvis: {line}\n").as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

impl Said {
    fn read(line: &str) -> Option<Self> {
        let said = line.split_once("parvis: ")?.1;
        let (word, rest) = said.split_once(' ').unwrap_or((said, ""));
        match word {
            "ready" => Some(Self::Ready),
            "closed" => Some(Self::Closed(rest.to_owned())),
            "made" => Some(Self::Fact(Fact::Made(rest.parse().ok()?))),
            "spent" => Some(Self::Fact(Fact::Spent(rest.parse().ok()?))),
            "refused" => Some(Self::Refused),
            "unreadable" => Some(Self::Unreadable(rest.to_owned())),
            "health" => Some(Self::Health(rest == "good")),
            _ => None,
        }
    }
}

/// The name of a code.
pub(super) fn code(n: u64) -> Thing {
    Thing::new(&format!("code {n}")).at(&format!("{n}@maple.example")).until(2_000 + n % 50)
}

/// What is given for a code.
pub(super) fn grant(n: u64) -> Thing {
    Thing::new(&format!("grant {n}")).of(&"maple".repeat(usize::try_from(n % 200).unwrap_or(0)))
}

async fn make(store: &dyn Store, n: u64) -> Result<(), CommitError> {
    let mut batch = Batch::new(NOW);
    batch.insert(&code(n)).unwrap();
    store.commit(batch).await
}

/// Spend a code and give a grant for it, in one batch, as a token endpoint does.
async fn spend(store: &dyn Store, n: u64) -> Result<(), CommitError> {
    let Some(found) = store.load::<Thing>(&Thing::key_of(&code(n).name), NOW).await? else { return Ok(()) };
    if found.count > 0 {
        return Ok(());
    }
    let mut batch = Batch::new(NOW);
    batch.update(found.map(|code| code.counting(1))).unwrap().insert(&grant(n)).unwrap();
    batch.audit(&AuditEvent::new(EventName::TokenIssued, TenantId(Uuid::from_u128(u128::from(n % 3))), Actor::SYSTEM, NOW)).unwrap();
    store.commit(batch).await
}

/// Rewrites the same few rows without end, so that the engine has old pages to clear away.
async fn churn(store: &dyn Store, n: u64) -> Result<(), CommitError> {
    let mut batch = Batch::new(NOW);
    let name = format!("counter {}", n % 64);
    match store.load::<Thing>(&Thing::key_of(&name), NOW).await? {
        Some(found) => batch.update(found.map(|thing| thing.counting(n))).unwrap(),
        None => batch.insert(&Thing::new(&name).of(&"oak".repeat(300))).unwrap(),
    };
    store.commit(batch).await
}

async fn work(store: Arc<dyn Store>, task: u64, first: u64) {
    let mut last = None;
    for n in (first + task..).step_by(usize::try_from(TASKS).unwrap()) {
        loop {
            let done = async {
                match make(&*store, n).await {
                    Ok(()) => say(&format!("made {n}")),
                    // A refused write may be there all the same.
                    Err(CommitError::Conflict(_)) => {}
                    Err(error) => return Err(error),
                }
                spend(&*store, n).await?;
                say(&format!("spent {n}"));
                churn(&*store, n).await
            };
            match done.await {
                Ok(()) => break,
                Err(CommitError::Store(_)) => {
                    match last {
                        Some(last) => match store.load::<Thing>(&Thing::key_of(&code(last).name), NOW).await {
                            Ok(Some(_)) => say("refused"),
                            Ok(None) => say("unreadable it is gone"),
                            Err(error) => say(&format!("unreadable {error}")),
                        },
                        None => say("refused"),
                    }
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                // Two tasks met at one counter.
                Err(CommitError::Conflict(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        last = Some(n);
    }
}

/// Not a test of its own: it does nothing unless [`Process::start`] says where.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works_until_it_is_killed() {
    let Some(folder) = setting(FOLDER) else { return };
    let first: u64 = setting(FIRST).and_then(|text| text.parse().ok()).unwrap_or(0);
    let store = match try_open(Path::new(&folder), 1) {
        Ok(store) => Arc::new(store),
        Err(error) => return say(&format!("closed {error}")),
    };
    say("ready");
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..TASKS {
        tasks.spawn(work(Arc::clone(&store) as _, task, first));
    }
    let mut was_good = true;
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let is_good = matches!(store.health(), Health::Good);
        if is_good != was_good {
            say(if is_good { "health good" } else { "health refused" });
            was_good = is_good;
        }
        if let Some(Err(error)) = tasks.try_join_next() {
            panic!("a task ended: {error}");
        }
    }
}

/// A running child. It is killed when dropped.
pub(super) struct Process {
    child: Child,
    lines: mpsc::Receiver<Said>,
}

impl Process {
    /// Let one work on the store in this folder; `first` is the first code it makes.
    pub(super) fn start(folder: &Path, first: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "faults::child::works_until_it_is_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env(FIRST, first.to_string())
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let (say, lines) = mpsc::channel();
        std::thread::spawn(move || {
            // A line without its end was not said.
            let mut out = BufReader::new(out);
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|length| length > 0) && line.ends_with('\n') {
                if let Some(said) = Said::read(line.trim_end()) {
                    drop(say.send(said));
                }
                line.clear();
            }
        });
        Self { child, lines }
    }

    /// The next thing it says, if it says one before this moment.
    pub(super) fn next(&self, before: Instant) -> Option<Said> {
        self.lines.recv_timeout(before.saturating_duration_since(Instant::now())).ok()
    }

    /// Send a signal by name.
    pub(super) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Kill it, and everything it still said.
    pub(super) fn kill(mut self) -> Vec<Said> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut rest = Vec::new();
        while let Ok(said) = self.lines.recv() {
            rest.push(said);
        }
        rest
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
