//! Who changes the audit trail behind the store's back is found out.

use std::path::Path;

use parvis::{
    model::{Actor, AuditEvent, AuditRecord, EventName, Table},
    storage::{Batch, Store, audit::verify, sled::verify_folder},
    values::{TenantId, Timestamp},
};
use uuid::Uuid;

use super::sled::Folder;

const NOW: Timestamp = Timestamp(1_000);
const TENANT: TenantId = TenantId(Uuid::from_u128(9));

async fn with_events() -> Folder {
    let folder = Folder::new();
    let store = folder.open();
    for _ in 0..9 {
        let mut batch = Batch::new(NOW);
        batch.audit(&AuditEvent::new(EventName::SigninFailed, TENANT, Actor::SYSTEM, NOW)).unwrap();
        store.commit(batch).await.unwrap();
    }
    folder
}

/// Where an event lies in the engine: a tag, the table, the key.
fn place(sequence: u64) -> Vec<u8> {
    let key = AuditRecord::key_of(AuditEvent::stream_of(TENANT), sequence);
    [&[1, Table::Audit.number()], key.as_str().as_bytes()].concat()
}

/// Change the file without the store.
fn behind_its_back(folder: &Path, change: impl Fn(&::sled::Db)) {
    let db = ::sled::Config::new().path(folder).segment_size(4 << 20).open().unwrap();
    change(&db);
    db.flush().unwrap();
}

/// Change it and set the tally right, as somebody would who knows how it is made.
fn behind_its_back_and_tallied(folder: &Path, change: impl Fn(&::sled::Db)) {
    behind_its_back(folder, |db| {
        change(db);
        let mut sum = 0_u64;
        for (key, value) in db.iter().map(Result::unwrap).filter(|(key, _)| (1..=4).contains(&key[0])) {
            let entry = [&key.len().to_le_bytes(), key.as_ref(), value.as_ref()].concat();
            let part = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &entry);
            sum = sum.wrapping_add(u64::from_le_bytes(part.as_ref()[..8].try_into().unwrap()));
        }
        let tally = db.get(b"\xFEtally").unwrap().unwrap();
        db.insert(b"\xFEtally", [&tally[..8], &sum.to_le_bytes()].concat()).unwrap();
    });
}

async fn found_out(folder: &Folder) -> [String; 2] {
    let offline = verify_folder(folder.path()).unwrap_err().to_string();
    let store = folder.open();
    [offline, verify(&store, NOW).await.unwrap_err().to_string()]
}

#[tokio::test]
async fn an_untouched_trail_is_whole_and_says_where_it_ends() {
    let folder = with_events().await;
    let offline = verify_folder(folder.path()).unwrap().chains;
    let online: Vec<_> = verify(&folder.open(), NOW).await.unwrap().into_iter().filter(|end| end.events > 0).collect();
    assert_eq!(offline, online);
    assert_eq!(online.iter().map(|end| end.events).collect::<Vec<_>>(), [9]);
}

#[tokio::test]
async fn a_removed_event_is_missed() {
    let folder = with_events().await;
    behind_its_back_and_tallied(folder.path(), |db| drop(db.remove(place(5)).unwrap()));
    for said in found_out(&folder).await {
        assert!(said.contains("event 5: it is missing"), "{said}");
    }
}

#[tokio::test]
async fn a_changed_event_is_noticed_even_with_a_right_checksum() {
    let folder = with_events().await;
    behind_its_back_and_tallied(folder.path(), |db| {
        let row = db.get(place(5)).unwrap().unwrap();
        let mut bytes = row[..row.len() - 4].to_vec();
        let start = bytes.windows(13).position(|window| window == b"signin.failed").unwrap();
        bytes[start..start + 13].copy_from_slice(b"signin.passed");
        let sum = crc32fast::hash(&[place(5), bytes.clone()].concat());
        bytes.extend_from_slice(&sum.to_le_bytes());
        db.insert(place(5), bytes).unwrap();
    });
    for said in found_out(&folder).await {
        assert!(said.contains("event 5: it was changed"), "{said}");
    }
}

#[tokio::test]
async fn a_damaged_row_is_never_read_as_if_it_were_whole() {
    let folder = with_events().await;
    behind_its_back_and_tallied(folder.path(), |db| {
        let mut bytes = db.get(place(5)).unwrap().unwrap().to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        db.insert(place(5), bytes).unwrap();
    });
    for said in found_out(&folder).await {
        assert!(said.contains("checksum"), "{said}");
    }
}

#[tokio::test]
async fn a_row_in_the_place_of_another_is_not_read() {
    let folder = with_events().await;
    behind_its_back_and_tallied(folder.path(), |db| {
        let other = db.get(place(6)).unwrap().unwrap();
        db.insert(place(5), other).unwrap();
    });
    for said in found_out(&folder).await {
        assert!(said.contains("checksum"), "{said}");
    }
}

#[tokio::test]
async fn a_store_in_which_an_entry_is_not_as_it_was_written_is_not_opened() {
    let changes: [fn(&::sled::Db); 3] = [
        |db| drop(db.remove(place(5)).unwrap()),
        |db| drop(db.insert(place(5), db.get(place(6)).unwrap().unwrap()).unwrap()),
        |db| drop(db.insert(place(50), db.get(place(5)).unwrap().unwrap()).unwrap()),
    ];
    for change in changes {
        let folder = with_events().await;
        behind_its_back(folder.path(), change);
        let said = verify_folder(folder.path()).unwrap_err().to_string();
        assert!(said.contains("damaged: entries are missing or not as they were written"), "{said}");
    }
}
