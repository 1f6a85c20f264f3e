//! A backup is the store at one moment, says when it is damaged, and becomes the same store again.

use std::{io::Write, sync::Arc};

use parvis::{
    model::{Actor, AuditEvent, EventName},
    storage::{
        Batch, Paging, Store,
        sled::{Sled, restore, verify_backup, verify_folder},
    },
    values::{TenantId, Timestamp},
};
use uuid::Uuid;

use super::{
    sled::Folder,
    thing::{OWNER, Thing},
};

const NOW: Timestamp = Timestamp(1_000);
const TENANT: TenantId = TenantId(Uuid::from_u128(5));

async fn insert(store: &dyn Store, thing: &Thing) {
    let mut batch = Batch::new(NOW);
    batch.insert(thing).unwrap().audit(&AuditEvent::new(EventName::AccountCreated, TENANT, Actor::SYSTEM, NOW)).unwrap();
    store.commit(batch).await.unwrap();
}

async fn filled(folder: &Folder) -> Sled {
    let store = folder.open();
    for n in 0..40 {
        insert(&store, &Thing::new(&format!("{n:03}")).at(&format!("{n}@maple.example")).of("maple").until(5_000 + n)).await;
    }
    store
}

fn exported(store: &Sled) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.export(NOW, &mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn a_backup_becomes_the_same_store_and_the_chain_goes_on() {
    let (folder, other) = (Folder::new(), Folder::new());
    let store = filled(&folder).await;
    let file = folder.path().join("backup");
    std::fs::write(&file, exported(&store)).unwrap();
    drop(store);
    let into = other.path().join("restored");
    let restored = restore(&file, &into).unwrap();
    assert_eq!(restored, verify_folder(folder.path()).unwrap());
    assert_eq!(restored, verify_folder(&into).unwrap());
    assert_eq!(restored.total(), 80);

    let other = Folder::at(other, "restored");
    assert!(other.try_open(2).unwrap_err().to_string().contains("master key"));
    let store: &dyn Store = &other.open();
    insert(store, &Thing::new("new").at("new@maple.example")).await;
    let ends = parvis::storage::audit::verify(store, NOW).await.unwrap();
    assert_eq!(ends.iter().map(|end| end.events).sum::<u64>(), 41);
    let found = store.all::<Thing>(OWNER, &parvis::model::Key::of(["maple"]), Paging::first(100), NOW).await.unwrap();
    assert_eq!(found.len(), 40);
}

/// A sink that commits whenever the backup writes to it: the worst moment there is.
struct Meddler {
    bytes: Vec<u8>,
    store: Arc<Sled>,
    runtime: tokio::runtime::Handle,
    left: u64,
}

impl Write for Meddler {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.left > 0 {
            self.left -= 1;
            let store: Arc<dyn Store> = Arc::clone(&self.store) as _;
            let n = self.left;
            self.runtime.block_on(async move {
                // Two rows change together, one that the backup has passed and one that it has not: they must not come apart.
                let (low, high) = ("000", "039");
                let mut batch = Batch::new(NOW);
                for name in [low, high] {
                    let thing = store.load::<Thing>(&Thing::key_of(name), NOW).await.unwrap().unwrap();
                    batch.update(thing.map(|thing| thing.at(&format!("{name}.{n}@maple.example")).counting(n))).unwrap();
                }
                store.commit(batch).await.unwrap();
                insert(&*store, &Thing::new(&format!("while {n}")).of("maple")).await;
            });
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_is_the_store_at_one_moment() {
    let (folder, other) = (Folder::new(), Folder::new());
    let store = Arc::new(filled(&folder).await);
    let runtime = tokio::runtime::Handle::current();
    let mut sink = Meddler { bytes: Vec::new(), store: Arc::clone(&store), runtime, left: 300 };
    let sink = tokio::task::spawn_blocking(move || {
        let store = Arc::clone(&sink.store);
        store.export(NOW, &mut sink).unwrap();
        sink
    });
    let sink = sink.await.unwrap();
    let file = folder.path().join("backup");
    std::fs::write(&file, &sink.bytes).unwrap();
    restore(&file, &other.path().join("restored")).unwrap();
    let other = Folder::at(other, "restored");
    let restored: &dyn Store = &other.open();
    let [low, high] = ["000", "039"].map(|name| async move { restored.load::<Thing>(&Thing::key_of(name), NOW).await.unwrap().unwrap() });
    assert_eq!(low.await.count, high.await.count);
    assert!(parvis::storage::audit::verify(restored, NOW).await.is_ok());
}

#[tokio::test]
async fn a_second_backup_waits_for_the_first_and_an_abandoned_one_leaves_no_trace() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the stick is full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    struct Second(Arc<Sled>, Option<String>);
    impl Write for Second {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.1.get_or_insert_with(|| self.0.export(NOW, &mut Vec::new()).unwrap_err().to_string());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = Folder::new();
    let store = Arc::new(filled(&folder).await);
    assert!(store.export(NOW, &mut Full).unwrap_err().to_string().contains("the stick is full"));
    let mut second = Second(Arc::clone(&store), None);
    store.export(NOW, &mut second).unwrap();
    assert!(second.1.unwrap().contains("already"));
    exported(&store);
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_nothing_is_made_of_it() {
    let (folder, other) = (Folder::new(), Folder::new());
    let whole = exported(&filled(&folder).await);
    let file = folder.path().join("backup");
    let lines = whole.split_inclusive(|byte| *byte == b'\n').count();
    let without =
        |which: usize| whole.split_inclusive(|byte| *byte == b'\n').enumerate().filter(|(n, _)| *n != which).flat_map(|(_, line)| line.to_vec()).collect();
    let mut damaged: Vec<Vec<u8>> = vec![Vec::new(), b"{}\n".to_vec(), without(0), without(lines / 2), without(lines - 1)];
    damaged.push([whole.as_slice(), b"more\n"].concat());
    for place in (0..whole.len()).step_by(whole.len() / 97) {
        damaged.push(whole.iter().enumerate().map(|(n, byte)| if n == place { byte ^ 1 } else { *byte }).collect());
        damaged.push(whole.iter().copied().take(place).collect());
    }
    for bytes in damaged {
        std::fs::write(&file, &bytes).unwrap();
        verify_backup(&file).unwrap_err();
        restore(&file, &other.path().join("restored")).unwrap_err();
        assert!(!other.path().join("restored").exists());
    }
    std::fs::write(&file, &whole).unwrap();
    verify_backup(&file).unwrap();
}

#[tokio::test]
async fn a_folder_with_something_in_it_is_left_alone() {
    let (folder, other) = (Folder::new(), Folder::new());
    let file = folder.path().join("backup");
    std::fs::write(&file, exported(&filled(&folder).await)).unwrap();
    std::fs::write(other.path().join("photo"), b"dear").unwrap();
    assert!(restore(&file, other.path()).unwrap_err().to_string().contains("not empty"));
    assert_eq!(std::fs::read_dir(other.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn an_unfinished_restore_is_not_a_store() {
    let folder = Folder::new();
    drop(filled(&folder).await);
    let unfinished = u64::MAX.to_le_bytes();
    std::fs::write(folder.path().join("acknowledged"), [unfinished.as_slice(), &crc32fast::hash(&unfinished).to_le_bytes()].concat()).unwrap();
    assert!(folder.try_open(1).unwrap_err().to_string().contains("not restored to its end"));
}
