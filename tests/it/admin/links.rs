//! M-093: an address that leads nowhere yet is saved, and whoever saves it is told which it is and why.

use parvis::outside::{Fetch, FetchRules};
use parvis::service::admin::links::{LinkFlaw, look};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::told;
use crate::{
    boot::served::Served,
    logout::receiver::{Receiver, Reply},
};

const HOUSE: &str = "/tenants/default";
/// This machine stands for the internet.
const HERE: &[&str] = &["--outgoing-loopback", "page_link"];

/// The warnings of an answer: which member, which flaw.
fn flaws(answer: &Value) -> Vec<(&str, &str)> {
    let warnings = answer["warnings"].as_array().map(Vec::as_slice).unwrap_or_default();
    warnings.iter().map(|warning| (warning["field"].as_str().unwrap(), warning["flaw"].as_str().unwrap())).collect()
}

/// A port at which nobody listens.
fn nobody() -> String {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/faq")
}

#[tokio::test(flavor = "multi_thread")]
async fn m_093_a_link_of_an_organisation_that_is_not_ready_is_saved_with_a_warning() {
    let served = Served::start(HERE);
    let page = Receiver::start(Reply::Status(200)).await;
    for (reply, flaw, why) in [
        (Reply::Status(200), None, ""),
        (Reply::Status(404), Some("no_page"), "404"),
        (Reply::Status(503), Some("no_page"), "503"),
        (Reply::RedirectToSelf, Some("leads_on"), "not looked at"),
        (Reply::Large { says_so: true }, None, ""),
    ] {
        page.reply(reply);
        let before = page.connections();
        let url = page.url("/faq");
        let (status, answer) = told(served.api(Method::PATCH, HOUSE).json(&json!({"support": {"terms_url": url}}))).await;
        assert_eq!((status, answer["support"]["terms_url"].as_str()), (StatusCode::OK, Some(&*url)), "{reply:?}: saved all the same");
        assert_eq!(flaws(&answer), flaw.map(|flaw| ("support.terms_url", flaw)).into_iter().collect::<Vec<_>>(), "{reply:?}");
        if flaw.is_some() {
            let warning = &answer["warnings"][0];
            assert!(warning["url"] == *url && warning["why"].as_str().unwrap().contains(why), "{warning}");
        }
        assert!(page.connections() <= before + 1, "{reply:?}: no redirect is followed");
    }
    let gone = nobody();
    let both = json!({"support": {"terms_url": gone, "privacy_url": "https://aubepine.test/confidentialite"}});
    let (_, answer) = told(served.api(Method::PATCH, HOUSE).json(&both)).await;
    assert_eq!(flaws(&answer), [("support.terms_url", "unreachable"), ("support.privacy_url", "unreachable")]);
    assert!(answer["warnings"][1]["why"].as_str().unwrap().contains("does not resolve"), "{answer}");
    let asked = page.connections();
    let (_, answer) = told(served.api(Method::PATCH, HOUSE).json(&json!({"support": {"phone": "+33 1 99 00 12 34"}}))).await;
    assert!(flaws(&answer).is_empty() && page.connections() == asked, "what was not sent is not looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn m_093_a_page_of_an_application_that_is_not_ready_is_saved_with_a_warning() {
    let served = Served::start(HERE);
    let page = Receiver::start(Reply::Status(200)).await;
    let client = json!({"client_id": "espace", "client": {
        "names": {"fr": "Espace", "en": "Space"}, "kind": "web", "redirect_uris": ["https://espace.test/retour"], "auth_method": "client_secret_basic", "scopes": ["openid"],
        "home_url": page.url("/"), "terms_url": nobody(), "privacy_url": nobody(),
    }});
    let (status, made) = told(served.api(Method::POST, &format!("{HOUSE}/clients")).json(&client)).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(flaws(&made), [("terms_url", "unreachable"), ("privacy_url", "unreachable")]);
    page.reply(Reply::Status(404));
    let (status, changed) = told(served.api(Method::PATCH, &format!("{HOUSE}/clients/espace")).json(&json!({"home_url": page.url("/")}))).await;
    assert_eq!((status, flaws(&changed)), (StatusCode::OK, vec![("home_url", "no_page")]));
    let (_, changed) = told(served.api(Method::PATCH, &format!("{HOUSE}/clients/espace")).json(&json!({"terms_url": null}))).await;
    assert!(flaws(&changed).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn m_093_the_command_line_warns_apart_from_what_programs_read() {
    let served = Served::start(HERE);
    let url = nobody();
    let done = served.cli(&["tenant", "update", "default", "--set", &format!("support.privacy_url={url}")]);
    let (said, warned) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert!(done.status.success() && said.contains(&format!("support.privacy_url: {url}")) && !said.contains("warning"), "{said}");
    assert!(warned.contains(&format!("warning: support.privacy_url is saved, but {url}: it cannot be opened: no connection")), "{warned}");
    let read = served.cli_json(&["tenant", "update", "default", "--set", &format!("support.privacy_url={url}")]);
    assert_eq!(flaws(&read), [("support.privacy_url", "unreachable")]);
}

#[tokio::test]
async fn m_093_what_the_rules_forbid_is_not_knocked_at_and_that_is_said() {
    let inside = Receiver::start(Reply::Status(200)).await;
    let fetch = Fetch::new(FetchRules::default()).unwrap();
    let (plain, secure) = (inside.url("/"), format!("https://127.0.0.1:{}/", inside.port()));
    let warnings = look(&fetch, &[("home_url", &plain), ("terms_url", &secure), ("privacy_url", "https://169.254.169.254/")]).await;
    let said: Vec<(&str, LinkFlaw)> = warnings.iter().map(|warning| (&*warning.field, warning.flaw)).collect();
    assert_eq!(said, ["home_url", "terms_url", "privacy_url"].map(|field| (field, LinkFlaw::NotLookedAt)));
    assert!(warnings.iter().all(|warning| warning.why.contains("not looked at")));
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn m_093_a_page_that_never_answers_keeps_nobody_waiting() {
    let silent = Receiver::start(Reply::Never).await;
    let rules =
        FetchRules { loopback_for: [parvis::outside::Purpose::PageLink].into(), patience: std::time::Duration::from_millis(50), ..FetchRules::default() };
    let fetch = Fetch::new(rules).unwrap();
    let warnings = look(&fetch, &[("home_url", &silent.url("/"))]).await;
    assert_eq!((warnings[0].flaw, &*warnings[0].why), (LinkFlaw::Unreachable, "it cannot be opened: no answer in time"));
}
