//! F6: a torn or damaged file is repaired to the last commit or not served, and named. Never a silent wrong answer.

use std::{
    fs::OpenOptions,
    os::unix::fs::FileExt as _,
    path::Path,
    time::{Duration, Instant},
};

use super::{
    Dice,
    child::Said,
    ledger::{Ledger, Verdict},
    rounds,
};
use crate::storage::sled::Folder;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn a_torn_file_is_repaired_or_named_and_never_wrong() {
    let whole = Folder::new();
    let mut dice = Dice::new();
    let mut ledger = Ledger::default();
    let process = ledger.start(whole.path());
    let deadline = Instant::now() + Duration::from_mins(1);
    assert_eq!(process.next(deadline), Some(Said::Ready));
    while ledger.len() < 1_000 {
        ledger.note(&process.next(deadline).expect("it goes on working"));
    }
    process.kill().iter().for_each(|said| ledger.note(said));
    let untouched = Folder::new();
    copy(whole.path(), untouched.path());
    assert_eq!(ledger.judge(untouched.path()).await, Verdict::Whole, "before any harm");
    let mut whole_again = [0, 0];
    let mut refused = [0, 0];
    for variant in 0..rounds(40, 500) {
        let torn = Folder::new();
        copy(whole.path(), torn.path());
        let path = torn.path().join("db");
        let file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let length = file.metadata().unwrap().len();
        let is_cut = variant % 2 == 0;
        let harm = if is_cut {
            let cut = dice.between(1, 4_097);
            file.set_len(length - cut).unwrap();
            format!("variant {variant}: {cut} bytes cut off")
        } else {
            let (place, bit) = (dice.between(0, length), dice.between(0, 8));
            let mut byte = [0];
            file.read_exact_at(&mut byte, place).unwrap();
            file.write_all_at(&[byte[0] ^ (1 << bit)], place).unwrap();
            format!("variant {variant}: bit {bit} of byte {place} flipped")
        };
        drop(file);
        match ledger.judge(torn.path()).await {
            Verdict::Whole => whole_again[usize::from(is_cut)] += 1,
            Verdict::Closed(why) => {
                refused[usize::from(is_cut)] += 1;
                assert!(why.contains(&*torn.path().to_string_lossy()), "{harm}: refused without a name: {why}");
            }
            Verdict::Wrong(wrong) => panic!("{harm}: served, and wrong: {wrong}"),
        }
    }
    println!("F6: {} facts; flipped, cut: {whole_again:?} whole, {refused:?} refused", ledger.len());
}
