//! F4 and F5 at the server: without room, or with a disk that fails, it says so to whoever writes and goes on answering whoever reads.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    mount::{self, Mount},
    party::{Browser, Party, Place, Stands, application, serve},
    rounds,
    story::next,
    wire::{Answer, Wire, request},
};
use crate::boot::served::Served;

/// Take up all the room.
fn fill(file: &Path) {
    let mut ballast = File::create(file).unwrap();
    let chunk = vec![0x5A; 1 << 20];
    while ballast.write_all(&chunk).and_then(|()| ballast.sync_all()).is_ok() {}
}

/// A visitor who writes and reads.
struct Visitor {
    place: Place,
    wire: Wire,
    party: Party,
    browser: Browser,
    bearer: String,
    refresh: String,
    /// What was acknowledged.
    kept: Vec<String>,
}

impl Visitor {
    async fn comes(served: &Served) -> Self {
        let (party, place) = (Party::registers(served, 1).await, Place::of(served));
        let (mut wire, mut browser) = (place.wire(), Browser::default());
        let code = browser.signs_in(&mut wire, &party, 0).await.unwrap();
        let tokens = party.redeem(&mut wire, &code).await.unwrap().json();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        Self { bearer: format!("Bearer {}", text("access_token")), refresh: text("refresh_token"), place, wire, party, browser, kept: Vec::new() }
    }

    /// Register an application; it counts only when it was acknowledged.
    async fn writes(&mut self) -> Answer {
        let name = format!("disque-{}", next());
        let mut body = application(&name);
        body["client_id"] = name.clone().into();
        // Big, so that a small disk is soon full.
        body["client"]["names"]["en"] = "oak ".repeat(12).into();
        let headers = [("authorization", &*self.place.local), ("content-type", "application/json")];
        let answer = self.wire.ask(&request("POST", "/api/v1/tenants/default/clients", &headers, &body.to_string())).await.unwrap();
        if answer.status == 201 {
            self.kept.push(name);
        }
        answer
    }

    /// Whoever only reads is served.
    async fn reads(&mut self) {
        for target in ["/.well-known/openid-configuration", "/jwks", "/health/live"] {
            let answer = self.wire.get(target, &[]).await.unwrap();
            assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        }
        let answer = self.wire.get("/userinfo", &[("authorization", &self.bearer)]).await.unwrap();
        assert_eq!(answer.status, 200, "userinfo: {}", answer.text());
        let form = [("grant_type", "client_credentials"), ("scope", "factures.lire")];
        let answer = self.wire.post("/token", &[("authorization", &self.party.robot)], &form).await.unwrap();
        assert_eq!(answer.status, 200, "a token that leaves no record: {}", answer.text());
    }

    /// Whoever needs a write is told to come back.
    async fn is_turned_away(&mut self) {
        let answer = self.writes().await;
        assert_eq!((answer.status, answer.header("retry-after").is_some()), (503, true), "{}", answer.text());
        let form = [("grant_type", "client_credentials"), ("scope", "archives.lire")];
        let answer = self.wire.post("/token", &[("authorization", &self.party.robot)], &form).await.unwrap();
        assert_eq!((answer.status, answer.json()["error"].as_str()), (503, Some("temporarily_unavailable")), "a token that leaves a record: {}", answer.text());
        let answer = self.party.refresh(&mut self.wire, &self.refresh).await.unwrap();
        assert_eq!((answer.status, answer.header("retry-after").is_some()), (503, true), "{}", answer.text());
        let target = self.party.authorize(&[]);
        match self.browser.goes(&mut self.wire, &target).await.unwrap() {
            Stands::Elsewhere(503, _) => {}
            other => panic!("no code can be given: {other:?}"),
        }
    }

    async fn ready(&mut self) -> u16 {
        self.wire.get("/health/ready", &[]).await.unwrap().status
    }

    /// Write until that is refused: how long until readiness says so, too?
    async fn until_refused(&mut self) -> Duration {
        let end = Instant::now() + Duration::from_mins(2);
        loop {
            assert!(Instant::now() < end, "writes go on for ever");
            let answer = self.writes().await;
            match answer.status {
                201 => {}
                503 => break,
                other => panic!("{other} {}", answer.text()),
            }
        }
        let began = Instant::now();
        while self.ready().await == 200 {
            assert!(began.elapsed() < Duration::from_secs(5), "readiness is red within 5 s");
        }
        began.elapsed()
    }

    /// Everything acknowledged is there.
    async fn finds_all(&mut self) {
        for name in &self.kept {
            let target = format!("/api/v1/tenants/default/clients/{name}");
            let answer = self.wire.get(&target, &[("authorization", &self.place.local)]).await.unwrap();
            assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        }
    }
}

/// Lines of the log that no request is to blame for.
fn unasked(log: &str) -> Vec<Value> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["message"] != "http.request" && line.get("incident.id").is_none()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_room_refuses_writes_reads_on_and_recovers_by_itself() {
    for _ in 0..rounds(1, 5) {
        let place = tempfile::tempdir().unwrap();
        let image = place.path().join("disk");
        let Some(disk) = mount::or_say("F4 of the server", mount::image(&image, 64).and_then(|()| Mount::of(&image, &place.path().join("at")))) else { return };
        let (data, ballast) = (disk.path().join("data"), disk.path().join("ballast"));
        let mut served = serve(&data, &[]);
        let mut visitor = Visitor::comes(&served).await;
        for round in 0..2 {
            fill(&ballast);
            visitor.until_refused().await;
            for _ in 0..20 {
                visitor.is_turned_away().await;
                visitor.reads().await;
            }
            visitor.finds_all().await;
            std::fs::remove_file(&ballast).unwrap();
            let freed = Instant::now();
            while visitor.ready().await != 200 || visitor.writes().await.status != 201 {
                assert!(freed.elapsed() < Duration::from_secs(30), "it recovers by itself within 30 s");
            }
            println!("F4 server: round {round}, writes again after {:?}, {} facts", freed.elapsed(), visitor.kept.len());
            let answer = visitor.party.refresh(&mut visitor.wire, &visitor.refresh).await.unwrap();
            assert_eq!(answer.status, 200, "what was refused for want of room works now: {}", answer.text());
            visitor.refresh = answer.json()["refresh_token"].as_str().unwrap().to_owned();
        }
        let (status, log) = served.stop();
        assert!(status.success());
        assert!(log.contains("the store cannot write") && log.contains("the store writes again"), "the log says both");
        served = serve(&data, &[]);
        (visitor.place, visitor.wire) = (Place::of(&served), Place::of(&served).wire());
        visitor.finds_all().await;
        drop(served);
    }
}

/// The device fails: its image lies in memory that is smaller than it promises to be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_on_a_failing_disk_says_so_and_does_not_spin() {
    let place = tempfile::tempdir().unwrap();
    let Some(memory) = mount::or_say("F5 of the server", Mount::memory(48, &place.path().join("memory"))) else { return };
    let image = memory.path().join("disk");
    let mounted = mount::image(&image, 256).and_then(|()| Mount::of(&image, &place.path().join("at")));
    let Some(disk) = mount::or_say("F5 of the server", mounted) else { return };
    let served = serve(&disk.path().join("data"), &[]);
    let mut visitor = Visitor::comes(&served).await;
    // Fill it to the brim, so that the next writes meet a device that fails.
    fill(&disk.path().join("ballast"));
    let red = visitor.until_refused().await;
    let (began, busy) = (Instant::now(), processor_time(served.pid()));
    let watched = Duration::from_secs(rounds(3, 20));
    while began.elapsed() < watched {
        assert_ne!(visitor.ready().await, 200, "it stays red");
        assert_ne!(visitor.writes().await.status, 201, "nothing is acknowledged");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let worked = processor_time(served.pid()) - busy;
    served.signal("KILL");
    let (_, log) = served.ended();
    let lines = unasked(&log).len();
    println!("F5 server: red after {red:?}; {lines} lines of its own in {watched:?}, {worked} ticks of work");
    let seconds = usize::try_from(watched.as_secs()).unwrap();
    // What it said before, at its start, is in there, too.
    assert!(lines < 10 * seconds, "{lines} lines in {seconds} s:\n{log}");
    assert!(worked < 50 * watched.as_secs(), "it spins: {worked} hundredths of a second in {watched:?}");
}

/// In hundredths of a second.
fn processor_time(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after = stat.rsplit(')').next().unwrap().split_whitespace().collect::<Vec<_>>();
    after[11].parse::<u64>().unwrap() + after[12].parse::<u64>().unwrap()
}
