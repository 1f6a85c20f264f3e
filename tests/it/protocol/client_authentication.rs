//! Which client is asking? [RFC 6749 §2.3, OpenID Connect Core §9, RFC 7523]

use actix_web::test::TestRequest;
use aws_lc_rs::hmac;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use parvis::{
    crypto::{SigningPair, TokenKind},
    model::{Client, ClientState},
    values::{Algorithm, ClientAuthMethod, ClientId},
};
use serde_json::{Value, json};

use super::{NO_CLIENT, TOO_LONG, TWICE};
use crate::harness::{House, Said};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ID: &str = "espace-client";

async fn with(method: ClientAuthMethod) -> House {
    let house = House::opens().await;
    house.registers(|client| client.auth_method = method).await;
    house
}

/// Asks for a token with these parameters and this header.
async fn asks(house: &House, header: Option<&str>, form: &[(&str, &str)]) -> Said {
    let mut request = TestRequest::post().uri("/token");
    if let Some(header) = header {
        request = request.insert_header(("authorization", header));
    }
    let form: Vec<_> = [("grant_type", "client_credentials"), ("scope", "factures.lire")].iter().chain(form).copied().collect();
    house.sends(request.set_form(form)).await
}

async fn asserts(house: &House, assertion: &str) -> Said {
    asks(house, None, &[("client_assertion_type", TYPE), ("client_assertion", assertion)]).await
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Good claims of an assertion.
fn claims(house: &House, jti: &str) -> Value {
    let now = house.tools.now().0;
    json!({ "iss": ID, "sub": ID, "aud": "https://id.aubepine.test/token", "exp": now + 60, "iat": now, "jti": jti })
}

/// A MAC under the secret, whatever the header says.
fn sealed(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

fn by_secret(claims: &Value) -> String {
    sealed(&json!({ "alg": "HS256" }), claims, House::SECRET.as_bytes())
}

#[actix_web::test]
async fn basic_takes_id_and_secret_as_a_form_encodes_them() {
    let house = with(ClientAuthMethod::ClientSecretBasic).await;
    let right = basic(ID, &encoded(House::SECRET));
    assert_eq!(asks(&house, Some(&right), &[]).await.status, 200);
    assert_eq!(asks(&house, Some(&right.replacen("Basic", "bAsIc", 1)), &[("client_id", ID)]).await.status, 200);
    let raw = basic(ID, House::SECRET);
    for wrong in [
        raw.as_str(),
        &basic(ID, "wrong"),
        &basic("nobody", &encoded(House::SECRET)),
        &basic("", "x"),
        "Basic !",
        "Basic",
        &basic(ID, "%zz"),
        &basic(ID, "%ff"),
    ] {
        let said = asks(&house, Some(wrong), &[]).await;
        assert_eq!((said.refusal(), said.header("www-authenticate")), (NO_CLIENT, Some(r#"Basic realm="client", charset="UTF-8""#)), "{wrong}");
    }
    let long = basic(ID, &"x".repeat(5000));
    assert_eq!(asks(&house, Some(&long), &[]).await.refusal(), NO_CLIENT);
}

#[actix_web::test]
async fn post_takes_both_from_the_body() {
    let house = with(ClientAuthMethod::ClientSecretPost).await;
    let long = "x".repeat(3000);
    let right = ("client_secret", House::SECRET);
    assert_eq!(asks(&house, None, &[("client_id", ID), right]).await.status, 200);
    for (form, expected) in [
        (&[("client_id", ID)][..], NO_CLIENT),
        (&[("client_id", ID), ("client_secret", "")], NO_CLIENT),
        (&[("client_id", ID), ("client_secret", "wrong")], NO_CLIENT),
        (&[("client_id", ID), right, right], TWICE),
        (&[("client_id", ID), ("client_secret", &long)], TOO_LONG),
        (&[right], NO_CLIENT),
        (&[("client_id", ""), right], NO_CLIENT),
        (&[("client_id", "nobody"), right], NO_CLIENT),
        (&[("client_id", ID), ("client_id", ID), right], TWICE),
        (&[("client_id", &long), right], TOO_LONG),
    ] {
        let said = asks(&house, None, form).await;
        assert_eq!((said.refusal(), said.header("www-authenticate")), (expected, None), "{form:?}");
    }
}

#[actix_web::test]
async fn a_client_uses_the_method_it_is_registered_with_and_no_other() {
    for registered in ClientAuthMethod::ALL {
        let house = with(*registered).await;
        let header = basic(ID, &encoded(House::SECRET));
        let assertion = by_secret(&claims(&house, "a"));
        let tries = [
            (ClientAuthMethod::ClientSecretBasic, asks(&house, Some(&header), &[]).await),
            (ClientAuthMethod::ClientSecretPost, asks(&house, None, &[("client_id", ID), ("client_secret", House::SECRET)]).await),
            (ClientAuthMethod::ClientSecretJwt, asserts(&house, &assertion).await),
            (ClientAuthMethod::None, asks(&house, None, &[("client_id", ID)]).await),
        ];
        for (used, said) in tries {
            // A public client is let in, and then has no token of its own.
            let expected = match (used == *registered, used) {
                (false, _) => 401,
                (true, ClientAuthMethod::None) => 400,
                (true, _) => 200,
            };
            assert_eq!(said.status.as_u16(), expected, "{used} by a client registered with {registered}");
        }
    }
}

#[actix_web::test]
async fn two_methods_at_once_are_refused() {
    let house = with(ClientAuthMethod::ClientSecretBasic).await;
    let header = basic(ID, &encoded(House::SECRET));
    let assertion = by_secret(&claims(&house, "a"));
    let (posted, asserted) = (("client_secret", House::SECRET), [("client_assertion_type", TYPE), ("client_assertion", assertion.as_str())]);
    let two = (400, "invalid_request", "the client authenticates in more than one way");
    assert_eq!(asks(&house, Some(&header), &[posted]).await.refusal(), two);
    assert_eq!(asks(&house, Some(&header), &asserted).await.refusal(), two);
    assert_eq!(asks(&house, None, &[("client_id", ID), posted, asserted[0], asserted[1]]).await.refusal(), two);
    let other = asks(&house, Some(&header), &[("client_id", "machines-demo")]).await;
    assert_eq!(other.refusal(), (400, "invalid_request", "client_id is not the client that authenticates"));
}

#[actix_web::test]
async fn a_secret_counts_until_it_ends_and_two_count_side_by_side() {
    let house = with(ClientAuthMethod::ClientSecretBasic).await;
    let soon = house.tools.now().plus(10);
    house
        .changes::<Client>(Client::key_of(house.tenant, &ClientId::from(ID)), |client| {
            let mut next = client.secrets[0].clone();
            next.digest = house.tools.sealer.digest(parvis::crypto::Purpose::ClientSecret, "le suivant");
            client.secrets.push(next);
            client.secrets[0].expires_at = Some(soon);
        })
        .await;
    let (old, new) = (basic(ID, &encoded(House::SECRET)), basic(ID, &encoded("le suivant")));
    assert_eq!((asks(&house, Some(&old), &[]).await.status, asks(&house, Some(&new), &[]).await.status), (200.try_into().unwrap(), 200.try_into().unwrap()));
    house.waits(10);
    assert_eq!((asks(&house, Some(&old), &[]).await.status, asks(&house, Some(&new), &[]).await.status), (401.try_into().unwrap(), 200.try_into().unwrap()));
    house.changes::<Client>(Client::key_of(house.tenant, &ClientId::from(ID)), |client| client.state = ClientState::Archived).await;
    assert_eq!(asks(&house, Some(&new), &[]).await.refusal(), NO_CLIENT);
}

#[actix_web::test]
async fn an_assertion_counts_once() {
    let house = with(ClientAuthMethod::ClientSecretJwt).await;
    let assertion = by_secret(&claims(&house, "once"));
    assert_eq!(asserts(&house, &assertion).await.status, 200);
    assert_eq!(asserts(&house, &assertion).await.refusal(), NO_CLIENT);
    house.waits(119);
    assert_eq!(asserts(&house, &assertion).await.refusal(), NO_CLIENT);
    // One that was shown in vain is spent, too.
    let shown = by_secret(&claims(&house, "in vain"));
    let vain = [("client_assertion_type", TYPE), ("client_assertion", shown.as_str()), ("scope", "twice")];
    assert_eq!(asks(&house, None, &vain).await.refusal(), TWICE);
    assert_eq!(asserts(&house, &shown).await.refusal(), NO_CLIENT);
    let asked = by_secret(&claims(&house, "elsewhere"));
    let form = [("client_assertion_type", TYPE), ("client_assertion", asked.as_str()), ("token", "x")];
    for expected in [200, 401] {
        assert_eq!(house.sends(TestRequest::post().uri("/introspect").set_form(form)).await.status.as_u16(), expected);
    }
}

#[actix_web::test]
async fn an_assertion_says_what_it_must() {
    let house = with(ClientAuthMethod::ClientSecretJwt).await;
    let now = house.tools.now().0;
    let cases: [(&str, Value, bool); 27] = [
        ("aud", json!("https://id.aubepine.test"), true),
        ("aud", json!(["https://ailleurs.example", "https://id.aubepine.test/token"]), true),
        ("aud", json!("https://id.aubepine.test/"), false),
        ("aud", json!(["https://ailleurs.example"]), false),
        ("aud", json!([]), false),
        ("aud", json!({ "url": "https://id.aubepine.test" }), false),
        ("iss", json!("machines-demo"), false),
        ("sub", json!("machines-demo"), false),
        ("iss", Value::Null, false),
        ("sub", Value::Null, false),
        ("aud", Value::Null, false),
        ("exp", Value::Null, false),
        ("exp", json!((now + 60).to_string()), false),
        ("exp", serde_json::from_str(&format!("{}.5", now + 60)).unwrap(), true),
        ("exp", json!(now - 59), true),
        ("exp", json!(now - 60), false),
        ("exp", json!(now + 660), true),
        ("exp", json!(now + 661), false),
        ("iat", json!(now + 60), true),
        ("iat", json!(now + 61), false),
        ("iat", json!("now"), false),
        ("nbf", json!(now + 61), false),
        ("nbf", json!(-1), true),
        ("jti", Value::Null, false),
        ("jti", json!(""), false),
        ("jti", json!("x".repeat(257)), false),
        ("jti", json!(7), false),
    ];
    for (place, (name, value, is_good)) in cases.into_iter().enumerate() {
        let mut said = claims(&house, &format!("jti-{place}"));
        said[name] = value.clone();
        let answer = asserts(&house, &by_secret(&said)).await;
        assert_eq!(answer.status.as_u16(), if is_good { 200 } else { 401 }, "{name}: {value}");
    }
    let mut without = claims(&house, "without");
    without.as_object_mut().unwrap().remove("iat");
    assert_eq!(asserts(&house, &by_secret(&without)).await.status, 200, "iat is optional");
}

#[actix_web::test]
async fn an_assertions_header_decides_nothing() {
    let house = with(ClientAuthMethod::ClientSecretJwt).await;
    for (place, header) in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS512" }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "hs256" }),
        json!({}),
        json!({ "alg": "HS256", "crit": ["exp"] }),
        json!({ "alg": "HS256", "zip": "DEF" }),
        json!({ "alg": 7 }),
        json!("HS256"),
    ]
    .into_iter()
    .enumerate()
    {
        let assertion = sealed(&header, &claims(&house, &format!("jti-{place}")), House::SECRET.as_bytes());
        assert_eq!(asserts(&house, &assertion).await.refusal(), NO_CLIENT, "{header}");
    }
    let other = sealed(&json!({ "alg": "HS256" }), &claims(&house, "other"), b"another secret");
    assert_eq!(asserts(&house, &other).await.refusal(), NO_CLIENT);
    let unsigned = by_secret(&claims(&house, "unsigned"));
    let (signed, _) = unsigned.rsplit_once('.').unwrap();
    for broken in [signed, &format!("{signed}."), "", "x", "a.b.c", "..", &format!("{unsigned}=")] {
        assert_eq!(asserts(&house, broken).await.status.as_u16(), if broken.is_empty() { 400 } else { 401 }, "{broken}");
    }
}

#[actix_web::test]
async fn a_key_of_the_client_signs_with_its_own_algorithm() {
    let house = with(ClientAuthMethod::PrivateKeyJwt).await;
    let pairs: Vec<SigningPair> = Algorithm::ALL.iter().map(|algorithm| SigningPair::generate(*algorithm).unwrap().1).collect();
    let keys: Vec<&Value> = pairs.iter().map(SigningPair::jwk).collect();
    let set = json!({ "keys": keys });
    house.changes::<Client>(Client::key_of(house.tenant, &ClientId::from(ID)), |client| client.jwks = Some(set)).await;
    for pair in &pairs {
        let jti = pair.algorithm().as_str();
        let assertion = pair.sign(pair.prepare(TokenKind::Id, &claims(&house, jti)).unwrap()).unwrap();
        assert_eq!(asserts(&house, &assertion).await.status, 200, "{jti}");
        assert_eq!(asserts(&house, &assertion).await.refusal(), NO_CLIENT, "{jti} again");
        // The public key is no secret of a MAC.
        let public = pair.jwk().to_string();
        let confused = sealed(&json!({ "alg": "HS256", "kid": pair.kid() }), &claims(&house, &format!("{jti}-mac")), public.as_bytes());
        assert_eq!(asserts(&house, &confused).await.refusal(), NO_CLIENT);
    }
    // A key that the sender brings along is not looked at.
    let (_, stranger) = SigningPair::generate(Algorithm::Es256).unwrap();
    let brought = stranger.sign(stranger.prepare(TokenKind::Id, &claims(&house, "stranger")).unwrap()).unwrap();
    assert_eq!(asserts(&house, &brought).await.refusal(), NO_CLIENT);
    assert_eq!(asserts(&house, &by_secret(&claims(&house, "mac"))).await.refusal(), NO_CLIENT);
}

#[actix_web::test]
async fn each_parameter_of_an_assertion_is_refused_by_its_exact_error() {
    let house = with(ClientAuthMethod::ClientSecretJwt).await;
    let good = by_secret(&claims(&house, "good"));
    let (kind, assertion) = (("client_assertion_type", TYPE), ("client_assertion", good.as_str()));
    let long = "x".repeat(17_000);
    for (form, expected) in [
        (&[kind][..], (400, "invalid_request", "client_assertion is missing")),
        (&[kind, ("client_assertion", "")], (400, "invalid_request", "client_assertion is missing")),
        (&[kind, assertion, assertion], TWICE),
        (&[kind, ("client_assertion", &long)], TOO_LONG),
        (&[assertion], (400, "invalid_request", "client_assertion_type is missing")),
        (&[assertion, ("client_assertion_type", "")], (400, "invalid_request", "client_assertion_type is missing")),
        (&[assertion, kind, kind], TWICE),
        (&[assertion, ("client_assertion_type", &long)], TOO_LONG),
        (&[assertion, ("client_assertion_type", "saml")], (400, "invalid_request", "this client_assertion_type is not known here")),
        (&[assertion, kind, ("client_id", "machines-demo")], (400, "invalid_request", "client_id is not the client that authenticates")),
    ] {
        assert_eq!(asks(&house, None, form).await.refusal(), expected);
    }
    assert_eq!(asks(&house, None, &[assertion, kind, ("client_id", ID)]).await.status, 200);
}
