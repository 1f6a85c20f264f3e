//! What sled's adapter promises beyond the contract: what was committed is there after a restart, and what is not ours is refused.

use std::path::{Path, PathBuf};

use parvis::{
    crypto::{Sealer, SystemEntropy},
    model::{Actor, AuditEvent, EventName},
    storage::{
        Batch, Paging, Store, StoreError,
        sled::{Health, Sled},
    },
    values::{Secret, TenantId, Timestamp},
};
use tempfile::TempDir;
use uuid::Uuid;

use super::thing::Thing;

const NOW: Timestamp = Timestamp(1_000);

/// A folder for a store, gone when dropped.
pub(crate) struct Folder(TempDir, PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        Self(folder, path)
    }
    /// A folder in a folder.
    pub(crate) fn at(Self(folder, path): Self, name: &str) -> Self {
        Self(folder, path.join(name))
    }
    pub(crate) fn path(&self) -> &Path {
        &self.1
    }
    pub(crate) fn open(&self) -> Sled {
        self.try_open(1).unwrap()
    }
    pub(crate) fn try_open(&self, master: u8) -> Result<Sled, StoreError> {
        try_open(self.path(), master)
    }
}

/// Open a store, or see why not.
pub(crate) fn try_open(path: &Path, master: u8) -> Result<Sled, StoreError> {
    Sled::open(path, &sealer(master), &SystemEntropy::default())
}

/// The keys that come of a master key of which all bytes are this one.
pub(crate) fn sealer(master: u8) -> Sealer {
    Sealer::new(&Secret::new([master; 32])).unwrap()
}

async fn insert(store: &dyn Store, name: &str) {
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new(name).at(&format!("{name}@maple.example"))).unwrap();
    batch.audit(&AuditEvent::new(EventName::AccountCreated, TenantId(Uuid::from_u128(3)), Actor::SYSTEM, NOW)).unwrap();
    store.commit(batch).await.unwrap();
}

async fn has(store: &dyn Store, name: &str) -> bool {
    store.load::<Thing>(&Thing::key_of(name), NOW).await.unwrap().is_some()
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_restart_and_the_chain_goes_on() {
    let folder = Folder::new();
    insert(&folder.open(), "one").await;
    let store = folder.open();
    assert!(has(&store, "one").await);
    insert(&store, "two").await;
    drop(store);
    let store: &dyn Store = &folder.open();
    assert!(has(store, "two").await);
    let events = store.reads(NOW).audit_of(TenantId(Uuid::from_u128(3)), Paging::first(9)).await.unwrap();
    assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(events.first().unwrap().hash, events.last().unwrap().previous);
}

#[test]
fn another_master_key_is_refused_and_harms_nothing() {
    let folder = Folder::new();
    drop(folder.open());
    let refused = folder.try_open(2).unwrap_err().to_string();
    assert!(refused.contains("master key"), "{refused}");
    drop(folder.open());
}

#[test]
fn a_store_that_is_open_is_not_opened_again() {
    let folder = Folder::new();
    let store = folder.open();
    let refused = folder.try_open(1).unwrap_err().to_string();
    assert!(refused.contains("another process"), "{refused}");
    drop(store);
    drop(folder.open());
}

#[test]
fn a_newer_format_is_refused_by_name() {
    let folder = Folder::new();
    drop(folder.open());
    let db = ::sled::Config::new().path(folder.path()).segment_size(4 << 20).open().unwrap();
    db.insert(b"\0format", &99u64.to_le_bytes()).unwrap();
    db.flush().unwrap();
    drop(db);
    let refused = folder.try_open(1).unwrap_err().to_string();
    assert!(refused.contains("format 99") && refused.contains("up to 2"), "{refused}");
}

#[tokio::test]
async fn a_folder_of_the_first_format_is_read_and_no_older_program_reads_it_afterwards() {
    let folder = Folder::new();
    let store = folder.open();
    insert(&store, "one").await;
    drop(store);
    let formatted = |change: Option<u64>| {
        let db = ::sled::Config::new().path(folder.path()).segment_size(4 << 20).open().unwrap();
        if let Some(format) = change {
            db.insert(b"\0format", &format.to_le_bytes()).unwrap();
            db.flush().unwrap();
        }
        db.get(b"\0format").unwrap().map(|bytes| bytes.to_vec())
    };
    formatted(Some(1));
    let store = folder.open();
    assert!(has(&store, "one").await);
    drop(store);
    assert_eq!(formatted(None), Some(2u64.to_le_bytes().to_vec()));
}

#[tokio::test]
async fn a_store_that_lost_acknowledged_commits_is_not_served() {
    let folder = Folder::new();
    let store = folder.open();
    insert(&store, "one").await;
    drop(store);
    let early = std::fs::read(folder.path().join("db")).unwrap();
    let store = folder.open();
    insert(&store, "two").await;
    assert!(matches!(store.health(), Health::Good));
    drop(store);
    for entry in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with("snap.") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    std::fs::write(folder.path().join("db"), early).unwrap();
    let refused = folder.try_open(1).unwrap_err().to_string();
    assert!(refused.contains("db: damaged"), "{refused}");
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_and_the_store_goes_on() {
    let folder = Folder::new();
    let store = folder.open();
    let mut batch = Batch::new(NOW);
    batch.insert(&Thing::new("long").of(&"x".repeat(70_000))).unwrap();
    store.commit(batch).await.unwrap_err();
    insert(&store, "one").await;
    assert!(has(&store, "one").await);
}
