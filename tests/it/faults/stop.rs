//! F14 under load: whoever was heard is answered, nothing acknowledged is lost, and the server ends with 0.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    sync::{Barrier, Semaphore},
    task::JoinSet,
};

use super::{
    party::{Party, Place, application, serve},
    rounds,
    story::next,
    wire::{Silence, request},
};

const LANES: usize = 32;

/// One that asks without a pause, on one connection, until it is told that an answer is the last.
async fn asks(place: Place, party: Arc<Party>, (heard, begun): (Arc<Semaphore>, Arc<Barrier>), writes: bool) -> Result<Vec<String>, Silence> {
    let (mut wire, mut made, mut begun) = (place.wire(), Vec::new(), Some(begun));
    loop {
        let name = format!("arret-{}", next());
        let answer = if writes {
            let mut body = application(&name);
            body["client_id"] = name.clone().into();
            let headers = [("authorization", &*place.local), ("content-type", "application/json")];
            wire.ask(&request("POST", "/api/v1/tenants/default/clients", &headers, &body.to_string())).await?
        } else {
            wire.post("/token", &[("authorization", &party.robot)], &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await?
        };
        assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.text());
        if writes {
            made.push(name);
        }
        heard.add_permits(1);
        // A connection that nobody accepted yet is not promised anything.
        if let Some(begun) = begun.take() {
            begun.wait().await;
        }
        if answer.is_last() {
            return Ok(made);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_answers_everybody_it_heard_and_keeps_what_it_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut served = serve(&data, &[]);
    let party = Arc::new(Party::registers(&served, 1).await);
    let (mut kept, answered) = (Vec::new(), AtomicU64::new(0));
    for round in 0..rounds(2, 50) {
        let (place, heard) = (Place::of(&served), Arc::new(Semaphore::new(0)));
        let begun = Arc::new(Barrier::new(LANES + 1));
        let mut asking = JoinSet::new();
        for lane in 0..LANES {
            asking.spawn(asks(place.clone(), Arc::clone(&party), (Arc::clone(&heard), Arc::clone(&begun)), lane % 2 == 0));
        }
        // All of them are in the middle of it.
        begun.wait().await;
        heard.acquire_many(200).await.unwrap().forget();
        let began = std::time::Instant::now();
        let (status, _) = served.stop();
        let took = began.elapsed();
        assert_eq!(status.code(), Some(0), "round {round}");
        for answers in asking.join_all().await {
            kept.extend(answers.unwrap_or_else(|silence| panic!("round {round}: {silence:?} instead of an answer")));
        }
        answered.fetch_add(heard.available_permits() as u64 + 200, Ordering::SeqCst);
        assert!(took < std::time::Duration::from_secs(15), "round {round}: {took:?}");
        served = serve(&data, &[]);
        let place = Place::of(&served);
        let mut wire = place.wire();
        for name in &kept {
            let target = format!("/api/v1/tenants/default/clients/{name}");
            assert_eq!(wire.get(&target, &[("authorization", &place.local)]).await.unwrap().status, 200, "round {round}: {name}");
        }
        kept.drain(..kept.len().saturating_sub(100));
    }
    println!("F14: {} answered, none dropped", answered.load(Ordering::SeqCst));
}
