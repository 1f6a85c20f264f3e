//! New tokens for old ones, and how a stolen one is noticed. [RFC 6749 §6, RFC 9700 §4.14]

use std::collections::HashSet;

use parvis::{
    model::{Account, AccountState, Client, ClientKind, EventName, Session, SessionEnd, Tenant, TenantState},
    protocol::{ErrorCode, token::TokenAnswer},
    storage::Batch,
    values::{ClientId, Digest},
};
use tokio::task::JoinSet;

use super::{Spoilt, TOO_LONG, TWICE, code, events, refresh, spoil};
use crate::harness::{House, claims_of};

/// A client with a refresh token for everything.
async fn begins(change: impl FnOnce(&mut Client)) -> (House, Client, TokenAnswer) {
    let house = House::opens().await;
    let client = house.registers(change).await;
    let text = house.code(&client, "openid profile offline_access factures.lire factures.ecrire", |_| {}).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    (house, client, answer)
}

/// Everybody asks at once.
async fn race(house: &House, client: &ClientId, token: &str, times: usize) -> (Vec<TokenAnswer>, Vec<ErrorCode>) {
    let mut racing = JoinSet::new();
    for _ in 0..times {
        let (house, client, token) = (house.clone(), client.clone(), token.to_owned());
        racing.spawn(async move { house.refreshes(&client, &token).await });
    }
    let (mut won, mut refused) = (Vec::new(), Vec::new());
    while let Some(answer) = racing.join_next().await {
        match answer.unwrap() {
            Ok(answer) => won.push(answer),
            refusal => refused.push(code(refusal)),
        }
    }
    (won, refused)
}

#[actix_web::test]
async fn a_refresh_brings_new_tokens_of_the_same_sign_in() {
    let (house, client, first) = begins(|_| {}).await;
    house.waits(1000);
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    assert_ne!(refresh(&second), refresh(&first));
    let (before, after) = (claims_of(first.id_token.unwrap().expose()), claims_of(second.id_token.unwrap().expose()));
    for same in ["iss", "sub", "aud", "azp", "auth_time", "sid", "acr", "amr"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert_eq!(after["iat"], house.tools.now().0);
    assert!(before.get("nonce").is_some() && after.get("nonce").is_none());
    assert_eq!(second.scope, first.scope);
    assert_eq!(events(&house, EventName::TokenRefreshed).await, 1);
}

#[actix_web::test]
async fn a_client_whose_answer_got_lost_gets_the_same_successor_again() {
    let (house, client, first) = begins(|_| {}).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    house.waits(29);
    let again = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    assert_eq!(refresh(&again), refresh(&second));
    assert!(house.refreshes(&client.id, &refresh(&second)).await.is_ok());
}

#[actix_web::test]
async fn a_token_that_was_replaced_before_the_retry_window_kills_its_family() {
    let (house, client, first) = begins(|_| {}).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    house.waits(30);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&first)).await), ErrorCode::InvalidGrant);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
    assert_eq!(events(&house, EventName::CodeReplayed).await, 1);
}

#[actix_web::test]
async fn the_window_closes_when_the_successor_is_used() {
    let (house, client, first) = begins(|_| {}).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    let third = house.refreshes(&client.id, &refresh(&second)).await.unwrap();
    assert_eq!(code(house.refreshes(&client.id, &refresh(&first)).await), ErrorCode::InvalidGrant);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&third)).await), ErrorCode::InvalidGrant);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_refreshes_at_once_get_one_successor_between_them() {
    let (house, client, first) = begins(|_| {}).await;
    let (won, refused) = race(&house, &client.id, &refresh(&first), 200).await;
    assert_eq!((won.len(), refused.len()), (200, 0));
    let successors: HashSet<String> = won.iter().map(refresh).collect();
    assert_eq!(successors.len(), 1);
    assert!(house.refreshes(&client.id, successors.iter().next().unwrap()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_reuses_at_once_kill_the_family_once() {
    let (house, client, first) = begins(|_| {}).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    house.waits(31);
    let (won, refused) = race(&house, &client.id, &refresh(&first), 200).await;
    assert_eq!((won.len(), refused.len()), (0, 200));
    assert!(refused.iter().all(|code| *code == ErrorCode::InvalidGrant));
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
    assert_eq!(events(&house, EventName::CodeReplayed).await, 1);
}

#[actix_web::test]
async fn less_may_be_asked_for_and_more_may_not() {
    let (house, client, first) = begins(|_| {}).await;
    let ask = |token: String, scope: &'static str| {
        let (house, id) = (house.clone(), client.id.clone());
        async move { house.asks(&id, &[("grant_type", "refresh_token"), ("refresh_token", &token), ("scope", scope)]).await }
    };
    let less = ask(refresh(&first), "factures.lire").await.unwrap();
    assert_eq!(less.scope.to_string(), "factures.lire");
    assert!(less.id_token.is_none());
    assert_eq!(code(ask(refresh(&less), "factures.lire email").await), ErrorCode::InvalidScope);
    let none = ask(refresh(&less), "openid").await.unwrap();
    assert_eq!(claims_of(none.access_token.expose())["aud"], "https://id.aubepine.test");
    let all = house.refreshes(&client.id, &refresh(&none)).await.unwrap();
    assert_eq!(all.scope, first.scope);
}

#[actix_web::test]
async fn a_scope_that_the_client_lost_is_not_refreshed() {
    let (house, client, first) = begins(|_| {}).await;
    house.changes::<Client>(Client::key_of(house.tenant, &client.id), |client| client.scopes = "openid offline_access".parse().unwrap()).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    assert_eq!(second.scope.to_string(), "offline_access openid");
}

#[actix_web::test]
async fn a_token_that_is_not_used_dies_and_one_that_is_used_dies_later() {
    const DAY: u64 = 86_400;
    let (house, client, mut answer) = begins(|_| {}).await;
    for _ in 0..6 {
        house.waits(14 * DAY - 1);
        answer = house.refreshes(&client.id, &refresh(&answer)).await.unwrap();
    }
    house.waits(6 * DAY + 6);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&answer)).await), ErrorCode::InvalidGrant);

    let (house, client, answer) = begins(|_| {}).await;
    house.waits(14 * DAY);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&answer)).await), ErrorCode::InvalidGrant);
}

#[actix_web::test]
async fn in_a_browser_a_family_lives_for_a_day() {
    let (house, client, first) = begins(|client| client.kind = ClientKind::Browser).await;
    house.waits(86_399);
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    assert_eq!(second.expires_in, 1);
    house.waits(1);
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
}

#[actix_web::test]
async fn offline_access_survives_sign_out_and_nothing_survives_the_account_or_the_tenant() {
    let (house, client, first) = begins(|_| {}).await;
    let now = house.tools.now();
    house.changes::<Session>(Session::key_of(&Digest([9; 32])), |session| session.ended = Some((now, SessionEnd::SignedOut))).await;
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Locked).await;
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Active).await;
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".to_owned() }).await;
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
}

#[actix_web::test]
async fn a_token_in_the_wrong_hands_does_no_harm_there() {
    let (house, client, first) = begins(|_| {}).await;
    let other = house.registers(|client| client.id = ClientId::from("machines-demo")).await;
    assert_eq!(code(house.refreshes(&other.id, &refresh(&first)).await), ErrorCode::InvalidGrant);
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    house.waits(60);
    assert_eq!(code(house.refreshes(&other.id, &refresh(&first)).await), ErrorCode::InvalidGrant);
    let form = [("grant_type", "refresh_token"), ("refresh_token", &refresh(&second))];
    assert_eq!(house.posts(&client.id, "/aubepine/oauth2/v2.0/token", &form).await.refusal(), (400, "invalid_grant", "this refresh token is not valid here"));
    assert!(house.refreshes(&client.id, &refresh(&second)).await.is_ok());
}

#[actix_web::test]
async fn a_token_that_somebody_made_up_for_a_family_does_no_harm() {
    let (house, client, first) = begins(|_| {}).await;
    let real = refresh(&first);
    let flipped = if real.as_bytes()[40] == b'A' { "B" } else { "A" };
    let made_up = format!("{}{flipped}{}", &real[..40], &real[41..]);
    assert_eq!(code(house.refreshes(&client.id, &made_up).await), ErrorCode::InvalidGrant);
    assert!(house.refreshes(&client.id, &real).await.is_ok());
}

#[actix_web::test]
async fn an_opaque_access_token_is_refreshed_too() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "offline_access archives.lire", |_| {}).await;
    let first = house.redeems(&client.id, &text).await.unwrap();
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    let again = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    for answer in [&first, &second, &again] {
        assert_eq!(answer.access_token.expose().len(), 43);
        let said = house.posts(&client.id, "/introspect", &[("token", answer.access_token.expose())]).await;
        assert_eq!(said.body["active"], true);
    }
}

#[actix_web::test]
async fn each_parameter_of_a_refresh_is_refused_by_its_exact_error() {
    let (house, client, first) = begins(|_| {}).await;
    let long = "x".repeat(3000);
    let invalid = (400, "invalid_grant", "this refresh token is not valid here");
    let cases: [Spoilt<'_>; 8] = [
        ("refresh_token", &[], (400, "invalid_request", "refresh_token is missing")),
        ("refresh_token", &[""], (400, "invalid_request", "refresh_token is missing")),
        ("refresh_token", &["a", "b"], TWICE),
        ("refresh_token", &[&long], TOO_LONG),
        ("refresh_token", &["never-issued"], invalid),
        ("scope", &["openid", "openid"], TWICE),
        ("scope", &[&long], TOO_LONG),
        ("scope", &["openid \"quoted\""], (400, "invalid_scope", "scope holds characters that no scope has")),
    ];
    let token = refresh(&first);
    let right = [("grant_type", "refresh_token"), ("refresh_token", token.as_str())];
    for (name, values, expected) in cases {
        let said = house.posts(&client.id, "/token", &spoil(&right, name, values)).await;
        assert_eq!(said.refusal(), expected, "{name}={values:?}");
    }
    let said = house.posts(&client.id, "/token", &spoil(&right, "scope", &[""])).await;
    assert_eq!(said.status, 200, "an empty scope is no scope: {}", said.body);
}

#[actix_web::test]
async fn for_an_api_that_was_taken_away_nothing_new_is_issued() {
    let (house, client, answer) = begins(|_| {}).await;
    let api = house.tools.reads().api(house.tenant, &"https://factures.example".into()).await.unwrap().unwrap();
    let mut batch = Batch::new(house.tools.now());
    batch.delete(&api);
    house.tools.store.commit(batch).await.unwrap();
    assert_eq!(code(house.refreshes(&client.id, &refresh(&answer)).await), ErrorCode::InvalidGrant);
    let said = house.posts(&client.id, "/introspect", &[("token", answer.access_token.expose())]).await;
    assert_eq!(said.body["active"], true, "what was issued counts until it ends");
    house.waits(300);
    assert_eq!(house.posts(&client.id, "/introspect", &[("token", answer.access_token.expose())]).await.body["active"], false);
}
