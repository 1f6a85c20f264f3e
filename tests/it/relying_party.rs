//! A relying party that is not ours, `openidconnect`, against `serve` over TLS: every way in which a client can prove who it is.

use std::{future::Future, pin::Pin, sync::OnceLock};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl, Scope, TokenResponse as _,
    core::{CoreClient, CoreProviderMetadata, CoreResponseType, CoreUserInfoClaims},
};
use serde_json::{Value, json};

use crate::harness::{PASSWORD, Person, Registered, Server};

const BACK: &str = "https://carnet.example/back";
const CAMILLE: &str = "camille@courriel.test";

/// How a client proves who it is.
enum Proof {
    Basic,
    Post,
    SecretJwt,
    PrivateKeyJwt(Vec<u8>),
    None,
}

impl Proof {
    /// What `openidconnect` sends of its own accord.
    fn auth_type(&self) -> AuthType {
        if matches!(self, Self::Basic) { AuthType::BasicAuth } else { AuthType::RequestBody }
    }

    /// A signed statement, new for each request, as two extra parameters. [RFC 7523 §2.2]
    fn extra(&self, server: &Server, registered: &Registered) -> Vec<(&'static str, String)> {
        static COUNTED: OnceLock<std::sync::atomic::AtomicU32> = OnceLock::new();
        let counted = COUNTED.get_or_init(Default::default).fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let (algorithm, key) = match self {
            Self::SecretJwt => (Algorithm::HS256, EncodingKey::from_secret(registered.secret.as_deref().unwrap().as_bytes())),
            Self::PrivateKeyJwt(pkcs8) => (Algorithm::ES256, EncodingKey::from_ec_der(pkcs8)),
            Self::Basic | Self::Post | Self::None => return Vec::new(),
        };
        let now = jiff::Timestamp::now().as_second();
        let issuer = server.url.as_str().trim_end_matches('/');
        let claims = json!({ "iss": registered.id, "sub": registered.id, "aud": issuer, "iat": now, "exp": now + 60, "jti": format!("carnet-{counted}") });
        let assertion = jsonwebtoken::encode(&Header::new(algorithm), &claims, &key).unwrap();
        vec![("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned()), ("client_assertion", assertion)]
    }
}

/// A request of the relying party's back end.
fn sends(server: &Server) -> impl Fn(HttpRequest) -> Pin<Box<dyn Future<Output = Result<HttpResponse, reqwest::Error>> + Send>> {
    let http = server.http.clone();
    move |request: HttpRequest| {
        let http = http.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let answer = http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
            let mut response = openidconnect::http::Response::builder().status(answer.status());
            for (name, value) in answer.headers() {
                response = response.header(name, value);
            }
            Ok(response.body(answer.bytes().await?.to_vec()).unwrap())
        })
    }
}

/// Registers a client and walks with it from the first redirect to user info and a refreshed token.
async fn signs_a_person_in(server: &Server, method: &str, proof: Proof, besides: Value) {
    let mut client = json!({
        "names": { "fr": "Carnet", "en": "Notebook" }, "kind": "web", "redirect_uris": [BACK], "auth_method": method,
        "grant_types": ["authorization_code", "refresh_token"], "scopes": ["openid", "profile", "email", "offline_access"],
    });
    client.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
    let registered = server.registers(client).await;
    let http = sends(server);
    let issuer = IssuerUrl::new(server.url.as_str().trim_end_matches('/').to_owned()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.unwrap();
    let secret = registered.secret.clone().filter(|_| matches!(proof, Proof::Basic | Proof::Post)).map(ClientSecret::new);
    // The ID token's signature is checked with the published keys, so a client without a secret here still verifies it.
    let relying = CoreClient::from_provider_metadata(metadata, ClientId::new(registered.id.clone()), secret)
        .set_auth_type(proof.auth_type())
        .set_redirect_uri(RedirectUrl::new(BACK.to_owned()).unwrap());

    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (address, state, nonce) = relying
        .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(["profile", "email", "offline_access"].map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(challenge)
        .url();
    let mut camille = Person::at(&server.url, server.http.clone());
    let seen = camille.signs_in(address.as_str(), CAMILLE, PASSWORD).await;
    assert!(seen.url.as_str().starts_with(BACK), "{method}: sent to {}", seen.url);
    assert_eq!(seen.parameter("state").as_deref(), Some(state.secret().as_str()));
    assert_eq!(seen.parameter("iss").as_deref(), Some(server.url.as_str().trim_end_matches('/')));
    let code = AuthorizationCode::new(seen.parameter("code").unwrap());

    let mut exchange = relying.exchange_code(code).unwrap().set_pkce_verifier(verifier);
    for (name, value) in proof.extra(server, &registered) {
        exchange = exchange.add_extra_param(name, value);
    }
    let tokens = exchange.request_async(&http).await.unwrap_or_else(|refused| panic!("{method}: {refused:?}"));
    let id_token = tokens.id_token().unwrap();
    let checker = relying.id_token_verifier();
    let claims = id_token.claims(&checker, &nonce).unwrap();
    let algorithm = id_token.signing_alg().unwrap();
    let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, id_token.signing_key(&checker).unwrap()).unwrap();
    assert_eq!(claims.access_token_hash(), Some(&hash));

    let subject = claims.subject().clone();
    let info: CoreUserInfoClaims = relying.user_info(tokens.access_token().clone(), Some(subject.clone())).unwrap().request_async(&http).await.unwrap();
    assert_eq!(info.email().map(|email| email.as_str()), Some(CAMILLE));

    let old = tokens.refresh_token().unwrap().clone();
    let mut refresh = relying.exchange_refresh_token(&old).unwrap();
    for (name, value) in proof.extra(server, &registered) {
        refresh = refresh.add_extra_param(name, value);
    }
    let renewed = refresh.request_async(&http).await.unwrap_or_else(|refused| panic!("{method}: {refused:?}"));
    assert_ne!(renewed.refresh_token().unwrap().secret(), old.secret());
    let info: CoreUserInfoClaims = relying.user_info(renewed.access_token().clone(), Some(subject)).unwrap().request_async(&http).await.unwrap();
    assert_eq!(info.email().map(|email| email.as_str()), Some(CAMILLE));
}

async fn a_server_that_knows_camille() -> Server {
    let server = Server::starts();
    server.welcomes(CAMILLE).await;
    server
}

#[actix_web::test]
async fn openidconnect_signs_a_person_in_with_its_secret_in_the_header() {
    signs_a_person_in(&a_server_that_knows_camille().await, "client_secret_basic", Proof::Basic, json!({})).await;
}

#[actix_web::test]
async fn openidconnect_signs_a_person_in_with_its_secret_in_the_body() {
    signs_a_person_in(&a_server_that_knows_camille().await, "client_secret_post", Proof::Post, json!({})).await;
}

#[actix_web::test]
async fn openidconnect_signs_a_person_in_without_a_secret() {
    signs_a_person_in(&a_server_that_knows_camille().await, "none", Proof::None, json!({ "kind": "native" })).await;
}

#[actix_web::test]
async fn openidconnect_signs_a_person_in_by_a_statement_under_its_secret() {
    signs_a_person_in(&a_server_that_knows_camille().await, "client_secret_jwt", Proof::SecretJwt, json!({})).await;
}

#[actix_web::test]
async fn openidconnect_signs_a_person_in_by_a_statement_under_its_private_key() {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    let jwk = json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..65]) });
    let proof = Proof::PrivateKeyJwt(pkcs8.as_ref().to_vec());
    signs_a_person_in(&a_server_that_knows_camille().await, "private_key_jwt", proof, json!({ "jwks": { "keys": [jwk] } })).await;
}
