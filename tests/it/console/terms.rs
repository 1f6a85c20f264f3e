//! S-AD-TOU: terms of use, published and counted at the console. [M-058 stands beside: nobody agrees to what they cannot read]

use parvis::{
    model::Role,
    service::admin::{By, Refused, settings, tenants, terms},
};
use serde_json::json;

use super::{camille, gives};
use crate::{
    harness::{House, Walker},
    journeys::newcomer,
};

const CHIEF: &[Role] = &[Role::GlobalAdministrator];

/// A document without a version, and its page.
async fn written() -> (House, Walker) {
    let (house, mut walker) = camille(CHIEF).await;
    walker.opens("/admin/aubepine/terms").await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-AD-TOU"));
    walker.answers(&[("action", "create"), ("name_fr", "Conditions"), ("name_en", "Terms"), ("document", "general")]).await;
    assert_eq!(walker.shown.path, "/admin/aubepine/terms/general");
    (house, walker)
}

#[actix_web::test]
async fn a_version_is_published_after_its_effect_was_said_and_never_before() {
    let (house, mut walker) = written().await;
    let fields = [("action", "prepare"), ("text_fr", "Soyez aimables."), ("text_en", "Be kind."), ("summary_fr", "La politesse."), ("grace", "30")];
    walker.answers(&fields).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-CONFIRM"));
    assert!(walker.shown.html.contains("pendant 30 jours"), "{}", walker.shown.html);
    let versions = async || terms::show(&house.tools, &By::local(), "aubepine", "general").await.unwrap().it.versions;
    assert!(versions().await.is_empty(), "nothing is published yet");
    walker.answers(&[("action", "publish")]).await;
    assert!(walker.shown.path.ends_with("?done=published") && walker.shown.html.contains("data-testid=\"version\""), "{}", walker.shown.html);
    let versions = versions().await;
    assert_eq!((versions.len(), versions[0].texts.len()), (1, 2));
    assert_eq!(versions[0].grace_until, Some(versions[0].effective_at.plus(30 * 86_400)));
}

#[actix_web::test]
async fn a_version_that_somebody_else_published_meanwhile_is_not_published_over() {
    let (house, mut walker) = written().await;
    walker.answers(&[("action", "prepare"), ("text_fr", "Un.")]).await;
    let patch = json!({ "names": { "fr": "Autres", "en": "Others" } });
    terms::update(&house.tools, &By::local(), ("aubepine", "general"), None, &patch).await.unwrap();
    walker.answers(&[("action", "publish")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (409, vec!["E-CONFLICT"]));
}

#[actix_web::test]
async fn what_is_missing_or_unfit_stands_at_its_field() {
    let (_, mut walker) = written().await;
    walker.answers(&[("action", "prepare"), ("summary_fr", "Rien")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-REQ"]));
    assert!(walker.shown.html.contains(">Rien</textarea>"), "what was typed stays");
    walker.answers(&[("action", "prepare"), ("text_fr", "a\u{202e}b")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-FORM"]));
    walker.opens("/admin/aubepine/terms").await;
    walker.answers(&[("action", "create"), ("name_fr", "C"), ("name_en", "T"), ("document", "general")]).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-FORM"]), "the name is taken");
    walker.answers(&[("action", "create"), ("name_fr", ""), ("name_en", "T"), ("document", "x")]).await;
    assert_eq!(walker.shown.errors(), ["E-REQ"]);
}

#[actix_web::test]
async fn acceptances_from_before_are_pasted_and_counted() {
    let (_, mut walker) = written().await;
    walker.answers(&[("action", "prepare"), ("text_fr", "Un.")]).await;
    walker.answers(&[("action", "publish")]).await;
    let pasted = "camille@courriel.test,1,2026-01-02\r\n# a note\r\nnobody@courriel.test\r\ncamille@courriel.test;1\r\n";
    walker.answers(&[("action", "import"), ("acceptances", pasted)]).await;
    let html = &walker.shown.html;
    assert!(html.contains("Une acceptation a été ajoutée.") && html.contains("nobody@courriel.test") && html.contains("dont 1 par import"), "{html}");
    for (pasted, error) in [("", "E-REQ"), ("camille@courriel.test,one", "E-FORM"), ("camille@courriel.test,1,yesterday", "E-FORM")] {
        walker.answers(&[("action", "import"), ("acceptances", pasted)]).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec![error]), "{pasted}");
    }
}

#[actix_web::test]
async fn a_retired_document_is_asked_for_no_more_and_can_come_back() {
    let (house, mut walker) = written().await;
    walker.answers(&[("action", "retire")]).await;
    assert!(terms::show(&house.tools, &By::local(), "aubepine", "general").await.unwrap().it.written.retired);
    assert!(!walker.shown.html.contains("data-testid=\"prepare\""));
    walker.answers(&[("action", "resume")]).await;
    assert!(!terms::show(&house.tools, &By::local(), "aubepine", "general").await.unwrap().it.written.retired);
}

#[actix_web::test]
async fn whoever_may_not_publish_is_offered_nothing_and_refused() {
    let (house, mut walker) = written().await;
    newcomer(&house, 0x107, "sonia@aubepine.test").await;
    gives(&house, house.camille, &[Role::Inviter]).await;
    assert_eq!(walker.opens("/admin/aubepine/terms").await.status, 403);
    walker.answers(&[("action", "retire")]).await;
    assert!(!terms::show(&house.tools, &By::local(), "aubepine", "general").await.unwrap().it.written.retired);
}

#[actix_web::test]
async fn m_058_nobody_is_asked_to_agree_to_a_statement_that_they_cannot_read() {
    let (house, _) = camille(CHIEF).await;
    let by = By::local();
    let link = |url: serde_json::Value| json!({ "support": { "privacy_url": url } });
    let asks = |rule: &str| json!({ "org_consent": rule });
    let is_refused = |came: Result<(), Refused>| matches!(came, Err(Refused::Invalid { .. }));
    tenants::update(&house.tools, &by, "aubepine", None, &json!({ "support": { "privacy_url": null } })).await.ok();
    settings::update(&house.tools, &by, "aubepine", None, &asks("off")).await.unwrap();
    tenants::update(&house.tools, &by, "aubepine", None, &link(json!(null))).await.unwrap();
    for rule in ["ask", "with_app"] {
        assert!(is_refused(settings::update(&house.tools, &by, "aubepine", None, &asks(rule)).await.map(drop)), "{rule}");
    }
    tenants::update(&house.tools, &by, "aubepine", None, &link(json!("https://aubepine.test/confidentialite"))).await.unwrap();
    for rule in ["ask", "with_app"] {
        settings::update(&house.tools, &by, "aubepine", None, &asks(rule)).await.unwrap();
        assert!(is_refused(tenants::update(&house.tools, &by, "aubepine", None, &link(json!(null))).await.map(drop)), "{rule}");
    }
}
