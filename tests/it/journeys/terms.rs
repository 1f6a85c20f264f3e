//! J18: terms of use, their versions, whom they are for, and what is kept of who accepted them.

use base64::Engine as _;
use parvis::{
    jobs::announcing,
    model::{AcceptedHow, Client, EventName, Localised, MailContent, MailName, Message, Outcome, Subject, TermsAcceptance, TermsAudience},
    service::admin::{
        By, PageAsked, Refused,
        terms::{
            self, Acceptance,
            AcceptanceOutcome::{Created, Refused as Failed, Unchanged},
            Acceptances, NewTerms, NewVersion, WordingsWritten,
        },
    },
    storage::{Loaded, Paging},
    values::{Locale, OwnClaim},
};
use serde_json::json;

use super::{
    PASSWORD, house, newcomer,
    org_consent::{audited, guest, house_with_guest},
    sign_up,
};
use crate::harness::{House, Walker, authorize, claims_of};

const DAY: u64 = 86_400;
pub(super) const TENANT: &str = "aubepine";

/// What a version is unless a story says otherwise.
pub(super) fn version() -> NewVersion {
    NewVersion {
        texts: WordingsWritten::default(),
        summary: None,
        effective_at: None,
        grace_until: None,
        audience: TermsAudience::All,
        reaccept_months: None,
        notify: Some(false),
    }
}

/// Makes a document.
pub(super) async fn document(house: &House, id: &str, client: Option<&str>) {
    let new = NewTerms { id: id.to_owned(), names: Localised { fr: "Conditions".to_owned(), en: "Terms".to_owned() }, client: client.map(str::to_owned) };
    terms::create(&house.tools, &By::local(), TENANT, new).await.unwrap();
}

/// Sends a text, and gives its hash.
pub(super) async fn text(house: &House, document: &str, text: &str) -> String {
    terms::receive(&house.tools, &By::local(), (TENANT, document), text.as_bytes()).await.unwrap().hash
}

/// Publishes a version with these texts.
pub(super) async fn publishes(house: &House, document: &str, (fr, en): (&str, Option<&str>), change: impl FnOnce(&mut NewVersion)) {
    let mut new = version();
    new.texts.fr = Some(text(house, document, fr).await);
    if let Some(en) = en {
        new.texts.en = Some(text(house, document, en).await);
    }
    change(&mut new);
    terms::publish(&house.tools, &By::local(), (TENANT, document), None, new).await.unwrap();
}

/// A house with one document of the organisation, in its first version.
pub(crate) async fn house_with_terms() -> House {
    let house = house().await;
    document(&house, "cgu", None).await;
    publishes(&house, "cgu", ("# Objet\n\nPremière version.", Some("# Subject\n\nFirst version.")), |_| {}).await;
    house
}

/// Camille has signed in and agreed to the application.
pub(super) async fn at_terms(house: &House) -> Walker {
    let mut camille = Walker::signed_in(house, &[]).await;
    camille.answers(&[("action", "accept")]).await;
    camille
}

pub(super) const ACCEPTS: &[(&str, &str)] = &[("action", "continue"), ("accept", "yes")];

async fn kept(house: &House, subject: Subject) -> Vec<TermsAcceptance> {
    house.tools.reads().terms_accepted(house.tenant, subject).await.unwrap().into_iter().map(Loaded::into_value).collect()
}

#[actix_web::test]
async fn j18_the_text_is_read_accepted_and_the_evidence_kept() {
    let house = house_with_terms().await;
    let mut camille = at_terms(&house).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-TOU", 200));
    for name in ["text", "download", "accept", "continue", "decline", "other_account"] {
        assert!(camille.shown.html.contains(&format!("data-testid=\"{name}\"")), "{name}");
    }
    assert!(
        camille.shown.html.contains("tabindex=\"0\"") && camille.shown.html.contains("<h2>Objet</h2>") && !camille.shown.html.contains("data-testid=\"later\"")
    );
    let hash = camille.shown.hidden("text_hash").unwrap();
    camille.answers(&[("action", "continue")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-TOU", 422, vec!["E-REQ"]));
    assert!(kept(&house, house.camille).await.is_empty());
    camille.answers(ACCEPTS).await;
    assert!(camille.shown.answer().contains_key("code"));
    assert_eq!(camille.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-APP-CONSENT", "S-TOU", "S-TOU"]);
    let [accepted] = &*kept(&house, house.camille).await else { panic!() };
    assert_eq!((&*accepted.document, accepted.version, accepted.locale, accepted.how), ("cgu", 1, Locale::Fr, AcceptedHow::Shown));
    assert_eq!((accepted.hash.clone(), accepted.at, accepted.ip.as_deref()), (hash, house.tools.now(), Some("192.0.2.7")));
    let [event] = &*audited(&house, &[EventName::TouAccepted]).await else { panic!() };
    assert_eq!(event.subject.as_ref().unwrap().id, "cgu 1");
    assert!(Walker::signed_in(&house, &[]).await.shown.answer().contains_key("code"), "once");
}

#[actix_web::test]
async fn what_was_accepted_can_be_downloaded_byte_for_byte() {
    let house = house().await;
    document(&house, "cgu", None).await;
    let long = format!("# Titre\n\n{}", "Une clause, « citée » & <b>sans effet</b>.\n\n".repeat(20_000));
    publishes(&house, "cgu", (&long, None), |_| {}).await;
    let mut camille = at_terms(&house).await;
    assert!(camille.shown.html.len() > long.len() && !camille.shown.html.contains("<b>sans") && camille.shown.html.contains("&lt;b&gt;sans effet"));
    let hash = camille.shown.hidden("text_hash").unwrap();
    let link = camille.shown.html.split_once("data-testid=\"download\"").unwrap().0.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap().to_owned();
    camille.opens(&link).await;
    assert_eq!((camille.shown.status, camille.shown.html.clone()), (200, long.clone()));
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, long.as_bytes());
    assert_eq!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest), hash);
    for other in ["/terms/aubepine/cgu/2/fr", "/terms/aubepine/cgu/1/en", "/terms/aubepine/other/1/fr", "/terms/nobody/cgu/1/fr"] {
        assert_eq!(camille.opens(other).await.status, 404, "{other}");
    }
}

#[actix_web::test]
async fn a_refusal_is_told_what_it_means_and_then_leaves_nothing_but_a_line_in_the_audit_trail() {
    let house = house_with_terms().await;
    let mut camille = at_terms(&house).await;
    camille.answers(&[("action", "decline")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-TOU", 403, vec!["E-TOU"]));
    assert!(camille.shown.html.contains("Espace client ne peut pas s’ouvrir"));
    camille.answers(&[("action", "leave")]).await;
    let answer = camille.shown.answer();
    assert_eq!((answer["error"].as_str(), answer["state"].as_str(), answer.contains_key("code")), ("access_denied", "af0ifjsldkj", false));
    let events = audited(&house, &[EventName::TouDeclined, EventName::ConsentUserDenied, EventName::ConsentUserGranted]).await;
    assert_eq!(events.iter().map(|event| (event.event, event.outcome)).collect::<Vec<_>>(), [(EventName::TouDeclined, Outcome::Refused)]);
    assert!(kept(&house, house.camille).await.is_empty());
    assert!(house.tools.reads().consent(house.tenant, house.camille, &"espace-client".into()).await.unwrap().is_none());
}

#[actix_web::test]
async fn somebody_new_who_refuses_has_no_account() {
    let house = sign_up::open_house().await;
    document(&house, "cgu", None).await;
    publishes(&house, "cgu", ("Texte.", None), |_| {}).await;
    let mut lea = sign_up::at_profile(&house, "lea@courriel.test").await;
    lea.answers(sign_up::NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert_eq!(lea.shown.screen(), "S-TOU");
    lea.answers(&[("action", "decline")]).await;
    lea.answers(&[("action", "leave")]).await;
    assert_eq!(lea.shown.answer()["error"], "access_denied");
    assert!(sign_up::account_of(&house, "lea@courriel.test").await.is_none());
}

#[actix_web::test]
async fn m_088_terms_for_new_customers_pass_by_those_who_were_there_and_those_who_are_known_to_have_accepted() {
    let house = sign_up::open_house().await;
    house.waits(10);
    document(&house, "cgu", None).await;
    publishes(&house, "cgu", ("Texte.", None), |new| new.audience = TermsAudience::New).await;
    assert!(at_terms(&house).await.shown.answer().contains_key("code"), "Camille was there before");
    let mut lea = sign_up::at_profile(&house, "lea@courriel.test").await;
    lea.answers(sign_up::NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert_eq!(lea.shown.screen(), "S-TOU", "Léa is new");
    lea.answers(ACCEPTS).await;
    assert!(lea.shown.answer().contains_key("code"));
    let lea = sign_up::account_of(&house, "lea@courriel.test").await.unwrap();
    assert_eq!(kept(&house, lea.subject()).await.len(), 1);
    // Somebody whose account is younger, and of whom the organisation knows that they accepted elsewhere.
    house.waits(10);
    guest(&house, 41, "migree@courriel.test").await;
    let known = Acceptances { acceptances: vec![Acceptance { account: "migree@courriel.test".into(), version: None, accepted_at: None }] };
    terms::import(&house.tools, &By::local(), (TENANT, "cgu"), known).await.unwrap();
    let mut migrated = Walker::new(&house);
    migrated.opens(&authorize(&[])).await;
    migrated.signs_in("migree@courriel.test", PASSWORD).await;
    migrated.answers(&[("action", "accept")]).await;
    assert!(migrated.shown.answer().contains_key("code") && !migrated.walked().contains(&"S-TOU".to_owned()));
}

#[actix_web::test]
async fn m_089_a_new_version_is_shown_with_what_changed_and_the_client_learns_which_one_holds() {
    let house = house_with_terms().await;
    let client = Client::key_of(house.tenant, &"espace-client".into());
    house.changes::<Client>(client, |client| client.id_token_claims = [OwnClaim::TouVersion].into()).await;
    let mut camille = at_terms(&house).await;
    camille.answers(ACCEPTS).await;
    let claim = |tokens: parvis::protocol::token::TokenAnswer| claims_of(tokens.id_token.unwrap().expose())["tou_version"].clone();
    assert_eq!(claim(house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap()), json!(1));
    for (number, said) in [(2, "Les délais changent."), (3, "L’adresse change.")] {
        house.waits(10);
        publishes(&house, "cgu", (&format!("Version {number}."), None), |new| new.summary = Some(Localised::same(said))).await;
    }
    camille.walked();
    camille.opens(&authorize(&[])).await;
    assert_eq!(camille.walked(), ["S-TOU"]);
    assert!(
        camille.shown.html.contains("data-testid=\"changes\"")
            && camille.shown.html.contains("Les délais changent.")
            && camille.shown.html.contains("L’adresse change.")
    );
    assert!(camille.shown.html.contains("Version 3.") && !camille.shown.html.contains("Version 2.\n"));
    camille.answers(ACCEPTS).await;
    assert_eq!(claim(house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap()), json!(3));
    assert_eq!(kept(&house, house.camille).await.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 3], "what was accepted once stays");
}

#[actix_web::test]
async fn accepted_is_the_version_that_was_shown_and_a_newer_one_is_shown_with_a_reason() {
    let house = house_with_terms().await;
    let mut camille = at_terms(&house).await;
    publishes(&house, "cgu", ("Deuxième version.", None), |_| {}).await;
    camille.answers(ACCEPTS).await;
    assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-TOU", 409, vec!["E-TOU-NEW"]));
    assert!(camille.shown.html.contains("Deuxième version.") && kept(&house, house.camille).await.is_empty());
    camille.answers(&[("action", "later")]).await;
    assert_eq!(camille.shown.screen(), "S-TOU", "nothing was said about waiting");
    camille.answers(ACCEPTS).await;
    assert_eq!(kept(&house, house.camille).await[0].version, 2);
}

#[actix_web::test]
async fn the_text_is_in_the_readers_language_where_it_was_written_in_it() {
    let house = house_with_terms().await;
    let mut camille = at_terms(&house).await;
    let path = camille.shown.path.clone();
    camille.opens(&format!("{path}?lang=en")).await;
    assert!(camille.shown.html.contains("First version.") && camille.shown.html.contains("I have read and accept version 1"));
    camille.answers(ACCEPTS).await;
    assert_eq!(kept(&house, house.camille).await[0].locale, Locale::En);
}

#[actix_web::test]
async fn who_was_there_before_may_wait_until_the_grace_ends_and_a_silent_request_is_not_stopped() {
    let house = house().await;
    house.waits(10);
    document(&house, "cgu", None).await;
    let until = house.tools.now().0 + 3 * DAY;
    publishes(&house, "cgu", ("Texte.", None), |new| new.grace_until = Some(until)).await;
    let mut camille = at_terms(&house).await;
    assert!(camille.shown.screen() == "S-TOU" && camille.shown.html.contains("data-testid=\"later\""));
    camille.answers(&[("action", "later")]).await;
    assert!(camille.shown.answer().contains_key("code") && kept(&house, house.camille).await.is_empty());
    camille.opens(&authorize(&[])).await;
    assert!(camille.shown.answer().contains_key("code"), "not again in the same session");
    assert_eq!(Walker::signed_in(&house, &[]).await.shown.screen(), "S-TOU", "but at the next sign-in");
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert!(camille.shown.answer().contains_key("code"));
    house.waits(3 * DAY);
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert!(["interaction_required", "login_required"].contains(&camille.shown.answer()["error"].as_str()));
    let mut late = Walker::signed_in(&house, &[]).await;
    assert!(late.shown.screen() == "S-TOU" && !late.shown.html.contains("data-testid=\"later\""));
    late.answers(&[("action", "later")]).await;
    assert_eq!(late.shown.screen(), "S-TOU");
}

#[actix_web::test]
async fn a_version_is_not_asked_for_before_it_holds_and_is_again_when_an_acceptance_grows_old() {
    let house = house().await;
    document(&house, "cgu", None).await;
    let from = house.tools.now().0 + DAY;
    publishes(&house, "cgu", ("Texte.", None), |new| (new.effective_at, new.reaccept_months) = (Some(from), Some(1))).await;
    assert!(at_terms(&house).await.shown.answer().contains_key("code"));
    house.waits(DAY);
    let mut camille = Walker::signed_in(&house, &[]).await;
    assert_eq!(camille.shown.screen(), "S-TOU");
    camille.answers(ACCEPTS).await;
    house.waits(31 * DAY);
    let mut again = Walker::signed_in(&house, &[]).await;
    assert_eq!(again.shown.screen(), "S-TOU");
    again.answers(ACCEPTS).await;
    assert_eq!(kept(&house, house.camille).await.len(), 2, "both are kept");
}

#[actix_web::test]
async fn two_applications_two_documents_and_the_organisations_goes_before_both() {
    let house = house_with_terms().await;
    let other = house.registers(|client| client.id = "autre".into()).await;
    document(&house, "app", Some("espace-client")).await;
    document(&house, "autre", Some("autre")).await;
    publishes(&house, "app", ("Celle de l’espace.", None), |_| {}).await;
    publishes(&house, "autre", ("Celle de l’autre.", None), |_| {}).await;
    let mut camille = at_terms(&house).await;
    assert!(camille.shown.html.contains("Première version."));
    camille.answers(ACCEPTS).await;
    assert!(camille.shown.screen() == "S-TOU" && camille.shown.html.contains("Celle de l’espace."));
    camille.answers(ACCEPTS).await;
    assert!(camille.shown.answer().contains_key("code"));
    camille.opens(&authorize(&[("client_id", other.id.as_ref())])).await;
    assert!(camille.shown.screen() == "S-TOU" && camille.shown.html.contains("Celle de l’autre."), "the organisation's is accepted already");
    camille.answers(ACCEPTS).await;
    let documents: Vec<String> = kept(&house, house.camille).await.into_iter().map(|one| one.document).collect();
    assert_eq!(documents, ["app", "autre", "cgu"]);
    terms::update(&house.tools, &By::local(), (TENANT, "cgu"), None, &json!({"retired": true})).await.unwrap();
    newcomer(&house, 3, "lou@courriel.test").await;
    let mut lou = Walker::new(&house);
    lou.opens(&authorize(&[("client_id", "autre")])).await;
    lou.signs_in("lou@courriel.test", PASSWORD).await;
    assert!(lou.shown.html.contains("Celle de l’autre."), "what is retired is asked of nobody");
}

#[actix_web::test]
async fn the_terms_cannot_be_stepped_over_and_what_was_accepted_in_a_closed_tab_holds() {
    let house = house_with_terms().await;
    document(&house, "app", Some("espace-client")).await;
    publishes(&house, "app", ("Celle de l’espace.", None), |_| {}).await;
    let mut camille = at_terms(&house).await;
    let base = format!("/ui/{}", camille.shown.path.split('/').nth(2).unwrap());
    for place in ["consent", "stay", "org-consent", "signin/password"] {
        assert_eq!(camille.opens(&format!("{base}/{place}")).await.screen(), "S-TOU", "{place}");
    }
    let mut second = camille.clone();
    camille.answers(ACCEPTS).await;
    second.answers(ACCEPTS).await;
    assert!(second.shown.screen() == "S-TOU" && second.shown.html.contains("Celle de l’espace."), "a second tab accepts nothing that it did not show");
    assert_eq!(second.shown.errors(), ["E-TOU-NEW"]);
    camille.opens(&authorize(&[])).await;
    assert_eq!(camille.shown.screen(), "S-APP-CONSENT", "an agreement stays in its journey");
    camille.answers(&[("action", "accept")]).await;
    assert!(camille.shown.html.contains("Celle de l’espace."), "the organisation's terms were accepted in the other");
}

#[actix_web::test]
async fn markup_in_names_and_texts_stays_text() {
    let house = house().await;
    let names = Localised::same("<img src=x onerror=alert(1)>");
    terms::create(&house.tools, &By::local(), TENANT, NewTerms { id: "cgu".into(), names, client: None }).await.unwrap();
    let text = "# <script>alert(1)</script>\n\n- [x](javascript:alert(1))\n- [y](https://a.test/\"onmouseover=alert(1))";
    publishes(&house, "cgu", (text, None), |new| new.summary = Some(Localised::same("<script>alert(2)</script>"))).await;
    let camille = at_terms(&house).await;
    assert_eq!(camille.shown.screen(), "S-TOU");
    for bad in ["<script>alert", "<img src=x", "href=\"javascript", "\"onmouseover"] {
        assert!(!camille.shown.html.contains(bad), "{bad}");
    }
}

#[actix_web::test]
async fn mail_22_goes_once_to_everybody_concerned_in_pieces_and_not_to_those_who_accepted() {
    let (house, lou) = house_with_guest().await;
    for number in 100..160 {
        newcomer(&house, number, &format!("personne{number}@courriel.test")).await;
    }
    document(&house, "cgu", None).await;
    publishes(&house, "cgu", ("Texte.", None), |new| (new.notify, new.summary) = (None, Some(Localised::same("Tout est neuf.")))).await;
    let accepted = Acceptances { acceptances: vec![Acceptance { account: house.camille.id.to_string(), version: None, accepted_at: None }] };
    terms::import(&house.tools, &By::local(), (TENANT, "cgu"), accepted).await.unwrap();
    for _ in 0..2 {
        announcing::run(&house.tools).await.unwrap();
    }
    let waiting: Vec<Message> = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap().into_iter().map(Loaded::into_value).collect();
    let told: Vec<String> = waiting
        .iter()
        .filter_map(Message::mail)
        .filter(|mail| mail.content.name() == MailName::NewTerms)
        .map(|mail| mail.to.as_ref().unwrap().norm().to_owned())
        .collect();
    assert_eq!((told.len(), told.iter().collect::<std::collections::BTreeSet<_>>().len()), (61, 61));
    assert!(told.contains(&"lou@courriel.test".to_owned()) && !told.contains(&"camille@courriel.test".to_owned()), "{lou:?}");
    let said = waiting
        .iter()
        .filter_map(Message::mail)
        .any(|mail| matches!(&mail.content, MailContent::NewTerms { summary, version: 1, .. } if summary == "Tout est neuf."));
    assert!(said && house.tools.reads().terms_to_announce(Paging::first(1)).await.unwrap().is_empty());
}

#[actix_web::test]
async fn of_two_who_publish_at_once_one_is_told_and_no_number_is_given_twice() {
    let house = house_with_terms().await;
    let hash = text(&house, "cgu", "Encore.").await;
    let publish = || async {
        let texts = WordingsWritten { fr: Some(hash.clone()), en: None };
        terms::publish(&house.tools, &By::local(), (TENANT, "cgu"), Some(2), NewVersion { texts, ..version() }).await
    };
    let results = futures_util::future::join_all((0..8).map(|_| publish())).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(results.iter().all(|result| matches!(result, Ok(_) | Err(Refused::Stale | Refused::Conflict))));
    let shown = terms::show(&house.tools, &By::local(), TENANT, "cgu").await.unwrap();
    assert_eq!(shown.it.versions.iter().map(|version| version.number).collect::<Vec<_>>(), [1, 2]);
}

#[actix_web::test]
async fn earlier_acceptances_are_imported_once_counted_and_refused_with_a_reason() {
    let house = house_with_terms().await;
    let line = |account: &str, version: Option<u32>, at: Option<u64>| Acceptance { account: account.to_owned(), version, accepted_at: at };
    let lines = || {
        vec![
            line("camille@courriel.test", Some(1), Some(1_000)),
            line(&house.camille.id.to_string(), Some(1), Some(1_000)),
            line("nobody@courriel.test", None, None),
            line("camille@courriel.test", Some(7), None),
            line("camille@courriel.test", None, Some(u64::from(u32::MAX))),
        ]
    };
    let import = || async { terms::import(&house.tools, &By::local(), (TENANT, "cgu"), Acceptances { acceptances: lines() }).await.unwrap().lines };
    let outcomes = |lines: Vec<terms::AcceptanceTaken>| lines.iter().map(|line| line.outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(import().await), [Created, Unchanged, Failed, Failed, Failed]);
    assert_eq!(outcomes(import().await), [Unchanged, Unchanged, Failed, Failed, Failed], "the same again changes nothing");
    assert!(at_terms(&house).await.shown.answer().contains_key("code"), "what was imported is not asked");
    let report = terms::report(&house.tools, &By::local(), (TENANT, "cgu")).await.unwrap();
    assert_eq!((report.versions[0].shown, report.versions[0].imported), (0, 1));
    let list = terms::list_accepted(&house.tools, &By::local(), (TENANT, "cgu"), &PageAsked::default()).await.unwrap();
    assert_eq!((list.items[0].how, list.items[0].accepted_at.0, list.items[0].account), (AcceptedHow::Imported, 1_000, house.camille.id));
}
