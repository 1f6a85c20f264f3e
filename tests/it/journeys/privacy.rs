//! J41: what is kept, where, and all of it as a file.

use std::collections::BTreeMap;

use actix_web::test::TestRequest;
use parvis::{
    jobs,
    model::{Account, AccountExportPart, Consent, EventName, Index, Key, Localised, MailName, Membership, Role},
    storage::{Loaded, Paging},
    values::Locale,
};

use super::{
    PASSWORD, house, newcomer,
    portal::{FIREFOX, events, in_portal},
    rules,
    sign_up::{PERSONAL, mails_to, open_house},
};
use crate::harness::{House, Walker};

/// The files of a ZIP whose files are stored as they are, by name. [APPNOTE §4.3.7]
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut at) = (BTreeMap::new(), 0);
    let number = |at: usize, bytes: usize| (0..bytes).rev().fold(0, |sum, place| sum * 256 + usize::from(zip[at + place]));
    while zip[at..].starts_with(b"PK\x03\x04") {
        let (size, name, more) = (number(at + 22, 4), number(at + 26, 2), number(at + 28, 2));
        let body = at + 30 + name + more;
        files.insert(String::from_utf8(zip[at + 30..at + 30 + name].to_vec()).unwrap(), zip[body..body + size].to_vec());
        at = body + size;
    }
    assert!(zip[at..].starts_with(b"PK\x01\x02"), "the list of files follows");
    files
}

/// What a signed-in browser is given at an address, as bytes.
pub(super) async fn fetched(walker: &Walker, path: &str) -> (u16, Option<String>, Vec<u8>) {
    use actix_web::{App, cookie::Cookie, middleware::from_fn, test, web::Data};
    use parvis::web::{State, guard, routes};
    let house = &walker.house;
    let state = State { tools: house.tools.clone(), counts: house.counts.clone(), proxies: "".parse().unwrap(), demo: false };
    let app = App::new().app_data(Data::new(state)).wrap(from_fn(guard::canonical)).wrap(from_fn(guard::around)).configure(routes::configure);
    let app = test::init_service(app).await;
    let mut request = TestRequest::get().uri(path);
    for (name, value) in &walker.cookies {
        request = request.cookie(Cookie::new(name.clone(), value.clone()));
    }
    let reply = test::call_service(&app, request.to_request()).await;
    let (status, kind) = (reply.status().as_u16(), reply.headers().get("content-disposition").map(|value| value.to_str().unwrap().to_owned()));
    (status, kind, test::read_body(reply).await.to_vec())
}

pub(super) async fn asked(house: &House) -> Walker {
    let mut camille = in_portal(house, FIREFOX).await;
    camille.opens("/account/privacy").await;
    camille.answers(&[("action", "export")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-PRIVACY", 200));
    assert!(camille.shown.html.contains("data-testid=\"waiting\""));
    camille
}

#[actix_web::test]
async fn m_043_the_page_names_controller_and_place_of_each_organisation() {
    let house = open_house().await;
    rules(&house, |tenant| {
        tenant.support.controller = Some("Cabinet Aubépine SAS, Dijon".to_owned());
        tenant.support.data_place = Some(Localised { fr: "Dijon, en France".to_owned(), en: "Dijon, France".to_owned() });
    })
    .await;
    let now = house.tools.now();
    house.keeps(&Membership { tenant: PERSONAL, subject: house.camille, roles: [].into(), company: None, created_at: now }).await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/privacy").await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-PRIVACY", 200));
    for said in ["Cabinet Aubépine SAS, Dijon", "Dijon, en France", "Demandez à cette organisation", "30\u{a0}jours", "7\u{a0}jours"] {
        assert!(camille.shown.html.replace("30 jours", "30\u{a0}jours").replace("7 jours", "7\u{a0}jours").contains(said), "{said}");
    }
    assert_eq!(camille.shown.html.matches("data-testid=\"kept_at\"").count(), 2);
    assert!(camille.opens("/account/privacy?lang=en").await.html.contains("Dijon, France"));
}

#[actix_web::test]
async fn j41_an_export_holds_all_that_is_kept_for_programs_and_for_people() {
    let house = house().await;
    Walker::sent_back(&house, &[]).await;
    let camille = asked(&house).await;
    assert_eq!(fetched(&camille, "/account/privacy/export").await.0, 404, "it is not made yet");
    jobs::departures::export(&house.tools).await.unwrap();
    assert_eq!(mails_to(&house, "camille@courriel.test").await.last().unwrap().0, MailName::ExportReady);
    let (status, disposition, file) = fetched(&camille, "/account/privacy/export").await;
    assert_eq!((status, disposition.as_deref()), (200, Some("attachment; filename=\"account.zip\"")));
    let files = unpacked(&file);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["account.htm", "account.json"]);
    let json: serde_json::Value = serde_json::from_slice(&files["account.json"]).unwrap();
    assert_eq!(json["account"]["profile"]["given_name"], "Camille");
    assert_eq!(json["account"]["emails"][0]["address"]["norm"], "camille@courriel.test");
    assert_eq!(json["applications"][0]["application"]["fr"], "Espace client");
    assert!(json["sessions"][0]["began_at"].is_u64());
    let said: Vec<&str> = json["events"].as_array().unwrap().iter().map(|event| event["event"].as_str().unwrap()).collect();
    for event in ["consent.user_granted", "signin.succeeded", "account.exported"] {
        assert!(said.contains(&event), "{event} in {said:?}");
    }
    let html = String::from_utf8(files["account.htm"].clone()).unwrap();
    for said in ["<html lang=\"fr\">", "Camille", "Éon", "camille@courriel.test", "1 rue des Aubépines", "Espace client", "account.exported"] {
        assert!(html.contains(said), "{said}");
    }
    let whole = String::from_utf8_lossy(&file);
    assert!(!whole.contains("$argon2") && !whole.contains("phc"), "nothing that proves who it is");
    let [event] = &*events(&house, EventName::AccountExported).await else { panic!() };
    assert_eq!(event.actor.id, Some(house.camille.id.to_string()));
}

#[actix_web::test]
async fn j41_the_file_reads_in_the_language_of_the_person() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.locale = Some(Locale::En)).await;
    let camille = asked(&house).await;
    jobs::departures::export(&house.tools).await.unwrap();
    let (_, _, file) = fetched(&camille, "/account/privacy/export").await;
    let html = String::from_utf8(unpacked(&file).remove("account.htm").unwrap()).unwrap();
    assert!(html.contains("<html lang=\"en\">") && html.contains("My data") && !html.contains("Mes données"));
}

#[actix_web::test]
async fn j41_a_large_export_is_kept_in_small_rows_and_put_together_again() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.profile.nickname = Some("x".repeat(30_000))).await;
    for number in 0..6 {
        let client = house.registers(|client| {
            client.id = format!("client-{number}").into();
            client.names = Localised::same(&"y".repeat(20_000));
        });
        let client = client.await;
        let now = house.tools.now();
        let consent = Consent {
            tenant: house.tenant,
            subject: house.camille,
            client: client.id.clone(),
            scopes: "openid".parse().unwrap(),
            given_at: now,
            locale: Locale::Fr,
            text_hash: "hash".to_owned(),
            client_version: now,
            used_at: None,
        };
        house.keeps(&consent).await;
    }
    let camille = asked(&house).await;
    jobs::departures::export(&house.tools).await.unwrap();
    let key = Key::of([&house.camille.home.to_string(), &house.camille.id.to_string()]);
    let parts: Vec<Loaded<AccountExportPart>> =
        house.tools.store.all(Index::AccountExportPartByAccount, &key, Paging::first(100), house.tools.now()).await.unwrap();
    assert!(parts.len() > 8 && parts.iter().all(|part| serde_json::to_vec(&**part).unwrap().len() < 65_536));
    let (_, _, file) = fetched(&camille, "/account/privacy/export").await;
    let json: serde_json::Value = serde_json::from_slice(&unpacked(&file)["account.json"]).unwrap();
    assert_eq!(json["applications"].as_array().unwrap().len(), 6);
}

#[actix_web::test]
async fn j41_a_fresh_proof_is_wanted_to_ask_and_to_fetch_and_a_form_of_elsewhere_is_refused() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/privacy").await;
    for csrf in ["", "forged"] {
        camille.answers(&[("action", "export"), ("csrf", csrf)]).await;
        assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-ME-PRIVACY", 403, vec!["E-CSRF"]));
    }
    house.waits(601);
    camille.opens("/account/privacy").await;
    assert_eq!(camille.shown.screen(), "S-ME-PRIVACY", "looking needs none");
    camille.answers(&[("action", "export")]).await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    assert!(events(&house, EventName::AccountExported).await.is_empty());
    let mut camille = asked(&house).await;
    jobs::departures::export(&house.tools).await.unwrap();
    house.waits(601);
    assert_eq!(fetched(&camille, "/account/privacy/export").await.0, 303);
    camille.opens("/account/privacy/export").await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(camille.shown.screen(), "S-ME-PRIVACY");
    assert_eq!(fetched(&camille, "/account/privacy/export").await.0, 200);
}

#[actix_web::test]
async fn another_persons_export_has_no_address_that_could_be_guessed() {
    let house = house().await;
    let camille = asked(&house).await;
    jobs::departures::export(&house.tools).await.unwrap();
    newcomer(&house, 3, "lou@courriel.test").await;
    let mut lou = Walker::new(&house);
    lou.opens("/account/privacy").await;
    lou.signs_in("lou@courriel.test", PASSWORD).await;
    assert!(!lou.shown.html.contains("data-testid=\"download\""));
    let id = house.camille.id;
    for path in ["/account/privacy/export".to_owned(), format!("/account/privacy/export?account={id}"), format!("/account/privacy/export/{id}")] {
        assert_eq!(fetched(&lou, &path).await.0, 404, "{path}");
    }
    let nobody = Walker::new(&house);
    assert_eq!(fetched(&nobody, "/account/privacy/export").await.0, 303, "to the sign-in");
    assert_eq!(fetched(&camille, "/account/privacy/export").await.0, 200);
}

#[actix_web::test]
async fn j41_an_export_ends_after_seven_days_and_one_that_was_interrupted_is_made_anew() {
    let house = house().await;
    let camille = asked(&house).await;
    // A pass that got as far as its parts.
    let key = parvis::model::AccountExport::key_of(house.camille);
    let export = house.tools.store.load::<parvis::model::AccountExport>(&key, house.tools.now()).await.unwrap().unwrap();
    let part = AccountExportPart { subject: house.camille, export: export.id.clone(), number: 0, bytes: "half".to_owned(), until: export.until };
    house.keeps(&part).await;
    jobs::departures::export(&house.tools).await.unwrap();
    jobs::departures::export(&house.tools).await.unwrap();
    assert_eq!(mails_to(&house, "camille@courriel.test").await.iter().filter(|(name, _)| *name == MailName::ExportReady).count(), 1);
    assert_eq!(unpacked(&fetched(&camille, "/account/privacy/export").await.2).len(), 2);
    house.waits(7 * 86_400);
    let mut later = in_portal(&house, FIREFOX).await;
    assert_eq!(fetched(&later, "/account/privacy/export").await.0, 404);
    assert!(!later.opens("/account/privacy").await.html.contains("data-testid=\"ready\""));
    while house.tools.store.sweep(house.tools.now(), 500).await.unwrap() > 0 {}
    let account = Key::of([&house.camille.home.to_string(), &house.camille.id.to_string()]);
    let parts: Vec<Loaded<AccountExportPart>> =
        house.tools.store.all(Index::AccountExportPartByAccount, &account, Paging::first(100), parvis::values::Timestamp(0)).await.unwrap();
    assert!(parts.is_empty(), "nothing of it is left");
}

#[actix_web::test]
async fn j41_who_else_acted_is_not_in_an_export() {
    let house = house().await;
    let mut event = parvis::model::AuditEvent::new(
        EventName::RoleAssigned,
        house.tenant,
        parvis::model::Actor { kind: parvis::model::ActorKind::Admin, id: Some("somebody-else".to_owned()) },
        house.tools.now(),
    )
    .on("account", house.camille.id);
    event.ip = Some("192.0.2.99".to_owned());
    let mut batch = parvis::storage::Batch::new(house.tools.now());
    batch.audit(&event).unwrap();
    house.tools.store.commit(batch).await.unwrap();
    house.changes::<Account>(Account::key_of(house.camille), |account| account.roles = [Role::Auditor].into()).await;
    let camille = asked(&house).await;
    jobs::departures::export(&house.tools).await.unwrap();
    let file = fetched(&camille, "/account/privacy/export").await.2;
    let whole = String::from_utf8_lossy(&file);
    assert!(whole.contains("role.assigned") && !whole.contains("somebody-else") && !whole.contains("192.0.2.99"));
}
