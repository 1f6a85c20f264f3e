//! J31, J32, J33: an application asks, a person agrees, says no, reports, and takes it back.

use parvis::{
    model::{AppReport, AuditEvent, Client, Consent, EventName, Publisher, ReportReason},
    storage::Paging,
};

use super::{PASSWORD, house, newcomer};
use crate::harness::{House, Walker, authorize};

async fn at_consent(house: &House, scope: &str) -> Walker {
    let camille = Walker::signed_in(house, &[("scope", scope)]).await;
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
    let reports = reports(&house).await;
    assert!(camille.shown.html.contains(&reports[0].reference) && reports[0].text == "étrange");
    assert_eq!(camille.answers(&[("action", "back")]).await.screen(), "S-APP-CONSENT");
    assert_eq!(audited(&house).await.len(), 1);
}

async fn reports(house: &House) -> Vec<AppReport> {
    let reports = house.tools.reads().reports(house.tenant, Paging::first(10)).await.unwrap();
    reports.into_iter().map(parvis::storage::Loaded::into_value).collect()
}

/// What the audit trail says about reports.
async fn audited(house: &House) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(100)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| event.event == EventName::AppReported).collect()
}

/// Camille let the application in and looks at what it may do; and where the page says that it can be reported.
async fn at_apps(house: &House) -> (Walker, String) {
    let mut camille = at_consent(house, "openid profile").await;
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.opens("/account/apps").await.screen(), "S-ME-APPS");
    let link = camille.shown.html.split_once("data-testid=\"report\"").unwrap().0.rsplit_once("<a href=\"").unwrap().1;
    let link = link.split('"').next().unwrap().to_owned();
    (camille, link)
}

#[actix_web::test]
async fn j33_an_application_that_was_let_in_is_reported_from_the_portal_with_the_same_record() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    assert_eq!(link, format!("/account/apps/{}.espace-client/report", house.tenant));
    assert_eq!(camille.opens(&link).await.screen(), "S-APP-REPORT");
    camille.answers(&[("action", "send"), ("reason", "asks_too_much"), ("text", "étrange"), ("contact", "yes")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-APPS", 200));

    let reports = reports(&house).await;
    let [report] = reports.as_slice() else { panic!("{reports:?}") };
    assert!(camille.shown.html.contains(&report.reference) && camille.shown.html.contains("role=\"status\""), "the person is told what to quote");
    assert_eq!((&*report.client.to_string(), report.reporter, report.reason), ("espace-client", house.camille, ReportReason::AsksTooMuch));
    assert_eq!((&*report.text, report.contact, report.created_at), ("étrange", true, house.tools.now()));
    let [event] = &*audited(&house).await else { panic!() };
    assert_eq!(event.client.as_ref(), Some(&report.client));
    assert!(consent(&house).await.is_some(), "nothing is withdrawn by it");
}

#[actix_web::test]
async fn a_report_without_a_reason_is_refused_and_what_was_typed_stays() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    camille.opens(&link).await;
    for reason in ["", "annoying"] {
        camille.answers(&[("action", "send"), ("reason", reason), ("text", "étrange"), ("contact", "yes")]).await;
        assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-APP-REPORT", 422, vec!["E-REQ"]));
        assert!(camille.shown.html.contains(">étrange</textarea>") && camille.shown.html.contains("value=\"yes\" data-testid=\"contact\" checked"));
        assert!(camille.shown.html.contains("<title>Erreur"));
    }
    assert_eq!(camille.answers(&[("action", "back")]).await.screen(), "S-ME-APPS");
    assert!(reports(&house).await.is_empty() && audited(&house).await.is_empty());
}

#[actix_web::test]
async fn only_an_application_that_the_person_let_in_can_be_reported_from_the_portal() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    camille.opens(&link).await;
    let csrf = camille.shown.hidden("csrf").unwrap();
    let mut other = Walker::new(&house);
    newcomer(&house, 3, "lou@courriel.test").await;
    other.opens(&link).await;
    other.signs_in("lou@courriel.test", PASSWORD).await;
    assert_eq!((other.shown.screen(), other.shown.status, &*other.shown.path), ("S-ERROR", 404, &*link), "Lou let nothing in");
    let sent = |csrf: &str| [("action", "send"), ("reason", "other"), ("csrf", csrf)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(other.posts(&link, &sent(&csrf)).await.status, 404);
    for app in ["nothing", "nothing.espace-client", &format!("{}.nothing", house.tenant), "00000000-0000-0000-0000-0000000000ff.espace-client"] {
        let elsewhere = format!("/account/apps/{app}/report");
        assert_eq!(camille.opens(&elsewhere).await.status, 404, "{app}");
        assert_eq!(camille.posts(&elsewhere, &sent(&csrf)).await.status, 404, "{app}");
    }
    camille.opens("/account/apps").await;
    camille.answers(&[("action", "withdraw"), ("app", &format!("{}.espace-client", house.tenant))]).await;
    assert_eq!(camille.posts(&link, &sent(&csrf)).await.status, 404, "nor one that was let out again");
    assert!(reports(&house).await.is_empty());
}

#[actix_web::test]
async fn a_report_that_our_page_did_not_post_is_not_one() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    let of_the_list = camille.shown.hidden("csrf").unwrap();
    camille.opens(&link).await;
    for csrf in ["", "forged", &of_the_list] {
        camille.answers(&[("action", "send"), ("reason", "other"), ("text", "étrange"), ("csrf", csrf)]).await;
        assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-APP-REPORT", 403, vec!["E-CSRF"]));
        assert!(camille.shown.html.contains(">étrange</textarea>"));
    }
    let mut elsewhere = camille.clone().sending("origin", "https://elsewhere.test");
    elsewhere.answers(&[("action", "send"), ("reason", "other")]).await;
    assert_eq!(elsewhere.shown.errors(), ["E-CSRF"]);
    for action in ["deny", "leave", ""] {
        assert_eq!(camille.answers(&[("action", action), ("reason", "other")]).await.errors(), ["E-CSRF"], "{action:?}");
    }
    assert!(reports(&house).await.is_empty() && audited(&house).await.is_empty());
    let mut nobody = Walker::new(&house);
    let fields = [("action", "send"), ("reason", "other")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(nobody.posts(&link, &fields).await.screen(), "S-SIGNIN-ID");
    nobody.signs_in("camille@courriel.test", PASSWORD).await;
    assert_eq!((nobody.shown.screen(), &*nobody.shown.path), ("S-APP-REPORT", &*link));
    assert!(reports(&house).await.is_empty());
}

#[actix_web::test]
async fn a_reference_is_shown_only_to_whom_it_was_given() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    camille.opens(&link).await;
    camille.answers(&[("action", "send"), ("reason", "other")]).await;
    let thanks = camille.shown.path.clone();
    let reference = reports(&house).await[0].reference.clone();
    let mut other = Walker::new(&house);
    newcomer(&house, 3, "lou@courriel.test").await;
    other.opens("/account/apps").await;
    other.signs_in("lou@courriel.test", PASSWORD).await;
    assert_eq!(other.opens(&thanks).await.screen(), "S-ME-APPS");
    assert!(!other.shown.html.contains(&reference) && !other.shown.html.contains("role=\"status\""));
    camille.opens(&thanks.replace(&reference, "23456789")).await;
    assert!(!camille.shown.html.contains("23456789") && !camille.shown.html.contains("role=\"status\""));
}

#[actix_web::test]
async fn the_page_of_a_report_is_read_in_the_language_of_the_portal() {
    let house = house().await;
    let (mut camille, link) = at_apps(&house).await;
    camille.opens(&format!("{link}?lang=en")).await;
    assert_eq!((camille.shown.screen(), &*camille.shown.path), ("S-APP-REPORT", &*link));
    assert!(camille.shown.html.contains("<html lang=\"en\">") && camille.shown.html.contains("<h1>Report "));
    assert!(camille.opens("/account/apps").await.html.contains("<html lang=\"en\">"));
}
