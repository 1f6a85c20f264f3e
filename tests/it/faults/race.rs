//! The same secret shown two hundred times at once, over HTTP: it counts once, and whoever shows it again ends the family that came of it.

use serde_json::json;
use tokio::task::JoinSet;

use super::{
    party::{Browser, Party, Place, serve},
    wire::Answer,
};

const RACERS: usize = 200;

/// Everybody has a connection before anybody asks.
async fn race(place: &Place, party: &Party, pairs: &[(&str, &str)]) -> (Vec<Answer>, usize) {
    let gate = std::sync::Arc::new(tokio::sync::Barrier::new(RACERS));
    let mut racing = JoinSet::new();
    for _ in 0..RACERS {
        let (mut wire, party, gate) = (place.wire(), party.clone(), std::sync::Arc::clone(&gate));
        let pairs: Vec<(String, String)> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        racing.spawn(async move {
            wire.open().await.unwrap();
            gate.wait().await;
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            party.token(&mut wire, &pairs).await.unwrap()
        });
    }
    let answers = racing.join_all().await;
    let (won, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    for answer in &refused {
        assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("invalid_grant")), "{}", answer.text());
    }
    (won, refused.len())
}

fn member(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", answer.text())).to_owned()
}

async fn is_dead(place: &Place, party: &Party, answer: &Answer) {
    let mut wire = place.wire();
    let again = party.refresh(&mut wire, &member(answer, "refresh_token")).await.unwrap();
    assert_eq!((again.status, again.json()["error"].as_str()), (400, Some("invalid_grant")), "its refresh token");
    let bearer = format!("Bearer {}", member(answer, "access_token"));
    assert_eq!(wire.get("/userinfo", &[("authorization", &bearer)]).await.unwrap().status, 401, "its access token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_redemptions_at_once_one_succeeds_and_its_family_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let served = serve(&folder.path().join("data"), &[]);
    let (party, place) = (Party::registers(&served, 1).await, Place::of(&served));
    let code = Browser::default().signs_in(&mut place.wire(), &party, 0).await.unwrap();
    let pairs = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", super::party::REDIRECT)];
    let (won, refused) = race(&place, &party, &pairs).await;
    assert_eq!((won.len(), refused), (1, RACERS - 1));
    is_dead(&place, &party, &won[0]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_refreshes_at_once_without_a_retry_window_one_succeeds_and_its_family_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let served = serve(&folder.path().join("data"), &[]);
    let (party, place) = (Party::registers(&served, 1).await, Place::of(&served));
    let settings = served.api(reqwest::Method::PATCH, "/tenants/default/settings").json(&json!({"refresh_retry": 0})).send().await.unwrap();
    assert!(settings.status().is_success());
    let mut wire = place.wire();
    let code = Browser::default().signs_in(&mut wire, &party, 0).await.unwrap();
    let first = member(&party.redeem(&mut wire, &code).await.unwrap(), "refresh_token");
    let (won, refused) = race(&place, &party, &[("grant_type", "refresh_token"), ("refresh_token", &first)]).await;
    assert_eq!((won.len(), refused), (1, RACERS - 1));
    is_dead(&place, &party, &won[0]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_refreshes_at_once_within_the_retry_window_get_one_successor() {
    let folder = tempfile::tempdir().unwrap();
    let served = serve(&folder.path().join("data"), &[]);
    let (party, place) = (Party::registers(&served, 1).await, Place::of(&served));
    let mut wire = place.wire();
    let code = Browser::default().signs_in(&mut wire, &party, 0).await.unwrap();
    let first = member(&party.redeem(&mut wire, &code).await.unwrap(), "refresh_token");
    let (won, refused) = race(&place, &party, &[("grant_type", "refresh_token"), ("refresh_token", &first)]).await;
    assert_eq!((won.len(), refused), (RACERS, 0));
    let successors: std::collections::BTreeSet<String> = won.iter().map(|answer| member(answer, "refresh_token")).collect();
    assert_eq!(successors.len(), 1, "a family has one branch");
}
