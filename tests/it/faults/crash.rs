//! F1 at the store: killed at any moment, it has everything that was acknowledged.

use std::time::{Duration, Instant};

use super::{
    Dice,
    child::Said,
    ledger::{Ledger, Verdict},
    rounds,
};
use crate::storage::sled::Folder;

#[tokio::test]
async fn a_killed_process_loses_nothing_acknowledged() {
    let folder = Folder::new();
    let mut dice = Dice::new();
    let mut ledger = Ledger::default();
    for round in 0..rounds(4, 200) {
        let process = ledger.start(folder.path());
        let deadline = Instant::now() + Duration::from_mins(1);
        assert_eq!(process.next(deadline), Some(Said::Ready), "round {round}");
        for _ in 0..dice.between(1, 400) {
            ledger.note(&process.next(deadline).expect("it goes on working"));
        }
        process.kill().iter().for_each(|said| ledger.note(said));
        assert_eq!(ledger.judge(folder.path()).await, Verdict::Whole, "round {round}");
    }
    println!("F1: {} facts", ledger.len());
}
