//! APIs ask about tokens. [RFC 7662]

use actix_web::test::TestRequest;
use parvis::{
    model::{Account, AccountState, Client, ClientState},
    values::{ClientAuthMethod, ClientId},
};
use serde_json::json;

use super::{NO_CLIENT, refresh, refuses_bad_parameters};
use crate::harness::House;

#[actix_web::test]
async fn a_token_that_counts_is_described() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let api = house.registers(|client| client.id = ClientId::from("factures")).await;
    let now = house.tools.now().0;
    for (scope, aud) in [("factures.lire", "https://factures.example"), ("archives.lire", "https://archives.example")] {
        let text = house.code(&client, scope, |_| {}).await;
        let answer = house.redeems(&client.id, &text).await.unwrap();
        let mut said = house.posts(&api.id, "/introspect", &[("token", answer.access_token.expose()), ("token_type_hint", "access_token")]).await;
        said.body.as_object_mut().unwrap().remove("jti").unwrap();
        let expected = json!({
            "active": true, "iss": "https://id.aubepine.test", "sub": house.camille.id, "aud": aud, "client_id": "espace-client", "scope": scope,
            "token_type": "Bearer", "exp": now + 300, "iat": now, "auth_time": now - 100, "acr": "urn:parvis:acr:1", "amr": ["pwd"],
        });
        assert_eq!((said.status.as_u16(), said.header("cache-control"), &said.body), (200, Some("no-store"), &expected));
    }
}

#[actix_web::test]
async fn of_a_token_that_does_not_count_nothing_is_said() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let nothing = json!({ "active": false });
    for (token, scope) in [("never-issued", ""), ("a.b.c", ""), ("", "factures.lire"), ("", "archives.lire")] {
        let mut token = token.to_owned();
        if token.is_empty() {
            let text = house.code(&client, scope, |_| {}).await;
            token = house.redeems(&client.id, &text).await.unwrap().access_token.expose().clone();
            assert_eq!(house.posts(&client.id, "/introspect", &[("token", &token)]).await.body["active"], true);
            house.waits(300);
        }
        assert_eq!(house.posts(&client.id, "/introspect", &[("token", &token)]).await.body, nothing);
    }
    let text = house.code(&client, "factures.lire", |_| {}).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    let form = [("token", answer.access_token.expose().as_str())];
    assert_eq!(house.posts(&client.id, "/aubepine/oauth2/v2.0/introspect", &form).await.body, nothing, "it is nothing at another issuer");
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    assert_eq!(house.posts(&client.id, "/introspect", &form).await.body, nothing);
}

#[actix_web::test]
async fn a_clients_own_token_counts_as_long_as_the_client_does() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let api = house.registers(|client| client.id = ClientId::from("factures")).await;
    let answer = house.asks(&client.id, &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await.unwrap();
    let form = [("token", answer.access_token.expose().as_str())];
    let said = house.posts(&api.id, "/introspect", &form).await;
    assert_eq!((&said.body["active"], &said.body["sub"]), (&json!(true), &json!("espace-client")));
    house.changes::<Client>(Client::key_of(house.tenant, &client.id), |client| client.state = ClientState::Disabled).await;
    assert_eq!(house.posts(&api.id, "/introspect", &form).await.body, json!({ "active": false }));
}

#[actix_web::test]
async fn a_refresh_token_is_described_to_its_own_client_only() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let other = house.registers(|client| client.id = ClientId::from("factures")).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    let token = refresh(&house.redeems(&client.id, &text).await.unwrap());
    let said = house.posts(&client.id, "/introspect", &[("token", &token)]).await;
    let now = house.tools.now().0;
    let expected = json!({
        "active": true, "iss": "https://id.aubepine.test", "sub": house.camille.id, "client_id": "espace-client", "scope": "offline_access openid",
        "exp": now + 14 * 86_400, "iat": now,
    });
    assert_eq!(said.body, expected);
    assert_eq!(house.posts(&other.id, "/introspect", &[("token", &token)]).await.body, json!({ "active": false }));
    house.refreshes(&client.id, &token).await.unwrap();
    assert_eq!(house.posts(&client.id, "/introspect", &[("token", &token)]).await.body, json!({ "active": false }));
}

#[actix_web::test]
async fn whoever_does_not_prove_who_it_is_learns_nothing() {
    let house = House::opens().await;
    let public = house.registers(|client| (client.id, client.auth_method) = (ClientId::from("mobile"), ClientAuthMethod::None)).await;
    let form = [("token", "x"), ("client_id", public.id.as_ref())];
    assert_eq!(house.sends(TestRequest::post().uri("/introspect").set_form(form)).await.refusal(), NO_CLIENT);
}

#[actix_web::test]
async fn each_parameter_is_refused_by_its_exact_error() {
    let (house, client) = refuses_bad_parameters("/introspect").await;
    let said = house.posts(&client.id, "/introspect", &[("token", "x"), ("token_type_hint", "nonsense")]).await;
    assert_eq!(said.body, json!({ "active": false }), "a hint is only a hint");
}
