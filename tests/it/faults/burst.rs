//! L7: more people want in at once than can be let in. Those there is room for get in, the others are told when to come back, and nobody else notices.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::{sync::Barrier, task::JoinSet};

use super::{
    is_full,
    party::{Browser, PASSWORD, Party, Place, serve},
    rounds,
    wire::Wire,
};

/// How one of them fared.
struct Fared {
    status: u16,
    has_retry_after: bool,
    took: Duration,
}

/// Somebody who has only to press the button.
struct Ready {
    browser: Browser,
    action: String,
    csrf: String,
}

/// The share of a list that is within.
fn within(times: &mut [Duration], share: usize) -> Duration {
    times.sort();
    times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default()
}

/// Let so many browsers come up to the password.
async fn approach(place: &Place, party: &Arc<Party>, all: u64) -> Vec<Ready> {
    let mut approaching = JoinSet::new();
    for lane in 0..16 {
        let (place, party) = (place.clone(), Arc::clone(party));
        approaching.spawn(async move {
            let (mut wire, mut ready) = (place.wire(), Vec::new());
            for person in (lane..all).step_by(16) {
                let mut browser = Browser::default();
                let (action, csrf) = browser.says_who(&mut wire, &party, person % party.people).await.unwrap();
                ready.push(Ready { browser, action, csrf });
            }
            ready
        });
    }
    approaching.join_all().await.into_iter().flatten().collect()
}

async fn press(mut wire: Wire, mut ready: Ready, gate: Arc<Barrier>) -> Result<Fared, &'static str> {
    wire.open().await.map_err(|_| "no connection")?;
    gate.wait().await;
    let began = Instant::now();
    let pairs = [("csrf", &*ready.csrf), ("action", "next"), ("password", PASSWORD)];
    let answer = ready.browser.posts(&mut wire, &ready.action, &pairs).await.map_err(|_| "no answer")?;
    Ok(Fared { status: answer.status, has_retry_after: answer.header("retry-after").is_some(), took: began.elapsed() })
}

/// Whole sign-ins each second, by eight at a time.
async fn rate(place: &Place, party: &Arc<Party>, all: u64) -> f64 {
    let began = Instant::now();
    let mut signing = JoinSet::new();
    for lane in 0..8 {
        let (place, party) = (place.clone(), Arc::clone(party));
        signing.spawn(async move {
            let mut wire = place.wire();
            for person in (lane..all).step_by(8) {
                Browser::default().signs_in(&mut wire, &party, person % party.people).await.unwrap();
            }
        });
    }
    signing.join_all().await;
    f64::from(u32::try_from(all).unwrap()) / began.elapsed().as_secs_f64()
}

/// Others who want something meanwhile: a service's tokens, and the keys.
async fn meanwhile(place: Place, party: Arc<Party>, over: Arc<AtomicBool>) -> Vec<Duration> {
    let (mut wire, mut times) = (place.wire(), Vec::new());
    while !over.load(Ordering::SeqCst) {
        let began = Instant::now();
        let form = [("grant_type", "client_credentials"), ("scope", "factures.lire")];
        let answer = wire.post("/token", &[("authorization", &party.robot)], &form).await.unwrap();
        times.push(began.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.text());
        let began = Instant::now();
        let answer = wire.get("/jwks", &[]).await.unwrap();
        times.push(began.elapsed());
        assert_eq!(answer.status, 200);
    }
    times
}

/// The most memory that it ever had, in MB.
fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1_000
}

/// What the server itself says about how long it took to turn somebody away.
fn turned_away(log: &str) -> Vec<Duration> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let refusals = lines.filter(|line| line["http.method"] == "POST" && matches!(line["http.status"].as_u64(), Some(429 | 503)));
    refusals.filter_map(|line| line["duration_us"].as_u64().map(Duration::from_micros)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_sign_ins_is_let_in_or_turned_away_and_nobody_else_notices() {
    parvis::boot::listen::allow_open_files(32_000);
    let folder = tempfile::tempdir().unwrap();
    // In full, passwords cost what they cost by default.
    let flags: &[&str] = if is_full() { &["--password-memory", "19456", "--password-passes", "2"] } else { &[] };
    let served = serve(&folder.path().join("data"), flags);
    let (party, place) = (Arc::new(Party::registers(&served, rounds(50, 1_000)).await), Place::of(&served));
    // Everybody comes several times at once; that is not what is tried here.
    let patience = json!({"throttle_failures": 100});
    let reply = served.api(Method::PATCH, "/tenants/default/settings").json(&patience).send().await.unwrap();
    assert!(reply.status().is_success(), "{}", reply.text().await.unwrap());
    let before = rate(&place, &party, rounds(16, 400)).await;
    let idle = peak(served.pid());
    let all = rounds(1_000, 10_000);
    let crowd = approach(&place, &party, all).await;

    let over = Arc::new(AtomicBool::new(false));
    #[expect(clippy::disallowed_methods, reason = "a test's own load has no request to belong to")]
    let others = tokio::task::spawn(meanwhile(place.clone(), Arc::clone(&party), Arc::clone(&over)));
    let gate = Arc::new(Barrier::new(crowd.len()));
    let mut burst = JoinSet::new();
    for ready in crowd {
        burst.spawn(press(place.wire(), ready, Arc::clone(&gate)));
    }
    let fared: Vec<Fared> = burst.join_all().await.into_iter().collect::<Result<_, _>>().unwrap();
    over.store(true, Ordering::SeqCst);
    let mut others = others.await.unwrap();
    let after = rate(&place, &party, rounds(16, 400)).await;
    let peak = peak(served.pid());

    let times = |is: fn(&Fared) -> bool| fared.iter().filter(|fared| is(fared)).map(|fared| fared.took).collect::<Vec<_>>();
    let (mut accepted, mut refused) = (times(|fared| fared.status == 303), times(|fared| matches!(fared.status, 429 | 503)));
    let strange: Vec<u16> = fared.iter().map(|fared| fared.status).filter(|status| !matches!(status, 303 | 429 | 503)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(fared.iter().all(|fared| fared.status == 303 || fared.has_retry_after), "whoever is turned away is told when to come back");
    assert!(!accepted.is_empty() && !refused.is_empty(), "{} let in, {} turned away", accepted.len(), refused.len());
    let (status, log) = served.stop();
    assert!(status.success());
    let mut inside = turned_away(&log);
    let (let_in, away, meanwhile) = (within(&mut accepted, 100), within(&mut inside, 99), within(&mut others, 99));
    println!(
        "L7: {all} at once, {} let in (slowest {let_in:?}), {} turned away (p99 {away:?} in the server, {:?} seen by the crowd), others p99 {meanwhile:?} of {}, \
         peak {peak} MB (before {idle} MB), sign-ins {before:.0}/s before and {after:.0}/s after",
        accepted.len(),
        refused.len(),
        within(&mut refused, 99),
        others.len(),
    );
    if is_full() {
        assert!(peak < 600, "memory: {peak} MB");
        assert!(let_in < Duration::from_secs(10), "let in: {let_in:?}");
        assert!(away < Duration::from_millis(100), "turned away: {away:?}");
        assert!(meanwhile < Duration::from_millis(250), "meanwhile: {meanwhile:?}");
        assert!(after > before * 0.8, "afterwards: {before} {after}");
    }
}
