//! Logout tokens reach the clients, or are given up in the end.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parvis::{
    crypto::TokenKind,
    model::{Message, MessageState, SessionEnd},
    service::{keys, sign_out::end_session},
    storage::{Paging, Reads},
};
use serde_json::{Value, json};

use super::{
    receiver::{Receiver, Reply},
    stage::Stage,
};

fn token_in(body: &str) -> String {
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(body).unwrap();
    assert_eq!(fields.len(), 1, "{fields:?}");
    assert_eq!(fields[0].0, "logout_token");
    fields[0].1.clone()
}

/// The client that a logout token is for.
fn told(body: &str) -> String {
    let token = token_in(body);
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    claims["aud"].as_str().unwrap().to_owned()
}

async fn failed(reads: Reads<'_>) -> Vec<Message> {
    reads.failed_messages(Paging::first(100)).await.unwrap().into_iter().map(parvis::storage::Loaded::into_value).collect()
}

#[tokio::test]
async fn each_client_of_the_session_gets_a_logout_token_with_its_sid() {
    let mut stage = Stage::new().await;
    let (first, second) = (Receiver::start(Reply::Status(200)).await, Receiver::start(Reply::Status(204)).await);
    let clients = [stage.client("espace-client", Some(&first.url("/told"))).await, stage.client("factures", Some(&second.url("/told"))).await];
    let session = stage.session(&clients).await;
    let sid = session.sid.clone();
    let mut outbox = stage.outbox();
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();

    assert_eq!(outbox.pass().await, 2);

    let keys = keys::of(&stage.tools, stage.issuer).await.unwrap();
    for (receiver, client) in [(&first, "espace-client"), (&second, "factures")] {
        let requests = receiver.requests();
        assert_eq!(requests.len(), 1);
        let token = token_in(&requests[0]);
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap()).unwrap();
        assert_eq!((header["alg"].as_str(), header["typ"].as_str()), (Some("ES256"), Some("logout+jwt")));
        let claims: Value = keys.read(TokenKind::Logout, &token, stage.tools.now()).unwrap();
        assert_eq!(claims["iss"], "http://localhost:8080");
        assert_eq!(claims["aud"], client);
        assert_eq!(claims["sub"], stage.subject.id.to_string());
        assert_eq!(claims["sid"], sid.as_ref());
        assert_eq!(claims["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
        assert!(claims.get("nonce").is_none());
        assert_eq!(claims["iat"], stage.tools.now().0);
        assert!(claims["exp"].as_u64().unwrap() > stage.tools.now().0);
        assert!(claims["jti"].as_str().unwrap().len() >= 22);
    }
    assert_eq!(outbox.pass().await, 0, "what arrived is not sent again");
}

#[tokio::test]
async fn a_dead_receiver_is_tried_three_times_with_longer_waits_and_then_given_up() {
    let mut stage = Stage::new().await;
    let dead = Receiver::start(Reply::Status(503)).await;
    let client = stage.client("espace-client", Some(&dead.url("/told"))).await;
    let session = stage.session(&[client]).await;
    let mut outbox = stage.outbox();
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();

    assert_eq!(outbox.pass().await, 1);
    stage.clock.advance(4);
    assert_eq!(outbox.pass().await, 0, "5 s have not passed");
    stage.clock.advance(1);
    assert_eq!(outbox.pass().await, 1);
    stage.clock.advance(59);
    assert_eq!(outbox.pass().await, 0, "60 s have not passed");
    stage.clock.advance(1);
    assert_eq!(outbox.pass().await, 1);
    stage.clock.advance(86_400);
    assert_eq!(outbox.pass().await, 0, "it was given up");

    let given_up = failed(stage.tools.reads()).await;
    assert_eq!(given_up.len(), 1);
    assert_eq!((given_up[0].state, given_up[0].tries, given_up[0].reply.as_deref()), (MessageState::Failed, 3, Some("status 503")));
    assert_eq!(stage.audited().await.last().unwrap(), "logout.backchannel_failed");
    let names: Vec<String> = dead.requests().iter().map(|body| token_in(body)).collect();
    let jti = |token: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()["jti"].clone();
    assert_eq!(jti(&names[0]), jti(&names[2]), "a repetition can be told by its jti");
}

#[tokio::test]
async fn a_receiver_that_comes_back_in_time_is_told() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(500)).await;
    let client = stage.client("espace-client", Some(&receiver.url("/told"))).await;
    let session = stage.session(&[client]).await;
    let mut outbox = stage.outbox();
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    outbox.pass().await;
    receiver.reply(Reply::Status(200));
    stage.clock.advance(5);
    assert_eq!(outbox.pass().await, 1);
    assert!(failed(stage.tools.reads()).await.is_empty());
    assert!(!stage.audited().await.contains(&"logout.backchannel_failed".to_owned()));
}

#[tokio::test]
async fn what_was_queued_before_a_restart_is_sent_after_it() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let client = stage.client("espace-client", Some(&receiver.url("/told"))).await;
    let session = stage.session(&[client]).await;
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    let mut restarted = stage.outbox_that_heard_nothing();
    assert_eq!(restarted.pass().await, 1);
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn a_client_that_was_removed_meanwhile_is_given_up_at_once() {
    let mut stage = Stage::new().await;
    let client = stage.client("espace-client", Some("https://espace-client.example/")).await;
    let session = stage.session(std::slice::from_ref(&client)).await;
    let mut outbox = stage.outbox();
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    stage.remove(&client).await;
    assert_eq!(outbox.pass().await, 1);
    assert_eq!(failed(stage.tools.reads()).await[0].reply.as_deref(), Some("nobody to tell"));
}

#[tokio::test]
async fn a_message_leaves_right_after_the_commit_that_queued_it() {
    let mut stage = Stage::new().await;
    let receiver = Receiver::start(Reply::Status(200)).await;
    let client = stage.client("espace-client", Some(&receiver.url("/told"))).await;
    let session = stage.session(&[client]).await;
    let running = tokio::task::JoinSet::from_iter([stage.outbox().run(std::future::pending())]);
    end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    receiver.wait_for(1).await;
    drop(running);
}

/// F21 in short: the person does not wait for receivers that are dead, nor do the receivers that are alive.
#[tokio::test]
async fn dead_receivers_delay_nobody() {
    /// As many as are on their way at once.
    const SLOTS: usize = 64;
    let mut stage = Stage::new().await;
    let (dead, alive) = (Receiver::start(Reply::Held).await, Receiver::start(Reply::Status(200)).await);
    let mut clients = Vec::new();
    for number in 0..5 * SLOTS {
        clients.push(stage.client(&format!("dead-{number}"), Some(&dead.url("/told"))).await);
    }
    let lively = stage.client("alive", Some(&alive.url("/told"))).await;
    let (crowd, other) = (stage.session(&clients).await, stage.session(std::slice::from_ref(&lively)).await);
    let running = tokio::task::JoinSet::from_iter([stage.outbox().run(std::future::pending())]);

    // Nobody answers: the person is signed out all the same, and every way out is taken.
    end_session(&stage.tools, crowd, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    dead.wait_for(SLOTS).await;
    end_session(&stage.tools, other, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    // As ways become free, sessions take turns: the one with a single client does not wait for all clients of the other.
    dead.release(SLOTS);
    alive.wait_for(1).await;
    assert!(dead.requests().len() < 3 * SLOTS, "{}", dead.requests().len());

    // Receivers that are known not to answer stand behind one that does, whatever the order of their messages.
    let first_to_fail = clients.iter().find(|client| dead.requests().iter().any(|body| told(body) == client.as_ref())).unwrap().clone();
    let mixed = stage.session(&[first_to_fail, lively]).await;
    end_session(&stage.tools, mixed, SessionEnd::SignedOut, &stage.asked()).await.unwrap();
    dead.release(SLOTS);
    alive.wait_for(2).await;
    assert!(dead.requests().len() < 5 * SLOTS, "{}", dead.requests().len());
    drop(running);
}
