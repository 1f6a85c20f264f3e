//! Texts of terms that no version names go by themselves, and those that one names stay.

use parvis::{
    jobs,
    service::admin::{
        By,
        terms::{self, NewTerms, NewVersion},
    },
    storage::Loaded,
    values::ClientId,
};
use serde_json::{Value, json};

use crate::{harness::House, journeys::house};

const WEEK: u64 = 7 * 86_400;

fn camille(house: &House) -> By {
    let caller = parvis::policy::admin::Caller::Person {
        tenant: house.tenant,
        of_system: false,
        scopes: "terms.read terms.write".parse().unwrap(),
        roles: [parvis::model::Role::GlobalAdministrator].into(),
    };
    By::person(caller, house.camille, &ClientId::from("console"))
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

async fn sent(house: &House, text: &str) -> String {
    let sent = terms::receive(&house.tools, &camille(house), ("aubepine", "cgu"), text.as_bytes()).await.unwrap();
    serde_json::to_value(&sent).unwrap()["hash"].as_str().unwrap().to_owned()
}

async fn publishes(house: &House, hash: &str) -> bool {
    let new: NewVersion = read(json!({"texts": {"fr": hash}}));
    terms::publish(&house.tools, &camille(house), ("aubepine", "cgu"), None, new).await.is_ok()
}

/// How many pieces are there of a text.
async fn pieces(house: &House, hash: &str) -> usize {
    jobs::sweep::run(&house.tools).await.unwrap();
    let mut count = 0;
    while house.tools.reads().terms_piece(house.tenant, hash, u32::try_from(count).unwrap()).await.unwrap().is_some() {
        count += 1;
    }
    count
}

#[actix_web::test]
async fn a_text_that_no_version_names_goes_after_a_week_and_one_that_is_named_stays() {
    let house = house().await;
    let new: NewTerms = read(json!({"id": "cgu", "names": {"fr": "Conditions", "en": "Terms"}}));
    terms::create(&house.tools, &camille(&house), "aubepine", new).await.unwrap();
    let long = "Une clause de plus.\n\n".repeat(8_000);
    let (kept, left, again) = (sent(&house, &long).await, sent(&house, &format!("{long}Enfin.")).await, sent(&house, "Une seule.").await);
    assert!(publishes(&house, &kept).await);
    assert_eq!((pieces(&house, &kept).await, pieces(&house, &left).await), (6, 6));
    house.waits(WEEK - 1);
    assert_eq!(sent(&house, "Une seule.").await, again, "whoever sends it again has another week");
    assert_eq!(sent(&house, &long).await, kept, "what stays is not given an end by who sends it again");
    house.waits(1);
    assert_eq!((pieces(&house, &kept).await, pieces(&house, &left).await, pieces(&house, &again).await), (6, 0, 1));
    assert!(!publishes(&house, &left).await, "nothing is published of what is gone");
    assert_eq!(sent(&house, &format!("{long}Enfin.")).await, left);
    assert!(publishes(&house, &left).await, "and it can be sent once more");
    house.waits(10 * WEEK);
    assert_eq!((pieces(&house, &kept).await, pieces(&house, &left).await, pieces(&house, &again).await), (6, 6, 0));
    let document = house.tools.reads().terms_document(house.tenant, "cgu").await.unwrap().map(Loaded::into_value).unwrap();
    for issue in &document.issues {
        assert!(house.tools.reads().terms_text(house.tenant, &issue.wordings[0]).await.unwrap().is_some(), "{}", issue.number);
    }
}
