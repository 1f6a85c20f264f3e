//! J19: the first person of a company makes it.

use std::collections::BTreeSet;

use parvis::{
    model::{
        AuditEvent, Client, Company, CompanyDetails, CompanyPlace, CompanyState, Endpoint, EndpointSecret, EndpointState, EventName, HookName, MailName,
        Membership, Subject,
    },
    storage::{Loaded, Paging},
    values::{CompanyId, OwnClaim},
};
use uuid::Uuid;

use super::{
    rules,
    sign_up::{CHOSEN, NAMES, account_of, at_profile, mails_to, open_house},
};
use crate::harness::{House, Walker, authorize, claims_of};

const SIRET: &str = "732 829 320 00074";

/// A house that wants to know the company of those who come from elsewhere.
pub(crate) async fn asking_house() -> House {
    let house = open_house().await;
    rules(&house, |tenant| tenant.settings.company_step = true).await;
    house
}

/// All that a company needs.
pub(super) fn complete<'a>(action: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("action", action),
        ("legal_name", "Ateliers Morvan SAS"),
        ("country", "FR"),
        ("reg_no", SIRET),
        ("street-address", "3 rue des Cuves"),
        ("postal-code", "58000"),
        ("address-level2", "Nevers"),
        ("contact_given", "Basile"),
        ("contact_family", "Roux"),
    ];
    for (name, text) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((*name, *text));
    }
    fields
}

/// Somebody new stands before the company.
pub(crate) async fn at_company(house: &House, address: &str) -> Walker {
    let mut basile = at_profile(house, address).await;
    basile.answers(NAMES).await;
    basile.answers(&[("action", "accept")]).await;
    assert_eq!(basile.shown.screen(), "S-COMPANY", "{:?}", basile.shown.errors());
    basile
}

async fn companies(house: &House) -> Vec<Company> {
    house.tools.reads().companies(house.tenant, Paging::first(50)).await.unwrap().into_iter().map(Loaded::into_value).collect()
}

async fn membership(house: &House, subject: Subject) -> Membership {
    house.tools.reads().membership(house.tenant, subject).await.unwrap().unwrap().into_value()
}

async fn events(house: &House) -> Vec<EventName> {
    let all = house.tools.reads().audit_of(house.tenant, Paging::first(200)).await.unwrap();
    all.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap().event).collect()
}

async fn subject_of(house: &House, address: &str) -> Subject {
    account_of(house, address).await.unwrap().subject()
}

/// Somebody who was invited for a company of which the inviter knows something.
async fn invited(house: &House, address: &str) -> Walker {
    rules(house, |tenant| tenant.settings.company_step = false).await;
    let mut basile = at_profile(house, address).await;
    basile.answers(NAMES).await;
    basile.answers(&[("action", "accept")]).await;
    rules(house, |tenant| tenant.settings.company_step = true).await;
    let filled = CompanyDetails { legal_name: "Ateliers <b>Morvan</b>".into(), country: "FR".into(), locality: "Nevers".into(), ..CompanyDetails::default() };
    let draft = Company::draft(house.tenant, CompanyId(Uuid::from_u128(9)), filled, house.tools.now());
    house.keeps(&draft).await;
    let subject = subject_of(house, address).await;
    house
        .changes::<Membership>(Membership::key_of(house.tenant, subject), |membership| {
            membership.company = Some(CompanyPlace { id: draft.id, administrator: false });
        })
        .await;
    let mut again = Walker::new(house);
    again.opens(&authorize(&[])).await;
    again.signs_in(address, CHOSEN).await;
    again
}

#[actix_web::test]
async fn m_112_m_113_a_company_is_made_with_its_administrator_mail_webhook_and_code_in_one_flow() {
    let house = asking_house().await;
    house
        .changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.id_token_claims = BTreeSet::from([OwnClaim::CompanyId]))
        .await;
    let now = house.tools.now();
    let secret = house.tools.sealer.seal(parvis::crypto::Purpose::Webhook, &[1; 32], house.tools.entropy.as_ref()).unwrap();
    let secrets = vec![EndpointSecret { sealed: secret, hint: "whsec_".into(), created_at: now, expires_at: None }];
    let events_wanted = BTreeSet::from([HookName::CompanyCreated]);
    let endpoint = Endpoint {
        tenant: house.tenant,
        client: "espace-client".into(),
        id: "e".into(),
        url: "https://hooks.example/".into(),
        events: events_wanted,
        secrets,
        state: EndpointState::Active,
        created_at: now,
        updated_at: now,
    };
    house.keeps(&endpoint).await;

    let mut basile = at_company(&house, "b.roux@courriel.test").await;
    assert!(companies(&house).await.is_empty() && account_of(&house, "b.roux@courriel.test").await.is_none(), "nothing is there before the end");
    basile.answers(&complete("create", &[])).await;

    let code = basile.shown.answer()["code"].clone();
    let subject = subject_of(&house, "b.roux@courriel.test").await;
    let made = companies(&house).await;
    assert_eq!((made.len(), made[0].state, made[0].created_by, made[0].number.as_deref()), (1, CompanyState::Active, Some(subject), Some("732829320")));
    assert_eq!((made[0].details.legal_name.as_str(), made[0].details.reg_no.as_str()), ("Ateliers Morvan SAS", "73282932000074"));
    assert_eq!(membership(&house, subject).await.company, Some(CompanyPlace { id: made[0].id, administrator: true }));
    let told = events(&house).await;
    assert!(told.contains(&EventName::CompanyCreated) && told.contains(&EventName::RoleAssigned), "{told:?}");
    assert!(mails_to(&house, "b.roux@courriel.test").await.iter().any(|(name, _)| *name == MailName::CompanyReady));
    let hooks = house.tools.reads().open_hooks(house.tenant, Paging::first(10)).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&hooks[0].hook().unwrap().body).unwrap();
    assert_eq!((hooks.len(), &body["type"], &body["data"]["company"]), (1, &"company.created".into(), &made[0].id.to_string().into()));
    assert_eq!(body["data"]["account"], subject.id.to_string());
    let answer = house.redeems(&"espace-client".into(), &code).await.unwrap();
    assert_eq!(claims_of(answer.id_token.as_ref().unwrap().expose())["company_id"], made[0].id.to_string());

    let mut again = Walker::new(&house);
    again.opens(&authorize(&[])).await;
    again.signs_in("b.roux@courriel.test", CHOSEN).await;
    assert!(again.shown.answer().contains_key("code"), "who has a company is not asked again");
}

#[actix_web::test]
async fn m_109_what_the_inviter_knows_stands_in_the_form_with_their_name_beside_it_and_markup_is_text() {
    let house = asking_house().await;
    let mut basile = invited(&house, "b.roux@courriel.test").await;
    assert_eq!(basile.shown.screen(), "S-COMPANY");
    let html = &basile.shown.html;
    assert!(html.contains("value=\"Ateliers &lt;b&gt;Morvan") && html.contains("value=\"Nevers\"") && !html.contains("<b>Morvan"), "{html}");
    assert_eq!(html.matches("Renseigné par Cabinet Aubépine").count(), 3, "name, country and town, and nothing that nobody filled in");
    basile.answers(&complete("create", &[])).await;
    let made = companies(&house).await;
    assert_eq!((made.len(), made[0].id, made[0].state), (1, CompanyId(Uuid::from_u128(9)), CompanyState::Active), "the draft became the company");
    assert_eq!(made[0].filled.legal_name, "Ateliers <b>Morvan</b>");
    let subject = subject_of(&house, "b.roux@courriel.test").await;
    assert_eq!(membership(&house, subject).await.company, Some(CompanyPlace { id: made[0].id, administrator: true }));
}

#[actix_web::test]
async fn m_110_m_111_without_a_script_all_that_is_wrong_is_listed_and_what_was_typed_stays() {
    let house = asking_house().await;
    let mut basile = at_company(&house, "b.roux@courriel.test").await;
    assert!(basile.shown.html.contains("data-missing=") && basile.shown.html.contains("id=\"left\"") && !basile.shown.html.contains("aria-disabled"));
    basile
        .answers(&[
            ("action", "create"),
            ("legal_name", ""),
            ("country", "FR"),
            ("reg_no", "73282932000075"),
            ("vat_no", "FR99732829320"),
            ("phone", "12"),
            ("sector", "Cuves"),
        ])
        .await;
    let wrong = ["E-REQ", "E-COMPANY-ID", "E-COMPANY-ID", "E-REQ", "E-REQ", "E-REQ", "E-PHONE"];
    assert_eq!((basile.shown.status, basile.shown.errors()), (422, wrong.to_vec()));
    assert!(basile.shown.html.contains("value=\"Cuves\"") && basile.shown.html.contains("value=\"73282932000075\""));
    assert!(companies(&house).await.is_empty());
    for (field, text) in
        [("reg_no", "x".repeat(5000)), ("country", "XX".into()), ("size", "many".into()), ("timezone", "Mars".into()), ("legal_name", "a\u{202e}b".into())]
    {
        basile.answers(&complete("create", &[(field, &text)])).await;
        assert_eq!(basile.shown.status, 422, "{field}");
    }
}

#[actix_web::test]
async fn saved_for_later_the_person_goes_in_and_finds_it_again_the_next_time() {
    let house = asking_house().await;
    let mut basile = at_company(&house, "b.roux@courriel.test").await;
    basile.answers(&[("action", "later"), ("legal_name", "Ateliers Morvan"), ("reg_no", "12")]).await;
    assert!(basile.shown.answer().contains_key("code"));
    let saved = companies(&house).await;
    assert_eq!((saved.len(), saved[0].state, saved[0].details.reg_no.as_str()), (1, CompanyState::Draft, "12"));
    let subject = subject_of(&house, "b.roux@courriel.test").await;
    assert_eq!(membership(&house, subject).await.company, Some(CompanyPlace { id: saved[0].id, administrator: false }));
    assert!(!events(&house).await.contains(&EventName::CompanyCreated));

    let mut again = Walker::new(&house);
    again.opens(&authorize(&[])).await;
    again.signs_in("b.roux@courriel.test", CHOSEN).await;
    assert_eq!(again.shown.screen(), "S-COMPANY");
    assert!(
        again.shown.html.contains("value=\"Ateliers Morvan\"") && !again.shown.html.contains("Renseigné par"),
        "what they typed themselves nobody filled in for them"
    );
    again.answers(&complete("create", &[])).await;
    let made = companies(&house).await;
    assert_eq!((made.len(), made[0].id, made[0].state), (1, saved[0].id, CompanyState::Active));
}

#[actix_web::test]
async fn a_company_that_is_there_is_said_to_be_with_whom_to_ask_and_what_was_typed_stays() {
    let house = asking_house().await;
    at_company(&house, "b.roux@courriel.test").await.answers(&complete("create", &[])).await;
    let mut nadia = at_company(&house, "n.roux@courriel.test").await;
    nadia.answers(&complete("create", &[("reg_no", "732829320"), ("sector", "Tonnellerie")])).await;
    assert_eq!((nadia.shown.status, nadia.shown.errors()), (409, vec!["E-COMPANY-DUP"]));
    assert!(nadia.shown.html.contains("B. R.") && nadia.shown.html.contains("value=\"Tonnellerie\"") && !nadia.shown.html.contains("b.roux@courriel.test"));
}

#[actix_web::test]
async fn of_two_people_who_make_the_same_company_at_once_one_does_and_the_other_is_told() {
    let house = asking_house().await;
    let (mut basile, mut nadia) = (at_company(&house, "b.roux@courriel.test").await, at_company(&house, "n.roux@courriel.test").await);
    let (one, other) = (complete("create", &[]), complete("create", &[("sector", "Tonnellerie")]));
    futures_util::future::join(basile.answers(&one), nadia.answers(&other)).await;
    let walkers = [&basile, &nadia];
    assert_eq!(walkers.iter().filter(|walker| walker.shown.left_to.is_some()).count(), 1);
    let late = walkers.into_iter().find(|walker| walker.shown.left_to.is_none()).unwrap();
    assert_eq!((late.shown.screen(), late.shown.status, late.shown.errors()), ("S-COMPANY", 409, vec!["E-COMPANY-DUP"]));
    assert!(late.shown.html.contains("value=\"Ateliers Morvan SAS\""));
    assert_eq!(companies(&house).await.len(), 1);
}

#[actix_web::test]
async fn a_lost_race_at_the_end_is_told_on_the_page_with_what_was_typed() {
    let house = asking_house().await;
    let mut nadia = at_company(&house, "n.roux@courriel.test").await;
    // Nadia stands before the end with her answer given, as a process that died between the two commits leaves her.
    let id = nadia.shown.path.split('/').nth(2).unwrap().to_owned();
    at_company(&house, "b.roux@courriel.test").await.answers(&complete("create", &[])).await;
    let details = CompanyDetails { legal_name: "Morvan bis".into(), country: "FR".into(), reg_no: "732829320".into(), ..CompanyDetails::default() };
    house
        .changes::<parvis::model::Journey>(parvis::model::Journey::key_of(&parvis::values::JourneyId::from(id.as_str())), |journey| {
            let subject = journey.evidence.iter().rev().find(|evidence| matches!(evidence.what, parvis::model::Proved::SigningUp(_))).unwrap().subject;
            let answer = parvis::model::CompanyAnswer::Create { id: CompanyId(Uuid::from_u128(10)), details, number: Some("732829320".into()) };
            journey.evidence.push(parvis::model::Evidence { subject, at: journey.started_at, what: parvis::model::Proved::Company(Box::new(answer)) });
        })
        .await;
    let path = nadia.shown.path.clone();
    nadia.opens(&path).await;
    assert_eq!((nadia.shown.screen(), nadia.shown.status, nadia.shown.errors()), ("S-COMPANY", 409, vec!["E-COMPANY-DUP"]));
    assert!(nadia.shown.html.contains("value=\"Morvan bis\""));
    nadia.answers(&complete("create", &[("reg_no", "303265045")])).await;
    assert!(nadia.shown.left_to.is_some(), "another number, another company: {:?}", nadia.shown.errors());
    assert_eq!(companies(&house).await.len(), 2);
}

#[actix_web::test]
async fn who_asks_for_a_place_in_a_company_is_let_in_and_its_administrator_written_to_once_a_day() {
    let house = asking_house().await;
    at_company(&house, "b.roux@courriel.test").await.answers(&complete("create", &[])).await;
    for address in ["n.roux@courriel.test", "n.roux@courriel.test"] {
        let mut nadia = if account_of(&house, address).await.is_none() {
            at_company(&house, address).await
        } else {
            let mut again = Walker::new(&house);
            again.opens(&authorize(&[])).await;
            again.signs_in(address, CHOSEN).await;
            again
        };
        nadia.answers(&[("action", "join"), ("country", "FR"), ("reg_no", "732829320")]).await;
        assert!(nadia.shown.answer().contains_key("code"), "{:?}", nadia.shown.errors());
    }
    let asked = mails_to(&house, "b.roux@courriel.test").await.into_iter().filter(|(name, _)| *name == MailName::CompanyAsked).count();
    assert_eq!(asked, 1);
    let subject = subject_of(&house, "n.roux@courriel.test").await;
    assert_eq!(membership(&house, subject).await.company, None, "asking gives nothing");

    let mut lea = at_company(&house, "lea@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "join"), ("country", "FR")]).await.errors(), ["E-REQ"]);
    lea.answers(&[("action", "join"), ("country", "FR"), ("reg_no", "303265045")]).await;
    assert!(lea.shown.answer().contains_key("code"), "whether there is such a company is not told");
}

#[actix_web::test]
async fn nobody_is_asked_where_the_setting_is_off_or_who_belongs_to_the_organisation_itself() {
    let house = asking_house().await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "accept")]).await;
    assert!(camille.shown.answer().contains_key("code"), "Camille is at home here: {}", camille.shown.screen());
    rules(&house, |tenant| tenant.settings.company_step = false).await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert!(lea.shown.answer().contains_key("code"));
}

#[actix_web::test]
async fn a_client_that_wants_no_page_is_told_that_one_is_needed() {
    let house = asking_house().await;
    let mut basile = at_company(&house, "b.roux@courriel.test").await;
    basile.answers(&[("action", "later")]).await;
    basile.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(basile.shown.answer()["error"], "interaction_required");
}
