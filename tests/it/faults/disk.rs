//! F4 and F5: a full disk and a failing one. Nothing is acknowledged that is not there, what is there can be read, and a disk that has room again
//! is used again without a restart.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use super::{
    child::{Process, Said},
    ledger::{Ledger, Verdict},
    mount::{self, Mount},
    rounds,
};

/// Take up room until so many bytes are left.
fn fill(file: &Path, left: u64) {
    let mut ballast = File::create(file).unwrap();
    let chunk = vec![0x5A; 1 << 20];
    while ballast.write_all(&chunk).and_then(|()| ballast.sync_all()).is_ok() {}
    let length = ballast.metadata().unwrap().len();
    ballast.set_len(length.saturating_sub(left)).unwrap();
    ballast.sync_all().unwrap();
}

/// Listen until it says what is waited for; in time.
fn until(process: &Process, ledger: &mut Ledger, seconds: u64, what: &str, is_it: impl Fn(&Said) -> bool) -> usize {
    let mut unreadable = 0;
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        let said = process.next(deadline).unwrap_or_else(|| panic!("{what}: not within {seconds} s"));
        ledger.note(&said);
        assert!(!matches!(said, Said::Closed(_)), "{what}: {said:?}");
        unreadable += usize::from(matches!(said, Said::Unreadable(_)));
        if is_it(&said) {
            return unreadable;
        }
    }
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_works_again_when_it_has_room() {
    // A new disk now and then: the store does not get smaller.
    for _ in 0..rounds(1, 5) {
        if full_and_free_again().await.is_none() {
            return;
        }
    }
}

async fn full_and_free_again() -> Option<()> {
    let place = tempfile::tempdir().unwrap();
    let image = place.path().join("disk");
    let disk = mount::or_say("F4", mount::image(&image, 64).and_then(|()| Mount::of(&image, &place.path().join("at"))))?;
    let folder = disk.path().join("store");
    let ballast = disk.path().join("ballast");
    let mut ledger = Ledger::default();
    let mut process = ledger.start(&folder);
    until(&process, &mut ledger, 60, "ready", |said| *said == Said::Ready);
    let mut unreadable = 0;
    for round in 0..2 {
        fill(&ballast, 1 << 20);
        unreadable += until(&process, &mut ledger, 120, "health is red", |said| *said == Said::Health(false));
        for _ in 0..50 {
            unreadable += until(&process, &mut ledger, 10, "refused and readable", |said| *said == Said::Refused);
        }
        if round % 2 == 1 {
            // Whoever starts it again does not make it worse.
            process.kill().iter().for_each(|said| ledger.note(said));
            process = ledger.start(&folder);
            until(&process, &mut ledger, 60, "ready though full", |said| *said == Said::Ready);
            until(&process, &mut ledger, 60, "health is red", |said| *said == Said::Health(false));
        }
        std::fs::remove_file(&ballast).unwrap();
        unreadable += until(&process, &mut ledger, 30, "writes again", |said| *said == Said::Health(true));
        for _ in 0..50 {
            unreadable += until(&process, &mut ledger, 30, "acknowledges again", |said| matches!(said, Said::Fact(_)));
        }
        println!("F4: round {round}, {} facts", ledger.len());
    }
    process.kill().iter().for_each(|said| ledger.note(said));
    assert_eq!(unreadable, 0, "what is there can be read");
    assert_eq!(ledger.judge(&folder).await, Verdict::Whole);
    Some(())
}

/// The device fails: the image lies in memory that is smaller than it promises to be. A store on it cannot be opened again, so some rows may not be
/// readable; which ones there are is still true.
#[tokio::test]
async fn a_failing_disk_acknowledges_nothing_it_does_not_have() {
    let place = tempfile::tempdir().unwrap();
    let Some(memory) = mount::or_say("F5", Mount::memory(48, &place.path().join("memory"))) else { return };
    let image = memory.path().join("disk");
    let Some(disk) = mount::or_say("F5", mount::image(&image, 256).and_then(|()| Mount::of(&image, &place.path().join("at")))) else { return };
    let mut ledger = Ledger::default();
    let process = ledger.start(&disk.path().join("store"));
    until(&process, &mut ledger, 60, "ready", |said| *said == Said::Ready);
    until(&process, &mut ledger, 120, "health is red", |said| *said == Said::Health(false));
    for _ in 0..50 {
        until(&process, &mut ledger, 10, "refused", |said| matches!(said, Said::Refused | Said::Unreadable(_)));
    }
    process.kill().iter().for_each(|said| ledger.note(said));
    drop(disk);
    // The power of this disk goes with it: what it has is what comes up.
    memory.resize(512);
    let disk = Mount::of(&image, &place.path().join("at")).unwrap();
    assert_eq!(ledger.judge(&disk.path().join("store")).await, Verdict::Whole);
    println!("F5: {} facts", ledger.len());
}
