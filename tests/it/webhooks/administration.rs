//! Endpoints by the API and from the command line.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    admin::{of, refused, told},
    boot::served::Served,
    logout::receiver::{Receiver, Reply},
};

const ALL: &str = "/tenants/default/webhooks";

async fn with_client(flags: &[&str]) -> Served {
    let served = Served::start(flags);
    let client = json!({"client_id": "robot", "client": {"names": {"fr": "Robot", "en": "Robot"}, "kind": "service", "auth_method": "client_secret_basic"}});
    assert_eq!(told(served.api(Method::POST, "/tenants/default/clients").json(&client)).await.0, StatusCode::CREATED);
    served
}

fn new(url: &str, events: &[&str]) -> Value {
    json!({"client_id": "robot", "webhook": {"url": url, "events": events}})
}

#[tokio::test]
async fn an_endpoint_is_registered_changed_and_taken_away_and_its_secret_is_shown_once() {
    let served = with_client(&[]).await;
    let (status, made) = told(served.api(Method::POST, ALL).json(&new("https://hooks.example/in", &["invitation.sent"]))).await;
    assert_eq!(status, StatusCode::CREATED);
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let one = format!("{ALL}/{}", made["webhook"]["id"].as_str().unwrap());
    let (_, shown) = told(served.api(Method::GET, &one)).await;
    assert_eq!((&shown["url"], &shown["state"], &shown["client_id"]), (&json!("https://hooks.example/in"), &json!("active"), &json!("robot")));
    let (_, listed) = told(served.api(Method::GET, ALL)).await;
    assert!(!listed.to_string().contains(&secret[12..]), "{listed}");
    let (_, changed) = told(served.api(Method::PATCH, &one).json(&json!({"state": "disabled", "events": ["company.created"]}))).await;
    assert_eq!((&changed["state"], &changed["events"]), (&json!("disabled"), &json!(["company.created"])));
    assert_eq!(refused(served.api(Method::POST, &format!("{one}/test"))).await, of(409, "impossible", ""));
    let (status, rotated) = told(served.api(Method::POST, &format!("{one}/secrets")).json(&json!({}))).await;
    assert_eq!((status, rotated["webhook"]["secrets"].as_array().unwrap().len()), (StatusCode::CREATED, 2));
    assert_ne!(rotated["secret"], made["secret"]);
    assert_eq!(told(served.api(Method::DELETE, &one)).await.0, StatusCode::NO_CONTENT);
    assert_eq!(refused(served.api(Method::GET, &one)).await, of(404, "not-found", ""));
    let audit = served.cli_json(&["audit", "list"]).to_string();
    assert!(audit.contains("webhook.updated") && !audit.contains("whsec_"), "{audit}");
}

#[tokio::test]
async fn what_cannot_be_an_endpoint_is_refused() {
    let served = with_client(&[]).await;
    for url in [
        "http://hooks.example/",
        "ftp://hooks.example/",
        "https://user:pw@hooks.example/",
        "https://10.0.0.5/",
        "https://[fd00::1]/",
        "https://169.254.169.254/",
        "hooks",
        "https://hooks.example/#a",
    ] {
        assert_eq!(refused(served.api(Method::POST, ALL).json(&new(url, &["invitation.sent"]))).await, of(422, "invalid", "url"), "{url}");
    }
    assert_eq!(refused(served.api(Method::POST, ALL).json(&new("https://hooks.example/", &[]))).await, of(422, "invalid", "events"));
    assert_eq!(refused(served.api(Method::POST, ALL).json(&new("https://hooks.example/", &["person.read"]))).await.0, 400);
    let stranger = json!({"client_id": "nobody", "webhook": {"url": "https://hooks.example/", "events": ["invitation.sent"]}});
    assert_eq!(refused(served.api(Method::POST, ALL).json(&stranger)).await, of(422, "invalid", "client_id"));
    let (_, made) = told(served.api(Method::POST, ALL).json(&new("https://hooks.example/", &["invitation.sent"]))).await;
    let one = format!("{ALL}/{}", made["webhook"]["id"].as_str().unwrap());
    assert_eq!(refused(served.api(Method::PATCH, &one).json(&json!({"state": "gone"}))).await, of(422, "invalid", "state"));
    assert_eq!(
        refused(served.api(Method::POST, &format!("{one}/secrets")).json(&json!({"keep_seconds": 9_999_999}))).await,
        of(422, "invalid", "keep_seconds")
    );
    assert_eq!(refused(served.api(Method::POST, "/tenants/default/deliveries/none/retry")).await, of(404, "not-found", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_command_line_an_endpoint_is_made_and_tested_against_a_real_server() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let served = with_client(&["--outgoing-loopback", "webhook"]).await;
    let made = served.cli_json(&["webhook", "create", "--client", "robot", "--url", &receiver.url("/told")]);
    let id = made["webhook"]["id"].as_str().unwrap();
    assert_eq!(made["webhook"]["events"].as_array().unwrap().len(), 4);
    let queued = served.cli_json(&["webhook", "test", id]);
    receiver.wait_for(1).await;
    let body: Value = serde_json::from_str(&receiver.requests()[0]).unwrap();
    assert_eq!((body["type"].as_str(), body["data"]["webhook"].as_str()), (Some("webhook.test"), Some(id)));
    let delivery = served.cli_json(&["webhook", "delivery", queued["id"].as_str().unwrap()]);
    assert_eq!(delivery["webhook_id"].as_str(), Some(receiver.header("webhook-id")[0].as_str()));
    assert_eq!(served.cli_json(&["webhook", "list"])[0]["id"].as_str(), Some(id));
    served.cli_json(&["webhook", "deliveries"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_lists_webhooks_beside_its_mails() {
    let receiver = Receiver::start(Reply::Status(200)).await;
    let served = Served::start(&["--demo"]);
    let clients = served.cli_json(&["client", "list"]);
    let client = clients[0]["client_id"].as_str().unwrap();
    let made = served.cli_json(&["webhook", "create", "--client", client, "--url", &receiver.url("/told")]);
    served.cli_json(&["webhook", "test", made["webhook"]["id"].as_str().unwrap()]);
    receiver.wait_for(1).await;
    let outbox: Value = crate::boot::served::http().get(format!("{}/_demo/outbox", served.url)).send().await.unwrap().json().await.unwrap();
    let hooks: Vec<&Value> = outbox.as_array().unwrap().iter().filter(|one| one["webhook"] == "webhook.test").collect();
    assert_eq!((hooks.len(), hooks[0]["to"].as_str()), (1, Some(receiver.url("/told").as_str())));
}

#[test]
fn the_description_names_every_event_and_its_body() {
    let described = serde_json::to_value(parvis::web::api::document()).unwrap();
    for event in parvis::model::HookName::ALL {
        let told = &described["webhooks"][event.as_str()]["post"];
        assert_eq!(told["requestBody"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/HookBody", "{}", event.as_str());
        assert_eq!(told["parameters"].as_array().unwrap().len(), 3);
        assert!(described["components"]["schemas"]["HookBody"].to_string().contains(event.as_str()));
    }
}
