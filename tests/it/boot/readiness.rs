//! Whether requests should come here: what `/health/ready` says.

use std::sync::Arc;

use actix_web::test::TestRequest;
use parvis::{model::SigningKey, storage::memory::Memory};
use serde_json::json;

use crate::harness::House;

async fn ready(house: &House) -> (u16, serde_json::Value) {
    let said = house.sends(TestRequest::get().uri("/health/ready")).await;
    (said.status.as_u16(), said.body)
}

#[actix_web::test]
async fn a_house_with_a_signing_key_is_ready() {
    assert_eq!(ready(&House::opens().await).await, (200, json!({ "status": "ready" })));
}

#[actix_web::test]
async fn without_a_key_that_signs_it_is_not() {
    let house = House::opens().await;
    let now = house.tools.now();
    for key in house.tools.reads().signing_keys(house.root()).await.unwrap() {
        house.changes::<SigningKey>(SigningKey::key_of(house.root(), &key.kid), |key| key.retired_at = Some(now)).await;
    }
    assert_eq!(ready(&house).await.0, 200, "what is kept in memory signs on");
    house.tools.keyring.forget(house.root());
    assert_eq!(ready(&house).await, (503, json!({ "status": "not ready", "reason": "the default tenant has no signing key" })));
}

#[actix_web::test]
async fn a_key_that_does_not_open_signs_nothing() {
    let house = House::opens().await;
    for key in house.tools.reads().signing_keys(house.root()).await.unwrap() {
        house.changes::<SigningKey>(SigningKey::key_of(house.root(), &key.kid), |key| key.sealed = "spoilt".to_owned()).await;
    }
    house.tools.keyring.forget(house.root());
    assert_eq!(ready(&house).await, (503, json!({ "status": "not ready", "reason": "the store or a signing key cannot be read" })));
}

#[actix_web::test]
async fn a_store_in_which_nothing_is_found_is_not_ready() {
    let mut house = House::opens().await;
    house.tools.store = Arc::new(Memory::default());
    assert_eq!(ready(&house).await, (503, json!({ "status": "not ready", "reason": "there is no default tenant" })));
}
