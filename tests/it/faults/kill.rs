//! F1 and F2 at the server: killed at any moment under mixed load, or without power, it has everything that it said it had.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::{
    Dice, is_full,
    mount::{self, Mount},
    party::serve,
    rounds,
    story::Story,
};
use crate::boot::served::Served;

/// Start on what is there; how long until it is ready.
async fn comes_back(folder: &Path) -> (Served, Duration) {
    let began = Instant::now();
    let served = serve(folder, &[]);
    let ready = crate::boot::served::http().get(format!("{}/health/ready", served.url)).send().await.unwrap();
    assert!(ready.status().is_success(), "ready");
    (served, began.elapsed())
}

/// The 99th of a hundred.
fn slow(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice::new();
    let (mut served, _) = comes_back(&folder.path().join("data")).await;
    let mut story = Story::begin(&served, &mut dice).await;
    let mut times = Vec::new();
    let all = rounds(6, 200);
    for round in 0..all {
        let work = story.work(&served);
        work.told(dice.between(20, 500)).await;
        served.signal("KILL");
        story.rest(work).await;
        drop(served);
        let (again, took) = comes_back(&folder.path().join("data")).await;
        served = again;
        times.push(took);
        story.check(&served, &format!("round {round}")).await;
        if round % 20 == 19 {
            println!("F1 server: round {round}, {} facts", story.tally.facts());
        }
    }
    let facts = story.tally.facts();
    let slow = slow(&mut times);
    println!("F1 server: {all} rounds, {facts} facts, 0 lost; ready again p99 {slow:?}; {:?}", story.tally);
    if is_full() {
        assert!(slow <= Duration::from_secs(10), "ready within 10 s");
        assert!(facts >= 50_000, "enough to count");
    }
    assert!(served.stop().0.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_takes_nothing_from_a_server_that_it_acknowledged() {
    let mut dice = Dice::new();
    let mut facts = 0;
    let discs = rounds(1, 5);
    let cuts = rounds(2, 10);
    // A new disk now and then: the store does not get smaller.
    for disc in 0..discs {
        let place = tempfile::tempdir().unwrap();
        let at = place.path().join("at");
        let mut image = place.path().join("disk.0");
        if mount::or_say("F2 of the server", mount::image(&image, 192)).is_none() {
            return;
        }
        let Some(mut disk) = mount::or_say("F2 of the server", Mount::of(&image, &at)) else { return };
        let (mut served, _) = comes_back(&disk.path().join("data")).await;
        let mut story = Story::begin(&served, &mut dice).await;
        for cut in 1..=cuts {
            let work = story.work(&served);
            work.told(dice.between(20, 600)).await;
            served.signal("STOP");
            let after = place.path().join(format!("disk.{cut}"));
            mount::copy(&image, &after);
            served.signal("KILL");
            story.rest(work).await;
            drop(served);
            drop(disk);
            std::fs::remove_file(&image).unwrap();
            image = after;
            disk = Mount::of(&image, &at).unwrap();
            served = comes_back(&disk.path().join("data")).await.0;
            story.check(&served, &format!("disk {disc}, cut {cut}")).await;
        }
        facts += story.tally.facts();
        assert!(served.stop().0.success());
    }
    println!("F2 server: {} power cuts, {facts} facts, 0 lost", discs * cuts);
}
