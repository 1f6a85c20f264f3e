//! What applications call: taken away when nothing may ask for it.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{of, refused, told};
use crate::boot::served::Served;

const ALL: &str = "/tenants/default/apis";
const ONE: &str = "/tenants/default/apis/https%3A%2F%2Ffactures.test";

async fn with_factures() -> Served {
    let served = Served::start(&[]);
    let scopes = json!([{"name": "factures.lire", "title": {"fr": "Lire vos factures", "en": "Read your invoices"}}]);
    let api = json!({"identifier": "https://factures.test", "api": {"names": {"fr": "Factures", "en": "Invoices"}, "scopes": scopes}});
    assert_eq!(told(served.api(Method::POST, ALL).json(&api)).await.0, StatusCode::CREATED);
    served
}

#[tokio::test]
async fn an_api_that_nobody_may_ask_for_can_be_taken_away_and_made_again() {
    let served = with_factures().await;
    assert_eq!(told(served.api(Method::DELETE, ONE)).await.0, StatusCode::NO_CONTENT);
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(refused(served.api(method, ONE)).await, of(404, "not-found", ""));
    }
    let audit = served.cli_json(&["audit", "list"]).to_string();
    assert!(audit.contains("api.updated") && audit.contains("deleted"), "{audit}");
    let again = json!({"identifier": "https://factures.test", "api": {"names": {"fr": "Factures", "en": "Invoices"}}});
    assert_eq!(told(served.api(Method::POST, ALL).json(&again)).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn an_api_stays_while_a_client_may_ask_for_it_even_one_that_is_put_away() {
    let served = with_factures().await;
    let clients = "/tenants/default/clients";
    let client = json!({"client_id": "robot", "client": {"names": {"fr": "Robot", "en": "Robot"}, "kind": "service", "auth_method": "client_secret_basic",
        "scopes": ["factures.lire"]}});
    assert_eq!(told(served.api(Method::POST, clients).json(&client)).await.0, StatusCode::CREATED);
    assert_eq!(refused(served.api(Method::DELETE, ONE)).await, of(409, "impossible", ""));
    told(served.api(Method::POST, &format!("{clients}/robot/archive"))).await;
    assert_eq!(refused(served.api(Method::DELETE, ONE)).await, of(409, "impossible", ""));
    told(served.api(Method::PATCH, &format!("{clients}/robot")).json(&json!({"scopes": []}))).await;
    assert_eq!(told(served.api(Method::DELETE, ONE)).await.0, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_api_of_administration_stays() {
    let served = Served::start(&[]);
    let (_, all) = told(served.api(Method::GET, ALL)).await;
    let identifier = all["items"][0]["identifier"].as_str().unwrap().replace(':', "%3A").replace('/', "%2F");
    assert_eq!(refused(served.api(Method::DELETE, &format!("{ALL}/{identifier}"))).await, of(409, "impossible", ""));
}
