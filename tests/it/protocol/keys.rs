//! Signing keys: published before they sign, and kept until what they signed has ended. [OpenID Connect Core §10.1.1]

use parvis::{
    crypto::{JwsRefused, TokenKind},
    model::{Actor, EventName},
    service::keys::{self, Start},
    values::{AccountId, Algorithm, Issuer, IssuerForm, KeyId},
};
use serde_json::Value;

use super::events;
use crate::harness::House;

async fn published(house: &House) -> Vec<String> {
    let set: Value = serde_json::from_str(&keys::jwks(&house.tools, house.root()).await.unwrap()).unwrap();
    set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn signing(house: &House) -> String {
    keys::signer(&house.tools, house.root(), Algorithm::Es256).await.unwrap().kid().to_string()
}

async fn rotate(house: &House, start: Start) -> KeyId {
    keys::rotate(&house.tools, house.root(), Algorithm::Es256, start, Actor::SYSTEM).await.unwrap()
}

#[actix_web::test]
async fn a_new_key_is_published_a_day_before_it_signs_and_the_old_one_leaves_last() {
    let house = House::opens().await;
    let old = signing(&house).await;
    let new = rotate(&house, Start::Ahead).await.0;
    assert_eq!(rotate(&house, Start::Ahead).await.0, new, "a rotation under way is left to it");
    assert_eq!((published(&house).await.len(), signing(&house).await), (2, old.clone()));
    house.waits(keys::AHEAD - 1);
    assert_eq!(signing(&house).await, old);
    house.waits(1);
    assert_eq!((published(&house).await.len(), signing(&house).await), (2, new.clone()));
    house.waits(86_399);
    assert!(published(&house).await.contains(&old));
    house.waits(1);
    assert_eq!(published(&house).await, [new]);
    assert_eq!(events(&house, EventName::KeyRotated).await, 3, "two issuers began, one rotated");
}

#[actix_web::test]
async fn a_key_can_take_over_at_once_also_from_one_that_waits() {
    let house = House::opens().await;
    let old = signing(&house).await;
    let waiting = rotate(&house, Start::Ahead).await.0;
    let new = rotate(&house, Start::Now).await.0;
    assert_eq!(signing(&house).await, new);
    house.waits(keys::AHEAD - 1);
    assert_eq!((published(&house).await.len(), signing(&house).await), (3, new.clone()));
    house.waits(1);
    let left = published(&house).await;
    assert!(!left.contains(&old) && !left.contains(&waiting));
    assert_eq!((left.len(), signing(&house).await), (1, new));
}

#[actix_web::test]
async fn tokens_of_a_retired_key_count_until_they_end() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let answer = house.asks(&client.id, &[("grant_type", "client_credentials"), ("scope", "factures.lire")]).await.unwrap();
    rotate(&house, Start::Now).await;
    let said = house.posts(&client.id, "/introspect", &[("token", answer.access_token.expose())]).await;
    assert_eq!(said.body["active"], true);
}

#[actix_web::test]
async fn each_issuer_has_its_own_keys() {
    let house = House::opens().await;
    let own = Issuer { form: IssuerForm::Tenant, ..house.root() };
    let other = keys::signer(&house.tools, own, Algorithm::Es256).await.unwrap().kid().to_string();
    assert_ne!(signing(&house).await, other);
    assert!(!published(&house).await.contains(&other));
}

#[actix_web::test]
async fn private_parts_are_in_no_jwk_and_sealed_in_the_store() {
    let house = House::opens().await;
    keys::ensure(&house.tools, house.root(), Algorithm::EdDsa).await.unwrap();
    let set: Value = serde_json::from_str(&keys::jwks(&house.tools, house.root()).await.unwrap()).unwrap();
    for key in set["keys"].as_array().unwrap() {
        assert!(["d", "p", "q", "dp", "dq", "qi", "k"].iter().all(|private| key.get(private).is_none()), "{key}");
        assert_eq!(key["use"], "sig");
    }
    for record in house.tools.reads().signing_keys(house.root()).await.unwrap() {
        assert!(house.tools.sealer.open(parvis::crypto::Purpose::SigningKey, &record.sealed).is_ok());
        assert!(house.tools.sealer.open(parvis::crypto::Purpose::ClientSecret, &record.sealed).is_err());
    }
}

#[actix_web::test]
async fn one_kind_of_token_is_never_taken_for_another() {
    let house = House::opens().await;
    let pair = keys::signer(&house.tools, house.root(), Algorithm::Es256).await.unwrap();
    let ring = keys::of(&house.tools, house.root()).await.unwrap();
    let now = house.tools.now();
    let kinds = [TokenKind::Id, TokenKind::Access, TokenKind::Logout];
    for made in kinds {
        let token = pair.sign(pair.prepare(made, &serde_json::json!({ "a": 1 })).unwrap()).unwrap();
        for wanted in kinds {
            let read = ring.read::<Value>(wanted, &token, now);
            assert_eq!(read.is_ok(), made == wanted, "{made:?} as {wanted:?}");
        }
        let (head, _) = token.rsplit_once('.').unwrap();
        assert_eq!(ring.read::<Value>(made, &format!("{head}.AAAA"), now), Err(JwsRefused::Signature));
        assert_eq!(ring.read::<u8>(made, &token, now), Err(JwsRefused::Malformed));
    }
    assert_eq!(ring.read::<Value>(TokenKind::Id, "nonsense", now), Err(JwsRefused::Malformed));
    assert_eq!(ring.read::<Value>(TokenKind::Id, &format!("{}.x.y", "a".repeat(17_000)), now), Err(JwsRefused::TooLong));
}

#[actix_web::test]
async fn a_hint_is_an_id_token_of_this_issuer_ended_or_not() {
    let house = House::opens().await;
    let client = house.registers(|_| {}).await;
    let text = house.code(&client, "openid", |_| {}).await;
    let answer = house.redeems(&client.id, &text).await.unwrap();
    let id_token = answer.id_token.unwrap();
    house.waits(86_400);
    let hint = keys::verify_id_token_hint(&house.tools, house.root(), id_token.expose()).await.unwrap().unwrap();
    let camille: AccountId = house.camille.id;
    assert_eq!((hint.client, hint.subject, hint.sid.unwrap().0.as_str()), (client.id, camille, "session-of-camille"));
    let own = Issuer { form: IssuerForm::Tenant, ..house.root() };
    assert_eq!(keys::verify_id_token_hint(&house.tools, own, id_token.expose()).await.unwrap(), None);
    for nonsense in ["", "x", answer.access_token.expose().as_str()] {
        assert_eq!(keys::verify_id_token_hint(&house.tools, house.root(), nonsense).await.unwrap(), None);
    }
}
