//! Codes become tokens. [RFC 6749 §4.1.3, OpenID Connect Core §3.1.3]

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use parvis::{
    model::{Account, AccountState, ClaimRequest, Client, ClientState, EventName, Grant, Record as _, Role, Session, SessionEnd, Tenant, TenantState},
    protocol::ErrorCode,
    values::{ClientId, GrantType, OwnClaim},
};
use serde_json::json;
use tokio::task::JoinSet;

use super::{Spoilt, TOO_LONG, TWICE, code, events, spoil};
use crate::harness::{House, claims_of};

#[actix_web::test]
async fn a_code_becomes_an_access_token_and_an_id_token_that_says_who_signed_in_and_nothing_else() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let code = house.code(&client, "openid profile email", |_| {}).await;
    let answer = house.redeems(&client.id, &code).await.unwrap();

    let now = house.tools.now().0;
    let mut id = claims_of(answer.id_token.unwrap().expose());
    assert!(id.as_object_mut().unwrap().remove("at_hash").is_some());
    let expected = json!({
        "iss": "https://id.aubepine.test", "sub": house.camille.id, "aud": "espace-client", "azp": "espace-client", "exp": now + 600, "iat": now,
        "auth_time": now - 100, "nonce": "n-0S6_WzA2Mj", "acr": "urn:parvis:acr:1", "amr": ["pwd"], "sid": "session-of-camille",
    });
    assert_eq!(id, expected);

    let mut access = claims_of(answer.access_token.expose());
    assert!(access.as_object_mut().unwrap().remove("jti").is_some());
    let expected = json!({
        "iss": "https://id.aubepine.test", "sub": house.camille.id, "aud": "https://id.aubepine.test", "client_id": "espace-client", "exp": now + 600, "iat": now,
        "scope": "email openid profile", "auth_time": now - 100, "acr": "urn:parvis:acr:1", "amr": ["pwd"],
    });
    assert_eq!(access, expected);
    assert_eq!((answer.expires_in, answer.token_type), (600, "Bearer"));
    assert!(answer.refresh_token.is_none());
    assert_eq!(events(&house, EventName::TokenIssued).await, 1);
}

#[actix_web::test]
async fn a_tenants_own_issuer_adds_what_azures_clients_read() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let own = parvis::values::Issuer { form: parvis::values::IssuerForm::Tenant, ..house.root() };
    let code = house.code(&client, "openid profile email", |code| code.request.issuer = own).await;
    let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", House::REDIRECT), ("code_verifier", House::VERIFIER)];
    let said = house.posts(&client.id, "/AUBEPINE/oauth2/v2.0/token", &form).await;
    assert_eq!(said.status, 200, "{}", said.body);
    let id = claims_of(said.body["id_token"].as_str().unwrap());
    let shown: BTreeSet<&str> = id.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "acr",
        "amr",
        "at_hash",
        "aud",
        "auth_time",
        "azp",
        "email",
        "exp",
        "iat",
        "iss",
        "name",
        "nonce",
        "oid",
        "preferred_username",
        "sid",
        "sub",
        "tid",
        "ver",
    ];
    assert_eq!(shown, BTreeSet::from(expected));
    assert_eq!(id["iss"], format!("https://id.aubepine.test/{}/v2.0", house.tenant));
    assert_eq!((&id["oid"], &id["ver"], &id["name"]), (&json!(house.camille.id), &json!("2.0"), &json!("Camille Éon")));
}

#[actix_web::test]
async fn a_claim_asked_for_by_name_is_in_the_id_token_if_the_client_may_ask_for_its_scope() {
    let house = House::opens().await;
    let client = house.registers(|client| client.scopes = "openid email".parse().unwrap()).await;
    let ask = |code: &mut parvis::model::AuthorizationCode| {
        for name in ["email", "name", "shoe_size"] {
            code.request.claims.id_token.insert(name.to_owned(), ClaimRequest::default());
        }
    };
    let code = house.code(&client, "openid", ask).await;
    let id = claims_of(house.redeems(&client.id, &code).await.unwrap().id_token.unwrap().expose());
    assert_eq!(id["email"], "camille@courriel.test");
    assert!(id.get("name").is_none() && id.get("shoe_size").is_none());
}

/// M-090
#[actix_web::test]
async fn roles_stand_in_the_id_token_of_a_client_that_is_registered_for_them() {
    let house = House::opens().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.roles = [Role::Auditor].into()).await;
    let client = house.registers(|client| client.id_token_claims = [OwnClaim::Roles, OwnClaim::NewUser].into()).await;
    let code = house.code(&client, "openid", |_| {}).await;
    let id = claims_of(house.redeems(&client.id, &code).await.unwrap().id_token.unwrap().expose());
    assert_eq!((&id["roles"], id.get("newUser")), (&json!(["auditor"]), None));
    house.changes::<Client>(client.key(), |client| client.id_token_claims.clear()).await;
    let code = house.code(&client, "openid", |_| {}).await;
    let id = claims_of(house.redeems(&client.id, &code).await.unwrap().id_token.unwrap().expose());
    assert_eq!(id.get("roles"), None);
}

#[actix_web::test]
async fn an_access_token_for_an_api_names_it_and_lives_as_it_says() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let code = house.code(&client, "openid factures.lire", |_| {}).await;
    let answer = house.redeems(&client.id, &code).await.unwrap();
    assert_eq!(claims_of(answer.access_token.expose())["aud"], "https://factures.example");
    assert_eq!(answer.expires_in, 300);
}

#[actix_web::test]
async fn without_openid_there_is_no_id_token() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let code = house.code(&client, "factures.lire", |_| {}).await;
    assert!(house.redeems(&client.id, &code).await.unwrap().id_token.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_redemptions_at_once_one_succeeds_and_its_family_is_revoked() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    let mut racing = JoinSet::new();
    for _ in 0..200 {
        let (house, client, text) = (house.clone(), client.id.clone(), text.clone());
        racing.spawn(async move { house.redeems(&client, &text).await });
    }
    let (mut won, mut refused) = (Vec::new(), 0);
    while let Some(answer) = racing.join_next().await {
        match answer.unwrap() {
            Ok(answer) => won.push(answer),
            Err(refusal) => {
                assert_eq!(code::<()>(Err(refusal)), ErrorCode::InvalidGrant);
                refused += 1;
            }
        }
    }
    assert_eq!((won.len(), refused), (1, 199));
    let refresh = won[0].refresh_token.as_ref().unwrap();
    assert_eq!(code(house.refreshes(&client.id, refresh.expose()).await), ErrorCode::InvalidGrant);
    let bearer = format!("Bearer {}", won[0].access_token.expose());
    assert_eq!(events(&house, EventName::CodeReplayed).await, 1);
    assert_eq!(house.sends(TestRequest::get().uri("/userinfo").insert_header(("authorization", bearer))).await.status, 401);
}

#[actix_web::test]
async fn a_replay_after_the_codes_end_still_revokes_its_family() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    house.waits(120);
    assert_eq!(code(house.redeems(&client.id, &text).await), ErrorCode::InvalidGrant);
    assert_eq!(code(house.refreshes(&client.id, answer.refresh_token.unwrap().expose()).await), ErrorCode::InvalidGrant);
}

#[actix_web::test]
async fn another_clients_try_does_no_harm() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let other = house.registers(|client| client.id = ClientId::from("machines-demo")).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    assert_eq!(code(house.redeems(&other.id, &text).await), ErrorCode::InvalidGrant);
    let answer = house.redeems(&client.id, &text).await.unwrap();
    assert_eq!(code(house.redeems(&other.id, &text).await), ErrorCode::InvalidGrant);
    assert!(house.refreshes(&client.id, answer.refresh_token.unwrap().expose()).await.is_ok());
}

#[actix_web::test]
async fn a_code_is_nothing_at_another_issuer() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |_| {}).await;
    let form = [("grant_type", "authorization_code"), ("code", text.as_str()), ("redirect_uri", House::REDIRECT), ("code_verifier", House::VERIFIER)];
    let said = house.posts(&client.id, "/aubepine/oauth2/v2.0/token", &form).await;
    assert_eq!(said.refusal(), (400, "invalid_grant", "this code is not valid here"));
}

/// What happens between the code and its redemption.
enum Meanwhile {
    Tenant,
    Account,
    Session,
    Time,
}

async fn meanwhile(house: &House, what: &Meanwhile) {
    let now = house.tools.now();
    match what {
        Meanwhile::Tenant => {
            house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".to_owned() }).await;
        }
        Meanwhile::Account => house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await,
        Meanwhile::Session => {
            house.changes::<Session>(Session::key_of(&parvis::values::Digest([9; 32])), |session| session.ended = Some((now, SessionEnd::SignedOut))).await;
        }
        Meanwhile::Time => house.waits(60),
    }
}

#[actix_web::test]
async fn a_code_dies_with_what_it_rests_on() {
    for what in [Meanwhile::Tenant, Meanwhile::Account, Meanwhile::Session, Meanwhile::Time] {
        let house = House::opens().await;
        let client = house.registers(|_| {}).await;
        let text = house.code(&client, "openid", |_| {}).await;
        meanwhile(&house, &what).await;
        assert_eq!(code(house.redeems(&client.id, &text).await), ErrorCode::InvalidGrant);
    }
}

#[actix_web::test]
async fn a_disabled_client_gets_nothing() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |_| {}).await;
    house.changes::<Client>(Client::key_of(house.tenant, &client.id), |client| client.state = ClientState::Disabled).await;
    assert_eq!(code(house.redeems(&client.id, &text).await), ErrorCode::InvalidClient);
}

#[actix_web::test]
async fn offline_access_without_the_grant_type_brings_no_refresh_token_and_is_not_said_to() {
    let house = House::opens().await;
    let client = house.registers(|client| client.grant_types = [GrantType::AuthorizationCode].into()).await;
    let text = house.code(&client, "openid offline_access", |_| {}).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    assert!(answer.refresh_token.is_none() && !answer.scope.has("offline_access"));
}

#[actix_web::test]
async fn a_grant_without_refresh_token_ends_with_its_access_token() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let mut grant = None;
    let text = house.code(&client, "openid", |code| grant = Some(code.grant)).await;
    house.redeems(&client.id, &text).await.unwrap();
    let kept = house.tools.store.load::<Grant>(&Grant::key_of(grant.unwrap()), house.tools.now()).await.unwrap().unwrap();
    assert_eq!(kept.until, house.tools.now().plus(600));
}

#[actix_web::test]
async fn answers_are_private() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |_| {}).await;
    let form = [("grant_type", "authorization_code"), ("code", text.as_str()), ("redirect_uri", House::REDIRECT), ("code_verifier", House::VERIFIER)];
    let said = house.posts(&client.id, "/token", &form).await;
    assert_eq!((said.status.as_u16(), said.header("cache-control"), said.header("content-type")), (200, Some("no-store"), Some("application/json")));
}

#[actix_web::test]
async fn each_parameter_of_a_redemption_is_refused_by_its_exact_error() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let long = "x".repeat(3000);
    let verifier = "y".repeat(43);
    let cases: [Spoilt<'_>; 20] = [
        ("grant_type", &[], (400, "invalid_request", "grant_type is missing")),
        ("grant_type", &[""], (400, "invalid_request", "grant_type is missing")),
        ("grant_type", &["authorization_code", "authorization_code"], TWICE),
        ("grant_type", &[&long], TOO_LONG),
        ("grant_type", &["password"], (400, "unsupported_grant_type", "this grant_type is not known here")),
        ("code", &[], (400, "invalid_request", "code is missing")),
        ("code", &[""], (400, "invalid_request", "code is missing")),
        ("code", &["a", "a"], TWICE),
        ("code", &[&long], TOO_LONG),
        ("code", &["never-issued"], (400, "invalid_grant", "this code is not valid here")),
        ("redirect_uri", &[], (400, "invalid_request", "redirect_uri is missing")),
        ("redirect_uri", &[""], (400, "invalid_request", "redirect_uri is missing")),
        ("redirect_uri", &[House::REDIRECT, House::REDIRECT], TWICE),
        ("redirect_uri", &[&long], TOO_LONG),
        ("redirect_uri", &["https://espace.example/retour/"], (400, "invalid_grant", "redirect_uri is not the one of the authorization request")),
        ("code_verifier", &[], (400, "invalid_request", "code_verifier is missing")),
        ("code_verifier", &[""], (400, "invalid_request", "code_verifier is missing")),
        ("code_verifier", &[House::VERIFIER, House::VERIFIER], TWICE),
        ("code_verifier", &[&long], TOO_LONG),
        ("code_verifier", &[&verifier], (400, "invalid_grant", "code_verifier does not belong to the code_challenge")),
    ];
    for (name, values, expected) in cases {
        let text = house.code(&client, "openid", |_| {}).await;
        let right = [("grant_type", "authorization_code"), ("code", text.as_str()), ("redirect_uri", House::REDIRECT), ("code_verifier", House::VERIFIER)];
        let said = house.posts(&client.id, "/token", &spoil(&right, name, values)).await;
        assert_eq!(said.refusal(), expected, "{name}={values:?}");
        assert_eq!(said.header("cache-control"), Some("no-store"));
    }
}

#[actix_web::test]
async fn a_verifier_for_a_code_that_was_asked_for_without_challenge_is_refused() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |code| code.request.code_challenge = None).await;
    assert_eq!(code(house.redeems(&client.id, &text).await), ErrorCode::InvalidGrant);
}

#[actix_web::test]
async fn a_client_that_is_not_registered_for_a_grant_is_told_so() {
    let house = House::opens().await;
    let client = house.registers(|client| client.grant_types = [GrantType::ClientCredentials].into()).await;
    let said = house.posts(&client.id, "/token", &[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
    assert_eq!(said.refusal(), (400, "unauthorized_client", "this client is not registered for this grant_type"));
}

#[actix_web::test]
async fn other_bodies_other_methods_and_other_tenants_are_refused() {
    let house = House::opens().await;
    let json = TestRequest::post().uri("/token").insert_header(("content-type", "application/json")).set_payload(r#"{"grant_type":"client_credentials"}"#);
    assert_eq!(house.sends(json).await.refusal(), (400, "invalid_request", "the body must be application/x-www-form-urlencoded"));
    assert_eq!(house.sends(TestRequest::get().uri("/token")).await.status, 405);
    assert_eq!(house.sends(TestRequest::post().uri("/nobody/oauth2/v2.0/token")).await.status, 404);
    let big = "x".repeat(70_000);
    let said = house.posts(&ClientId::from("espace-client"), "/token", &[("padding", &big)]).await;
    assert_eq!(said.refusal(), (400, "invalid_request", "the body is longer than 64 kB or was cut off"));
}

#[actix_web::test]
async fn a_page_of_a_registered_origin_may_read_every_answer_and_no_other_may() {
    let house = House::opens().await;
    house.registers(|client| client.kind = parvis::model::ClientKind::Browser).await;
    for (path, method) in [("/token", "POST"), ("/revoke", "POST"), ("/userinfo", "GET")] {
        for (origin, allowed) in [("https://espace.example", Some("https://espace.example")), ("https://ailleurs.example", None)] {
            let preflight = TestRequest::default().method(actix_web::http::Method::OPTIONS).uri(path);
            let said = house.sends(preflight.insert_header(("origin", origin)).insert_header(("access-control-request-method", method))).await;
            assert_eq!((said.status.as_u16(), said.header("access-control-allow-origin")), (204, allowed), "{path} from {origin}");
            assert_eq!(said.header("access-control-allow-headers"), allowed.map(|_| "Authorization, Content-Type"));
            let real = TestRequest::default().method(method.parse().unwrap()).uri(path).insert_header(("origin", origin));
            let said = house.sends(real).await;
            assert_eq!((said.status.as_u16(), said.header("access-control-allow-origin")), (401, allowed), "{path} from {origin}");
            assert_eq!((said.header("vary"), said.header("access-control-allow-credentials")), (Some("Origin"), None));
        }
    }
    let everywhere = TestRequest::post().uri("/introspect").insert_header(("origin", "https://espace.example"));
    assert_eq!(house.sends(everywhere).await.header("access-control-allow-origin"), None);
    house.changes::<Client>(Client::key_of(house.tenant, &ClientId::from("espace-client")), |client| client.state = ClientState::Disabled).await;
    let late = TestRequest::post().uri("/token").insert_header(("origin", "https://espace.example"));
    assert_eq!(house.sends(late).await.header("access-control-allow-origin"), None);
}
