//! F2: a power cut. The process is stopped, what the block device holds is copied, and the copy is what comes up again.

use std::time::{Duration, Instant};

use super::{
    Dice,
    child::Said,
    ledger::{Ledger, Verdict},
    mount::{self, Mount},
    rounds,
};

#[tokio::test]
async fn a_power_cut_loses_nothing_acknowledged() {
    let mut dice = Dice::new();
    // A new disk now and then: the store does not get smaller.
    for _ in 0..rounds(1, 5) {
        let place = tempfile::tempdir().unwrap();
        let mut image = place.path().join("disk.0");
        if mount::or_say("F2", mount::image(&image, 160)).is_none() {
            return;
        }
        let mut ledger = Ledger::default();
        for round in 1..=rounds(3, 10) {
            let Some(disk) = mount::or_say("F2", Mount::of(&image, &place.path().join("at"))) else { return };
            let folder = disk.path().join("store");
            let process = ledger.start(&folder);
            let deadline = Instant::now() + Duration::from_mins(1);
            assert_eq!(process.next(deadline), Some(Said::Ready), "round {round}");
            for _ in 0..dice.between(1, 1_500) {
                ledger.note(&process.next(deadline).expect("it goes on working"));
            }
            process.signal("STOP");
            let after = place.path().join(format!("disk.{round}"));
            mount::copy(&image, &after);
            process.kill().iter().for_each(|said| ledger.note(said));
            drop(disk);
            std::fs::remove_file(&image).unwrap();
            image = after;
            let disk = Mount::of(&image, &place.path().join("at")).unwrap();
            assert_eq!(ledger.judge(&disk.path().join("store")).await, Verdict::Whole, "round {round}");
        }
        println!("F2: {} facts", ledger.len());
    }
}
