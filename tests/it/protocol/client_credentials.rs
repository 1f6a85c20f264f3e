//! Clients' own tokens. [RFC 6749 §4.4]

use parvis::{
    model::{Api, ClientKind, Tenant, TenantState},
    service::keys,
    values::{Algorithm, ApiIdentifier, ClientAuthMethod, ClientId},
};
use serde_json::json;

use super::{Spoilt, TOO_LONG, TWICE, spoil};
use crate::harness::{House, claims_of};

#[actix_web::test]
async fn a_client_gets_a_token_for_itself() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let said = house.posts(&client.id, "/token", &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await;
    assert_eq!((said.status.as_u16(), said.header("cache-control")), (200, Some("no-store")));
    let now = house.tools.now().0;
    let mut claims = claims_of(said.body["access_token"].as_str().unwrap());
    let jti = claims.as_object_mut().unwrap().remove("jti").unwrap();
    assert!(!jti.as_str().unwrap().contains('.'), "it belongs to no family");
    let expected = json!({
        "iss": "https://id.aubepine.test", "sub": "espace-client", "aud": "https://factures.example", "client_id": "espace-client", "exp": now + 300, "iat": now,
        "scope": "factures.lire",
    });
    assert_eq!(claims, expected);
    let members: Vec<&String> = said.body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["access_token", "expires_in", "scope", "token_type"]);
}

#[actix_web::test]
async fn scopes_of_openid_are_passed_over_and_no_scope_means_all_of_the_one_api() {
    let house = House::opens().await;
    let client = house.registers(|client| client.scopes = "openid factures.lire factures.ecrire".parse().unwrap()).await;
    for scope in ["factures.lire factures.ecrire openid profile offline_access", "openid", ""] {
        let said = house.posts(&client.id, "/token", &[("grant_type", "client_credentials"), ("scope", scope)]).await;
        assert_eq!(said.body["scope"], "factures.ecrire factures.lire", "{scope}");
    }
}

#[actix_web::test]
async fn tokens_are_counted_by_the_minute() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let form = [("grant_type", "client_credentials"), ("scope", "factures.lire")];
    for _ in 0..3 {
        house.asks(&client.id, &form).await.unwrap();
    }
    assert!(house.counts.drain(house.tools.now()).is_empty(), "the minute is not over");
    house.waits(60);
    house.asks(&client.id, &form).await.unwrap();
    let events = house.counts.drain(house.tools.now());
    assert_eq!(events.iter().map(|event| (event.count, event.method.as_deref())).collect::<Vec<_>>(), [(Some(3), Some("client_credentials"))]);
    house.counts.restore(&events);
    let counted: Vec<_> = house.counts.drain_all().iter().map(|event| event.count).collect();
    assert_eq!(counted, [Some(3), Some(1)]);
}

#[actix_web::test]
async fn an_api_decides_what_its_tokens_look_like() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let opaque = house.asks(&client.id, &[("grant_type", "client_credentials"), ("scope", "archives.lire")]).await.unwrap();
    assert_eq!(opaque.access_token.expose().len(), 43);
    for algorithm in Algorithm::ALL {
        let api = Api::key_of(house.tenant, &ApiIdentifier::from("https://factures.example"));
        house.changes::<Api>(api, |api| api.algorithm = *algorithm).await;
        let jwt = house.asks(&client.id, &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await.unwrap();
        let set: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&keys::jwks(&house.tools, house.root()).await.unwrap()).unwrap();
        let header = jsonwebtoken::decode_header(jwt.access_token.expose()).unwrap();
        assert_eq!((format!("{:?}", header.alg).to_uppercase(), header.typ.as_deref()), (algorithm.as_str().to_uppercase(), Some("at+jwt")));
        let key = jsonwebtoken::DecodingKey::from_jwk(set.find(&header.kid.unwrap()).unwrap()).unwrap();
        let mut rules = jsonwebtoken::Validation::new(header.alg);
        rules.set_audience(&["https://factures.example"]);
        rules.validate_exp = false;
        jsonwebtoken::decode::<serde_json::Value>(jwt.access_token.expose(), &key, &rules).unwrap();
    }
}

#[actix_web::test]
async fn each_parameter_is_refused_by_its_exact_error() {
    let house = House::opens().await;
    let client = house.registers(|client| client.scopes = "openid factures.lire archives.lire unknown.lire".parse().unwrap()).await;
    let long = "x".repeat(3000);
    let cases: [Spoilt<'_>; 6] = [
        ("scope", &["factures.lire", "factures.lire"], TWICE),
        ("scope", &[&long], TOO_LONG),
        ("scope", &["\u{e9}"], (400, "invalid_scope", "scope holds characters that no scope has")),
        ("scope", &["factures.ecrire"], (400, "invalid_scope", "this client is not registered for this scope")),
        ("scope", &["factures.lire archives.lire"], (400, "invalid_scope", "the scopes of one request belong to one API")),
        ("scope", &["unknown.lire"], (400, "invalid_scope", "no API has this scope")),
    ];
    for (name, values, expected) in cases {
        let said = house.posts(&client.id, "/token", &spoil(&[("grant_type", "client_credentials")], name, values)).await;
        assert_eq!(said.refusal(), expected, "{name}={values:?}");
    }
    let poor = house.registers(|client| (client.id, client.scopes) = (ClientId::from("pauvre"), "openid".parse().unwrap())).await;
    let said = house.posts(&poor.id, "/token", &[("grant_type", "client_credentials")]).await;
    assert_eq!(said.refusal(), (400, "invalid_scope", "this client is not registered for the scope of any API"));
}

#[actix_web::test]
async fn a_public_client_and_a_disabled_tenant_get_nothing() {
    let house = House::opens().await;
    let public =
        house.registers(|client| (client.id, client.kind, client.auth_method) = (ClientId::from("mobile"), ClientKind::Native, ClientAuthMethod::None)).await;
    let form = [("grant_type", "client_credentials"), ("client_id", public.id.as_ref())];
    let said = house.sends(actix_web::test::TestRequest::post().uri("/token").set_form(form)).await;
    assert_eq!(said.refusal(), (400, "unauthorized_client", "a public client has no tokens of its own"));
    let client = house.registers(|_| {}).await;
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".to_owned() }).await;
    let said = house.posts(&client.id, "/token", &[("grant_type", "client_credentials")]).await;
    assert_eq!(said.refusal(), super::NO_CLIENT);
}
