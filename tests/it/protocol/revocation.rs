//! Clients give tokens back. [RFC 7009]

use actix_web::test::TestRequest;
use parvis::{
    model::EventName,
    protocol::ErrorCode,
    values::{ClientAuthMethod, ClientId},
};

use super::{code, events, refresh, refuses_bad_parameters};
use crate::harness::House;

async fn is_active(house: &House, client: &ClientId, token: &str) -> bool {
    house.posts(client, "/introspect", &[("token", token)]).await.body["active"] == true
}

#[actix_web::test]
async fn a_refresh_token_takes_its_family_along() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid offline_access archives.lire", |_| {}).await;
    let first = house.redeems(&client.id, &text).await.unwrap();
    let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
    let said = house.posts(&client.id, "/revoke", &[("token", &refresh(&second)), ("token_type_hint", "refresh_token")]).await;
    assert_eq!((said.status.as_u16(), said.header("cache-control")), (200, Some("no-store")));
    assert_eq!(code(house.refreshes(&client.id, &refresh(&second)).await), ErrorCode::InvalidGrant);
    for answer in [&first, &second] {
        assert!(!is_active(&house, &client.id, answer.access_token.expose()).await);
    }
    assert_eq!(events(&house, EventName::TokenRevoked).await, 1);
}

#[actix_web::test]
async fn an_access_token_goes_alone() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    for scope in ["openid offline_access factures.lire", "openid offline_access archives.lire"] {
        let text = house.code(&client, scope, |_| {}).await;
        let first = house.redeems(&client.id, &text).await.unwrap();
        for _ in 0..2 {
            assert_eq!(house.posts(&client.id, "/revoke", &[("token", first.access_token.expose())]).await.status, 200);
        }
        assert!(!is_active(&house, &client.id, first.access_token.expose()).await);
        let second = house.refreshes(&client.id, &refresh(&first)).await.unwrap();
        assert!(is_active(&house, &client.id, second.access_token.expose()).await);
    }
}

#[actix_web::test]
async fn a_clients_own_token_can_be_given_back() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let answer = house.asks(&client.id, &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await.unwrap();
    assert!(is_active(&house, &client.id, answer.access_token.expose()).await);
    house.posts(&client.id, "/revoke", &[("token", answer.access_token.expose())]).await;
    assert!(!is_active(&house, &client.id, answer.access_token.expose()).await);
}

#[actix_web::test]
async fn what_is_no_token_or_ended_is_as_good_as_revoked() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |_| {}).await;
    let ended = house.redeems(&client.id, &text).await.unwrap();
    house.waits(600);
    for token in ["never-issued", "a.b.c", ended.access_token.expose()] {
        assert_eq!(house.posts(&client.id, "/revoke", &[("token", token)]).await.status, 200);
    }
    assert_eq!(events(&house, EventName::TokenRevoked).await, 0);
}

#[actix_web::test]
async fn another_clients_token_stays() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let other = house.registers(|client| client.id = ClientId::from("machines-demo")).await;
    for scope in ["openid offline_access factures.lire", "openid offline_access archives.lire"] {
        let text = house.code(&client, scope, |_| {}).await;
        let answer = house.redeems(&client.id, &text).await.unwrap();
        for token in [&refresh(&answer), answer.access_token.expose()] {
            let said = house.posts(&other.id, "/revoke", &[("token", token)]).await;
            assert_eq!(said.refusal(), (400, "invalid_grant", "the token was issued to another client"));
            assert!(is_active(&house, &client.id, token).await);
        }
    }
}

#[actix_web::test]
async fn a_public_client_gives_its_own_tokens_back_by_its_name() {
    let house = House::opens().await;
    let client = house.registers(|client| client.auth_method = ClientAuthMethod::None).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    let id = client.id.as_ref();
    let form =
        [("grant_type", "authorization_code"), ("code", &text), ("redirect_uri", House::REDIRECT), ("code_verifier", House::VERIFIER), ("client_id", id)];
    let said = house.sends(TestRequest::post().uri("/token").set_form(form)).await;
    let token = said.body["refresh_token"].as_str().unwrap().to_owned();
    let form = [("token", token.as_str()), ("client_id", id)];
    assert_eq!(house.sends(TestRequest::post().uri("/revoke").set_form(form)).await.status, 200);
    let form = [("grant_type", "refresh_token"), ("refresh_token", &token), ("client_id", id)];
    assert_eq!(house.sends(TestRequest::post().uri("/token").set_form(form)).await.refusal(), (400, "invalid_grant", "this refresh token is not valid here"));
}

#[actix_web::test]
async fn each_parameter_is_refused_by_its_exact_error() {
    refuses_bad_parameters("/revoke").await;
}
