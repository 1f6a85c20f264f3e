//! J31, J32, J33: an application asks, a person agrees, says no, reports, and takes it back.

use parvis::{
    model::{Client, Consent, Publisher},
    storage::Paging,
};

use super::{PASSWORD, house};
use crate::harness::{House, Walker, authorize};

async fn at_consent(house: &House, scope: &str) -> Walker {
    let mut camille = Walker::new(house);
    camille.opens(&authorize(&[("scope", scope)])).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!(camille.shown.screen(), "S-APP-CONSENT");
    camille
}

async fn consent(house: &House) -> Option<Consent> {
    let found = house.tools.reads().consent(house.tenant, house.camille, &"espace-client".into()).await.unwrap();
    found.map(parvis::storage::Loaded::into_value)
}

#[actix_web::test]
async fn m_082_the_page_names_publisher_scopes_details_and_every_way_out() {
    let camille = at_consent(&house().await, "openid profile").await;
    for name in ["publisher", "scopes", "details", "report", "cancel", "accept"] {
        assert!(camille.shown.html.contains(&format!("data-testid=\"{name}\"")), "{name}");
    }
}

#[actix_web::test]
async fn m_083_only_a_verified_publisher_has_the_mark() {
    let house = house().await;
    let unverified = at_consent(&house, "openid").await;
    assert!(unverified.shown.html.contains("non vérifié") && !unverified.shown.html.contains("Éditeur vérifié"));
    let publisher = Publisher { name: "Cabinet Aubépine".into(), domain: "aubepine.test".into(), verified_at: Some(house.tools.now()) };
    house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.publisher = publisher).await;
    let verified = at_consent(&house, "openid").await;
    assert!(verified.shown.html.contains("Éditeur vérifié") && !verified.shown.html.contains("non vérifié"));
}

#[actix_web::test]
async fn m_084_the_details_unfold_without_scripts() {
    let camille = at_consent(&house().await, "openid").await;
    assert!(camille.shown.html.contains("<details data-testid=\"details\">") && camille.shown.html.contains("<summary>"));
}

#[actix_web::test]
async fn m_086_no_means_no_and_nothing_is_remembered() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid profile").await;
    camille.answers(&[("action", "cancel")]).await;
    let answer = camille.shown.answer();
    assert_eq!((answer["error"].as_str(), answer["state"].as_str()), ("access_denied", "af0ifjsldkj"));
    assert!(consent(&house).await.is_none() && !answer.contains_key("code"));
}

#[actix_web::test]
async fn what_was_agreed_to_is_asked_no_more_and_only_what_is_new_is() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid profile").await;
    camille.answers(&[("action", "accept")]).await;
    camille.walked();
    camille.opens(&authorize(&[("scope", "openid profile phone")])).await;
    assert_eq!(camille.walked(), ["S-APP-CONSENT"]);
    let (asked, folded) = camille.shown.html.split_once("data-testid=\"granted\"").unwrap();
    assert!(asked.contains("data-scope=\"phone\"") && !asked.contains("data-scope=\"profile\"") && folded.contains("data-scope=\"profile\""));
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(consent(&house).await.unwrap().scopes.to_string(), "openid phone profile");
}

#[actix_web::test]
async fn a_client_may_want_the_person_asked_again() {
    let mut camille = at_consent(&house().await, "openid").await;
    camille.answers(&[("action", "accept")]).await;
    camille.opens(&authorize(&[("scope", "openid"), ("prompt", "consent")])).await;
    assert_eq!(camille.shown.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn agreed_is_only_what_was_read() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid").await;
    house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.publisher.name = "Somebody else".into()).await;
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.shown.screen(), "S-APP-CONSENT", "the page is shown anew");
    assert!(consent(&house).await.is_none());
    camille.answers(&[("action", "accept")]).await;
    assert!(consent(&house).await.is_some());
}

#[actix_web::test]
async fn m_087_what_is_taken_back_is_dead_at_the_next_refresh() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid profile offline_access").await;
    camille.answers(&[("action", "accept")]).await;
    let tokens = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    assert_eq!(camille.opens("/account/apps").await.screen(), "S-ME-APPS");
    let app = camille.shown.html.split_once("data-app=\"").unwrap().1.split('"').next().unwrap().to_owned();
    camille.answers(&[("action", "withdraw"), ("app", &app)]).await;
    assert_eq!(camille.shown.screen(), "S-ME-APPS");
    assert!(consent(&house).await.is_none());
    let refresh = tokens.refresh_token.as_ref().unwrap().expose().clone();
    assert!(house.refreshes(&"espace-client".into(), &refresh).await.is_err());
}

#[actix_web::test]
async fn one_scope_can_be_taken_back_alone() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid profile email").await;
    camille.answers(&[("action", "accept")]).await;
    camille.opens("/account/apps").await;
    let app = camille.shown.html.split_once("data-app=\"").unwrap().1.split('"').next().unwrap().to_owned();
    camille.answers(&[("action", "withdraw"), ("app", &app), ("scope", "email")]).await;
    assert_eq!(consent(&house).await.unwrap().scopes.to_string(), "openid profile");
}

#[actix_web::test]
async fn taking_back_wants_a_proof_of_the_last_ten_minutes() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid").await;
    camille.answers(&[("action", "accept")]).await;
    house.waits(601);
    camille.opens("/account/apps").await;
    let app = camille.shown.html.split_once("data-app=\"").unwrap().1.split('"').next().unwrap().to_owned();
    camille.answers(&[("action", "withdraw"), ("app", &app)]).await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    assert!(consent(&house).await.is_some());
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(camille.shown.screen(), "S-ME-APPS");
    camille.answers(&[("action", "withdraw"), ("app", &app)]).await;
    assert!(consent(&house).await.is_none());
}

#[actix_web::test]
async fn j33_an_application_can_be_reported_and_the_journey_stays_open() {
    let house = house().await;
    let mut camille = at_consent(&house, "openid").await;
    assert_eq!(camille.answers(&[("action", "report")]).await.screen(), "S-APP-REPORT");
    assert_eq!(camille.answers(&[("action", "send"), ("text", "étrange")]).await.errors(), ["E-REQ"]);
    assert!(camille.shown.html.contains("étrange"), "what was typed stays");
    camille.answers(&[("action", "send"), ("reason", "unexpected"), ("text", "étrange")]).await;
    assert_eq!(camille.shown.screen(), "S-APP-REPORT");
    let reports = house.tools.reads().reports(house.tenant, Paging::first(10)).await.unwrap();
    assert!(camille.shown.html.contains(&reports[0].reference) && reports[0].text == "étrange");
    assert_eq!(camille.answers(&[("action", "back")]).await.screen(), "S-APP-CONSENT");
}
