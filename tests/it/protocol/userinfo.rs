//! Claims for who holds an access token. [OpenID Connect Core §5.3, RFC 6750]

use actix_web::test::TestRequest;
use parvis::model::{Account, AccountState, ClaimRequest, Client, ClientState, Tenant, TenantState};
use serde_json::json;

use crate::harness::{House, Said};

async fn token(house: &House, scopes: &str) -> String {
    let client = match house.tools.reads().client(house.tenant, &"espace-client".into()).await.unwrap() {
        Some(client) => client.into_value(),
        None => house.registers(|_| {}).await,
    };
    let text = house.code(&client, scopes, |_| {}).await;
    house.redeems(&client.id, &text).await.unwrap().access_token.expose().clone()
}

async fn shows(house: &House, token: &str) -> Said {
    house.sends(TestRequest::get().uri("/userinfo").insert_header(("authorization", format!("Bearer {token}")))).await
}

#[actix_web::test]
async fn every_standard_claim_is_there_in_its_type() {
    let house = House::opens().await;
    let token = token(&house, "openid profile email address phone").await;
    let said = shows(&house, &token).await;
    assert_eq!((said.status.as_u16(), said.header("cache-control"), said.header("content-type")), (200, Some("no-store"), Some("application/json")));
    let expected = json!({
        "sub": house.camille.id, "name": "Camille Éon", "given_name": "Camille", "family_name": "Éon", "middle_name": "Claude", "nickname": "Cam",
        "preferred_username": "camille@courriel.test", "profile": "https://camille.example/", "picture": "https://camille.example/portrait.png",
        "website": "https://camille.example/blog", "gender": "female", "birthdate": "1990-04-01", "zoneinfo": "Europe/Paris", "locale": "fr",
        "updated_at": 1_767_603_600, "email": "camille@courriel.test", "email_verified": true,
        "address": { "formatted": "1 rue des Aubépines\n21000 Dijon\nFrance", "street_address": "1 rue des Aubépines", "locality": "Dijon", "postal_code": "21000", "country": "France" },
        "phone_number": "+33123456789", "phone_number_verified": false,
    });
    assert_eq!(said.body, expected);
}

#[actix_web::test]
async fn each_scope_brings_its_own_claims_only() {
    let house = House::opens().await;
    for (scopes, expected) in [
        ("openid", &["sub"][..]),
        ("openid email", &["email", "email_verified", "sub"]),
        ("openid address", &["address", "sub"]),
        ("openid phone", &["phone_number", "phone_number_verified", "sub"]),
        ("openid factures.lire", &["sub"]),
        ("openid email archives.lire", &["email", "email_verified", "sub"]),
    ] {
        let token = token(&house, scopes).await;
        let said = shows(&house, &token).await;
        let shown: Vec<&str> = said.body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(shown, expected, "{scopes}");
    }
}

#[actix_web::test]
async fn a_claim_asked_for_by_name_comes_without_its_scope() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let wants = |value: &str| ClaimRequest { essential: true, value: Some(json!(value)), values: None };
    let ask = |code: &mut parvis::model::AuthorizationCode| {
        let asked = [("name", ClaimRequest::default()), ("gender", wants("male")), ("zoneinfo", wants("Europe/Paris"))];
        code.request.claims.userinfo.extend(asked.map(|(name, how)| (name.to_owned(), how)));
    };
    let text = house.code(&client, "openid", ask).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    let said = shows(&house, answer.access_token.expose()).await;
    assert_eq!(said.body, json!({ "sub": house.camille.id, "name": "Camille Éon", "zoneinfo": "Europe/Paris" }));
}

#[actix_web::test]
async fn the_token_may_be_in_the_header_or_in_the_form_and_nowhere_else() {
    let house = House::opens().await;
    let token = token(&house, "openid").await;
    let bearer = ("authorization", format!("bearer {token}"));
    let form = [("access_token", token.as_str())];
    let ways = [
        (TestRequest::get().uri("/userinfo").insert_header(bearer.clone()), 200),
        (TestRequest::post().uri("/userinfo").insert_header(bearer.clone()), 200),
        (TestRequest::post().uri("/userinfo").set_form(form), 200),
        (TestRequest::get().uri(&format!("/userinfo?access_token={token}")), 401),
        (TestRequest::post().uri(&format!("/userinfo?access_token={token}")), 401),
        (TestRequest::post().uri("/userinfo").insert_header(bearer).set_form(form), 400),
    ];
    for (place, (request, status)) in ways.into_iter().enumerate() {
        assert_eq!(house.sends(request).await.status.as_u16(), status, "way {place}");
    }
}

#[actix_web::test]
async fn each_faulty_token_is_refused_by_its_exact_error() {
    let house = House::opens().await;
    let good = token(&house, "openid").await;
    let client = house.tools.reads().client(house.tenant, &"espace-client".into()).await.unwrap().unwrap();
    let text = house.code(&client, "openid", |_| {}).await;
    let id_token = house.redeems(&client.id, &text).await.unwrap().id_token.unwrap();
    let (head, signature) = good.rsplit_once('.').unwrap();
    let flipped = format!("{head}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    let (without, huge) = (format!("{head}."), format!("{good}{}", "A".repeat(17_000)));
    let invalid = (401, "invalid_token", "the access token is not valid here, or has ended");
    for text in ["x", "a.b.c", flipped.as_str(), without.as_str(), id_token.expose().as_str(), huge.as_str()] {
        let said = house.sends(TestRequest::post().uri("/userinfo").set_form([("access_token", text)])).await;
        let expected = if text.len() > 16_384 { (400, "invalid_request", "a parameter is too long") } else { invalid };
        assert_eq!(said.refusal(), expected, "{}", &text[..text.len().min(80)]);
        let challenge = if text.len() > 16_384 { r#"Bearer error="invalid_request""# } else { r#"Bearer error="invalid_token""# };
        assert_eq!(said.header("www-authenticate"), Some(challenge));
    }
    for form in [&[][..], &[("access_token", "")]] {
        let said = house.sends(TestRequest::post().uri("/userinfo").set_form(form)).await;
        assert_eq!((said.refusal(), said.header("www-authenticate")), ((401, "invalid_token", "there is no access token"), Some("Bearer")));
    }
    let twice = house.sends(TestRequest::post().uri("/userinfo").set_form([("access_token", "a"), ("access_token", "b")])).await;
    assert_eq!(twice.refusal(), super::TWICE);
    let both = TestRequest::post().uri("/userinfo").insert_header(("authorization", "Bearer a")).set_form([("access_token", "b")]);
    assert_eq!(house.sends(both).await.refusal(), (400, "invalid_request", "the access token is both in the header and in the form"));
    let elsewhere = TestRequest::get().uri("/aubepine/openid/v2.0/userinfo").insert_header(("authorization", format!("Bearer {good}")));
    assert_eq!(house.sends(elsewhere).await.refusal(), invalid);
    house.waits(600);
    assert_eq!(shows(&house, &good).await.refusal(), invalid);
}

#[actix_web::test]
async fn a_token_without_openid_is_not_enough() {
    let house = House::opens().await;
    let for_api = token(&house, "factures.lire").await;
    let client = "espace-client".into();
    let own = house.asks(&client, &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await.unwrap();
    for token in [for_api.as_str(), own.access_token.expose()] {
        let said = shows(&house, token).await;
        assert_eq!(said.refusal(), (403, "insufficient_scope", "the access token was not granted the scope openid"));
        assert_eq!(said.header("www-authenticate"), Some(r#"Bearer error="insufficient_scope", scope="openid""#));
    }
}

#[actix_web::test]
async fn a_token_dies_with_what_it_rests_on() {
    for what in 0..3 {
        let house = House::opens().await;
        let token = token(&house, "openid").await;
        match what {
            0 => house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.state = ClientState::Disabled).await,
            1 => house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await,
            _ => house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.state = TenantState::Disabled { reason: "unpaid".to_owned() }).await,
        }
        assert_eq!(shows(&house, &token).await.status, 401, "case {what}");
    }
}
