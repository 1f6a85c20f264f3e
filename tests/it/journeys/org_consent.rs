//! J17: an organisation asks somebody who comes from elsewhere, once; and S-CONSENT-BOTH, where its application asks on the same page.

use parvis::{
    model::{Account, AuditEvent, EventName, Membership, OrgConsentRule, OrganisationConsent, PermissionItem, Subject, Tenant, TenantKind},
    storage::{Loaded, Paging},
    values::AccountId,
};
use uuid::Uuid;

use super::{PASSWORD, gives_password, house, rules, sign_up::PERSONAL};
use crate::harness::{House, Walker, authorize};

/// A house whose client asks for agreement, and Lou, who has a place in it and a home elsewhere.
pub(crate) async fn house_with_guest() -> (House, Subject) {
    let house = house().await;
    let like = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap().into_value();
    house.keeps(&Tenant { id: PERSONAL, slug: "personal".to_owned(), kind: TenantKind::Personal, is_default: false, domains: Vec::new(), ..like }).await;
    let lou = guest(&house, 31, "lou@courriel.test").await;
    (house, lou)
}

/// Somebody else from elsewhere who has a place here.
pub(super) async fn guest(house: &House, number: u128, email: &str) -> Subject {
    let mut account: Account = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    (account.home, account.id) = (PERSONAL, AccountId(Uuid::from_u128(number)));
    account.emails[0].address = email.parse().unwrap();
    account.phones.clear();
    account.created_at = house.tools.now();
    house.keeps(&account).await;
    let subject = account.subject();
    gives_password(house, subject).await;
    house.keeps(&Membership { tenant: house.tenant, subject, roles: [].into(), company: None, created_at: house.tools.now() }).await;
    subject
}

/// Lou, sent by the client in a new browser, has signed in.
pub(crate) async fn lou_signed_in(house: &House) -> Walker {
    let mut lou = Walker::new(house);
    lou.opens(&authorize(&[])).await;
    lou.signs_in("lou@courriel.test", PASSWORD).await;
    lou
}

pub(super) async fn permission(house: &House, subject: Subject) -> Option<OrganisationConsent> {
    house.tools.reads().organisation_consent(house.tenant, subject).await.unwrap().map(Loaded::into_value)
}

/// What the audit trail says, of these events.
pub(super) async fn audited(house: &House, names: &[EventName]) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| names.contains(&event.event)).collect()
}

const DECIDED: &[EventName] =
    &[EventName::ConsentOrgGranted, EventName::ConsentOrgDenied, EventName::ConsentOrgRevoked, EventName::ConsentUserGranted, EventName::ConsentUserDenied];

async fn decided(house: &House) -> Vec<EventName> {
    audited(house, DECIDED).await.iter().map(|event| event.event).collect()
}

#[actix_web::test]
async fn m_055_somebody_from_elsewhere_is_asked_for_three_things_at_the_first_entry_and_not_at_the_second() {
    let (house, subject) = house_with_guest().await;
    rules(&house, |tenant| tenant.support.privacy_url = Some("https://aubepine.test/confidentialite".to_owned())).await;
    let mut lou = lou_signed_in(&house).await;
    assert_eq!((lou.shown.screen(), lou.shown.status), ("S-ORG-CONSENT", 200));
    assert_eq!(lou.shown.html.matches("data-item=\"").count(), 3);
    for name in ["items", "more", "statement", "accept", "cancel", "other_account"] {
        assert!(lou.shown.html.contains(&format!("data-testid=\"{name}\"")), "{name}");
    }
    assert!(lou.shown.html.contains("aubepine.test") && lou.shown.html.contains("href=\"/account/organisations\""));
    assert!(permission(&house, subject).await.is_none(), "nothing is given before it is said");
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(lou.shown.screen(), "S-APP-CONSENT");
    lou.answers(&[("action", "accept")]).await;
    assert!(lou.shown.answer().contains_key("code"));
    assert_eq!(lou.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-ORG-CONSENT", "S-APP-CONSENT"]);
    let given = permission(&house, subject).await.unwrap();
    assert_eq!((given.items.as_slice(), given.statement_version, given.given_at), (&PermissionItem::ALL[..], 1, house.tools.now()));
    assert_eq!(given.text_hash.len(), 43);
    assert_eq!(decided(&house).await, [EventName::ConsentUserGranted, EventName::ConsentOrgGranted]);
    let again = lou_signed_in(&house).await;
    assert!(again.shown.answer().contains_key("code"), "once");
}

#[actix_web::test]
async fn people_at_home_and_where_it_is_off_are_not_asked() {
    let (house, _) = house_with_guest().await;
    assert_eq!(Walker::signed_in(&house, &[]).await.shown.screen(), "S-APP-CONSENT", "Camille is at home");
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::Off).await;
    assert_eq!(lou_signed_in(&house).await.shown.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn m_056_a_no_goes_back_to_the_application_and_only_the_audit_trail_keeps_it() {
    let (house, subject) = house_with_guest().await;
    let mut lou = lou_signed_in(&house).await;
    lou.answers(&[("action", "cancel")]).await;
    let answer = lou.shown.answer();
    assert_eq!((answer["error"].as_str(), answer["state"].as_str()), ("access_denied", "af0ifjsldkj"));
    assert!(permission(&house, subject).await.is_none());
    let [event] = &*audited(&house, DECIDED).await else { panic!() };
    assert_eq!((event.event, event.outcome), (EventName::ConsentOrgDenied, parvis::model::Outcome::Refused));
    assert_eq!(lou_signed_in(&house).await.shown.screen(), "S-ORG-CONSENT", "and it is asked again the next time");
}

#[actix_web::test]
async fn a_new_version_of_the_statement_is_agreed_to_anew_even_when_it_appears_meanwhile() {
    let (house, subject) = house_with_guest().await;
    let mut lou = lou_signed_in(&house).await;
    rules(&house, |tenant| tenant.settings.privacy_version = 2).await;
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT", "agreed is only what was read");
    lou.answers(&[("action", "accept")]).await;
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(permission(&house, subject).await.unwrap().statement_version, 2);
    rules(&house, |tenant| tenant.settings.privacy_version = 3).await;
    assert_eq!(lou_signed_in(&house).await.shown.screen(), "S-ORG-CONSENT");
}

#[actix_web::test]
async fn a_client_that_wants_no_page_is_told_that_consent_is_required() {
    let (house, _) = house_with_guest().await;
    let mut lou = lou_signed_in(&house).await;
    lou.answers(&[("action", "accept")]).await;
    lou.answers(&[("action", "accept")]).await;
    rules(&house, |tenant| tenant.settings.privacy_version = 2).await;
    lou.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(lou.shown.answer()["error"], "consent_required");
}

#[actix_web::test]
async fn the_permission_cannot_be_stepped_over_and_is_not_asked_twice_when_the_tab_was_closed() {
    let (house, subject) = house_with_guest().await;
    let mut lou = lou_signed_in(&house).await;
    let base = format!("/ui/{}", lou.shown.path.split('/').nth(2).unwrap());
    for place in ["consent", "consent/both", "terms", "stay"] {
        assert_eq!(lou.opens(&format!("{base}/{place}")).await.screen(), "S-ORG-CONSENT", "{place}");
    }
    let (csrf, hash) = (lou.shown.hidden("csrf").unwrap(), lou.shown.hidden("text_hash").unwrap());
    let fields = [("action", "accept"), ("csrf", &*csrf), ("text_hash", &*hash)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    lou.posts(&format!("{base}/consent"), &fields).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT", "a form of one page answers no other");
    lou.opens(&format!("{base}/org-consent")).await;
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(lou.shown.screen(), "S-APP-CONSENT");
    lou.opens(&authorize(&[])).await;
    assert_eq!(lou.shown.screen(), "S-APP-CONSENT", "what was said to the organisation is not asked again");
    assert!(permission(&house, subject).await.is_none());
    lou.answers(&[("action", "accept")]).await;
    assert!(permission(&house, subject).await.is_some());
}

#[actix_web::test]
async fn where_both_are_due_one_page_asks_once_and_two_records_are_kept() {
    let (house, subject) = house_with_guest().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::WithApp).await;
    let mut lou = lou_signed_in(&house).await;
    assert_eq!((lou.shown.screen(), lou.shown.html.matches("data-item=\"").count()), ("S-CONSENT-BOTH", 3));
    assert!(lou.shown.html.contains("data-scope=\"profile\"") && lou.shown.html.contains("<h2 id=\"organisation\">"));
    assert_eq!(lou.answers(&[("action", "report")]).await.screen(), "S-APP-REPORT");
    assert_eq!(lou.answers(&[("action", "back")]).await.screen(), "S-CONSENT-BOTH");
    lou.answers(&[("action", "accept")]).await;
    assert!(lou.shown.answer().contains_key("code"));
    let app = house.tools.reads().consent(house.tenant, subject, &"espace-client".into()).await.unwrap().unwrap();
    assert_eq!((permission(&house, subject).await.unwrap().text_hash, &*app.scopes.to_string()), (app.text_hash.clone(), "openid profile"));
    lou.opens(&authorize(&[("scope", "openid email")])).await;
    assert_eq!(lou.shown.screen(), "S-APP-CONSENT", "only what is due is asked");
}

#[actix_web::test]
async fn where_only_the_organisation_is_due_its_own_page_asks() {
    let (house, subject) = house_with_guest().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::WithApp).await;
    let mut lou = lou_signed_in(&house).await;
    lou.answers(&[("action", "accept")]).await;
    rules(&house, |tenant| tenant.settings.privacy_version = 2).await;
    lou.opens(&authorize(&[])).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT");
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(permission(&house, subject).await.unwrap().statement_version, 2);
}

#[actix_web::test]
async fn a_no_to_both_is_written_down_as_both() {
    let (house, subject) = house_with_guest().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::WithApp).await;
    let mut lou = lou_signed_in(&house).await;
    lou.answers(&[("action", "cancel")]).await;
    assert_eq!(lou.shown.answer()["error"], "access_denied");
    let mut events = decided(&house).await;
    events.sort_by_key(|event| event.as_str());
    assert_eq!(events, [EventName::ConsentOrgDenied, EventName::ConsentUserDenied]);
    assert!(permission(&house, subject).await.is_none());
    assert!(house.tools.reads().consent(house.tenant, subject, &"espace-client".into()).await.unwrap().is_none());
}

#[actix_web::test]
async fn markup_in_the_name_of_an_organisation_stays_text() {
    let (house, _) = house_with_guest().await;
    rules(&house, |tenant| tenant.names = parvis::model::Localised::same("<script>alert(1)</script>")).await;
    let lou = lou_signed_in(&house).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT");
    assert!(!lou.shown.html.contains("<script>alert") && lou.shown.html.contains("&lt;script&gt;alert"));
}

#[actix_web::test]
async fn somebody_new_who_says_no_gets_no_account() {
    let house = super::sign_up::open_house().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::Ask).await;
    let mut lea = super::sign_up::at_profile(&house, "lea@courriel.test").await;
    lea.answers(super::sign_up::NAMES).await;
    assert_eq!(lea.shown.screen(), "S-ORG-CONSENT");
    lea.answers(&[("action", "cancel")]).await;
    assert_eq!(lea.shown.answer()["error"], "access_denied");
    assert!(super::sign_up::account_of(&house, "lea@courriel.test").await.is_none(), "no account comes to be");
    assert_eq!(decided(&house).await, [EventName::ConsentOrgDenied]);
}

#[actix_web::test]
async fn somebody_new_is_asked_after_the_names_and_what_they_say_is_written_with_the_account() {
    let house = super::sign_up::open_house().await;
    rules(&house, |tenant| tenant.settings.org_consent = OrgConsentRule::Ask).await;
    let mut lea = super::sign_up::at_profile(&house, "lea@courriel.test").await;
    lea.answers(super::sign_up::NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert_eq!(lea.shown.screen(), "S-APP-CONSENT");
    assert!(super::sign_up::account_of(&house, "lea@courriel.test").await.is_none());
    lea.answers(&[("action", "accept")]).await;
    let account = super::sign_up::account_of(&house, "lea@courriel.test").await.unwrap();
    assert!(permission(&house, account.subject()).await.is_some());
}
