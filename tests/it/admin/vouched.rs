//! An administrator's word for an address or a number.

use parvis::{
    policy::admin::Caller,
    service::admin::{
        By, Refused,
        accounts::{self, AccountWritten, Contact, NewAccount, vouch},
    },
    storage::Paging,
    values::ClientId,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{of, refused, told};
use crate::{boot::served::Served, harness::House};

const WHO: &str = "nadia@morvan.test";

async fn with_nadia() -> (House, String) {
    let house = House::opens().await;
    let tenant = house.tenant.to_string();
    let account = AccountWritten { email: Some(WHO.to_owned()), phone: Some("+33199001234".to_owned()), ..AccountWritten::default() };
    let new = NewAccount { account, password: None, must_change: false, roles: [].into() };
    accounts::create(&house.tools, &By::local(), &tenant, new).await.unwrap();
    (house, tenant)
}

fn machine(house: &House, scopes: &str) -> By {
    By::client(Caller::Client { tenant: house.tenant, of_system: false, scopes: scopes.parse().unwrap() }, &ClientId::from("paie"))
}

#[tokio::test]
async fn an_administrator_vouches_for_an_address_and_a_number_each_on_its_own() {
    let (house, tenant) = with_nadia().await;
    let by = machine(&house, "account.write");
    let mut seen = Vec::new();
    for (contact, verified) in [(Contact::Email, true), (Contact::Phone, true), (Contact::Email, false), (Contact::Phone, false)] {
        let shown = vouch(&house.tools, &by, (&tenant, WHO), contact, verified).await.unwrap();
        seen.push((shown.rev, shown.it.email_verified, shown.it.phone_verified));
    }
    assert_eq!(seen, [(2, true, false), (3, true, true), (4, false, true), (5, false, false)]);
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(50)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<Value>(&record.event).unwrap());
    let told: Vec<_> = events.filter(|event| event["event"] == "account.updated").map(|event| event["reason"].clone()).collect();
    assert_eq!(told, ["email verified", "phone verified", "email not verified", "phone not verified"]);
}

#[tokio::test]
async fn another_address_or_number_is_not_vouched_for() {
    let (house, tenant) = with_nadia().await;
    for contact in [Contact::Email, Contact::Phone] {
        vouch(&house.tools, &By::local(), (&tenant, WHO), contact, true).await.unwrap();
    }
    let patch = json!({"email": "n.ferrand@morvan.test", "phone": "+33199004321"});
    let shown = accounts::update(&house.tools, &By::local(), (&tenant, WHO), None, &patch).await.unwrap();
    assert!(!shown.it.email_verified && !shown.it.phone_verified);
}

#[tokio::test]
async fn nobody_vouches_without_the_right_or_for_what_is_not_there() {
    let (house, tenant) = with_nadia().await;
    let reader = machine(&house, "account.read");
    let refused = vouch(&house.tools, &reader, (&tenant, WHO), Contact::Email, true).await.unwrap_err();
    assert!(matches!(refused, Refused::LacksScope("account.write")), "{refused}");
    accounts::update(&house.tools, &By::local(), (&tenant, WHO), None, &json!({"phone": null})).await.unwrap();
    let refused = vouch(&house.tools, &By::local(), (&tenant, WHO), Contact::Phone, true).await.unwrap_err();
    assert!(matches!(refused, Refused::Impossible(_)), "{refused}");
}

#[tokio::test]
async fn putting_the_mark_vouches_and_deleting_it_doubts() {
    let served = Served::start(&[]);
    let new = json!({"account": {"email": WHO, "phone": "+33199001234"}});
    assert_eq!(told(served.api(Method::POST, "/tenants/default/accounts").json(&new)).await.0, StatusCode::CREATED);
    for contact in ["email", "phone"] {
        let path = format!("/tenants/default/accounts/{WHO}/{contact}/verified");
        for (method, verified) in [(Method::PUT, true), (Method::PUT, true), (Method::DELETE, false), (Method::DELETE, false)] {
            let (status, shown) = told(served.api(method.clone(), &path)).await;
            assert_eq!((status, &shown[format!("{contact}_verified")]), (StatusCode::OK, &json!(verified)), "{method} {contact}");
        }
    }
    told(served.api(Method::PATCH, &format!("/tenants/default/accounts/{WHO}")).json(&json!({"phone": null}))).await;
    for method in [Method::PUT, Method::DELETE] {
        let nothing = served.api(method.clone(), &format!("/tenants/default/accounts/{WHO}/phone/verified"));
        assert_eq!(refused(nothing).await, of(409, "impossible", ""));
        let nobody = served.api(method, "/tenants/default/accounts/personne@morvan.test/email/verified");
        assert_eq!(refused(nobody).await, of(404, "not-found", ""));
    }
}

#[tokio::test]
async fn a_publisher_is_vouched_for_by_name_and_domain() {
    let served = Served::start(&[]);
    let client = json!({"client_id": "espace", "client": {"names": {"fr": "Espace", "en": "Space"}, "kind": "web", "auth_method": "client_secret_basic",
        "redirect_uris": ["https://espace.test/retour"]}});
    assert_eq!(told(served.api(Method::POST, "/tenants/default/clients").json(&client)).await.0, StatusCode::CREATED);
    let mark = |method: Method| served.api(method, "/tenants/default/clients/espace/publisher/verified");
    assert_eq!(refused(mark(Method::PUT)).await, of(422, "invalid", "publisher"));
    let named = json!({"publisher": {"name": "Aubépine", "domain": "aubepine.test"}});
    told(served.api(Method::PATCH, "/tenants/default/clients/espace").json(&named)).await;
    for (method, verified) in [(Method::PUT, true), (Method::DELETE, false)] {
        let (status, shown) = told(mark(method)).await;
        assert_eq!((status, &shown["publisher_verified"]), (StatusCode::OK, &json!(verified)));
    }
}
