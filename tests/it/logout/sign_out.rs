//! What one commit does when a session ends.

use std::sync::Arc;

use futures_util::future::join_all;
use parvis::{model::SessionEnd, service::sign_out::end_session, storage::Paging};

use super::stage::Stage;

#[tokio::test]
async fn the_session_its_grants_and_the_messages_change_in_one_commit() {
    let stage = Stage::new().await;
    let told = stage.client("espace-client", Some("https://espace-client.example/told")).await;
    let silent = stage.client("actes-demo", None).await;
    let session = stage.session(&[told.clone(), silent.clone()]).await;
    let short = stage.grant(&session, &told, "openid email").await;
    let offline = stage.grant(&session, &silent, "openid offline_access").await;
    let sid = session.sid.clone();

    let out = end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap();

    assert_eq!(out.clients.iter().map(|client| client.client.as_ref()).collect::<Vec<_>>(), ["espace-client"]);
    let now = stage.tools.now();
    assert_eq!(stage.reload(&sid).await.ended, Some((now, SessionEnd::SignedOut)));
    assert!(!stage.tools.reads().grant(short).await.unwrap().unwrap().is_live_at(now));
    assert!(stage.tools.reads().grant(offline).await.unwrap().unwrap().is_live_at(now), "offline access outlives the session");
    assert_eq!(stage.tools.reads().queued_messages(Paging::first(10)).await.unwrap().len(), 1);
    assert_eq!(stage.audited().await, ["logout.requested", "session.ended"]);
}

#[tokio::test]
async fn ending_a_session_twice_tells_nobody_twice() {
    let stage = Stage::new().await;
    let client = stage.client("espace-client", Some("https://espace-client.example/told")).await;
    let session = stage.session(&[client]).await;
    let sid = session.sid.clone();
    let stage = Arc::new(stage);
    let ends = join_all((0..20).map(|_| {
        let (stage, session) = (Arc::clone(&stage), session.clone());
        async move { end_session(&stage.tools, session, SessionEnd::SignedOut, &stage.asked()).await.unwrap().clients.len() }
    }));
    assert_eq!(ends.await.iter().sum::<usize>(), 1);
    let again = end_session(&stage.tools, stage.reload(&sid).await, SessionEnd::Revoked, &stage.asked()).await.unwrap();
    assert!(again.clients.is_empty());
    assert_eq!(stage.reload(&sid).await.ended.as_ref().unwrap().1, SessionEnd::SignedOut);
    assert_eq!(stage.tools.reads().queued_messages(Paging::first(10)).await.unwrap().len(), 1);
    assert_eq!(stage.audited().await.len(), 2);
}

#[tokio::test]
async fn more_grants_than_one_page_all_end() {
    let stage = Stage::new().await;
    let client = stage.client("espace-client", None).await;
    let session = stage.session(std::slice::from_ref(&client)).await;
    let mut grants = Vec::new();
    for _ in 0..1100 {
        grants.push(stage.grant(&session, &client, "openid").await);
    }
    end_session(&stage.tools, session, SessionEnd::Revoked, &stage.asked()).await.unwrap();
    for grant in grants {
        assert!(stage.tools.reads().grant(grant).await.unwrap().unwrap().revoked_at.is_some());
    }
    assert_eq!(stage.audited().await, ["session.revoked"], "nobody asked to sign out: somebody who may ended it");
}
