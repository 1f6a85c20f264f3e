//! J41: the end of an account, and what calls it off.

use parvis::{
    jobs,
    model::{
        Account, AccountDeletion, ClientKind, Consent, Credential, Device, EventName, Index, Key, MailName, Membership, Role, Session, Subject, Tombstone,
    },
    storage::{Loaded, Paging},
    values::{AccountId, Email},
};
use uuid::Uuid;

use super::{
    PASSWORD,
    contact::{link_to, signs_in},
    gives_password,
    portal::{FIREFOX, events},
    rules,
    sign_up::{PERSONAL, mails_to, open_house},
};
use crate::harness::{House, Walker, authorize};

const LEA: &str = "lea@courriel.test";
pub(super) const GRACE: u64 = 30 * 86_400;

/// Léa, whose account is her own, with a place at the organisation.
pub(super) async fn lea(house: &House) -> Subject {
    let like = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    let mut account = Account { home: PERSONAL, id: AccountId(Uuid::from_u128(9)), phones: Vec::new(), ..like };
    account.emails[0].address = LEA.parse().unwrap();
    let now = house.tools.now();
    house.keeps(&account).await;
    gives_password(house, account.subject()).await;
    house.keeps(&Membership { tenant: house.tenant, subject: account.subject(), roles: [].into(), company: None, created_at: now }).await;
    account.subject()
}

async fn deletion(house: &House, subject: Subject) -> Option<AccountDeletion> {
    house.tools.reads().deletion(subject).await.unwrap().map(Loaded::into_value)
}

/// Léa before the question.
async fn at_question(house: &House) -> Walker {
    let mut lea = signs_in(house, LEA).await;
    lea.opens("/account/delete").await;
    assert_eq!((lea.shown.screen(), lea.shown.status), ("S-ME-DELETE", 200));
    lea
}

pub(super) async fn asked(house: &House) -> Walker {
    let mut lea = at_question(house).await;
    house.waits(1);
    lea.answers(&[("action", "delete"), ("confirm_email", " Lea@Courriel.test ")]).await;
    assert_eq!((lea.shown.screen(), lea.shown.status, &*lea.shown.path), ("S-ME-UNDO", 200, "/account/delete/planned"), "{:?}", lea.shown.errors());
    lea
}

/// Everything that the store lists by a person.
async fn left(house: &House, subject: Subject) -> usize {
    let key = Key::of([&subject.home.to_string(), &subject.id.to_string()]);
    let (store, now) = (&house.tools.store, house.tools.now());
    let sessions = store.all::<Session>(Index::SessionByAccount, &key, Paging::first(100), now).await.unwrap().len();
    let consents = store.all::<Consent>(Index::ConsentByAccount, &key, Paging::first(100), now).await.unwrap().len();
    let places = store.all::<Membership>(Index::MembershipByAccount, &key, Paging::first(100), now).await.unwrap().len();
    let credentials = store.all::<Credential>(Index::CredentialByAccount, &key, Paging::first(100), now).await.unwrap().len();
    sessions + consents + places + credentials
}

#[actix_web::test]
async fn j41_the_page_tells_the_effects_for_each_organisation() {
    let house = open_house().await;
    lea(&house).await;
    let lea = at_question(&house).await;
    assert!(lea.shown.html.contains("data-testid=\"organisation\"") && lea.shown.html.contains("Cabinet Aubépine"));
    assert!(lea.shown.html.contains("30 jours"));
}

#[actix_web::test]
async fn j41_asking_ends_every_session_and_puts_the_end_off_for_thirty_days() {
    let house = open_house().await;
    let subject = lea(&house).await;
    let mut elsewhere = signs_in(&house, LEA).await;
    let mut here = asked(&house).await;
    let deletion = deletion(&house, subject).await.unwrap();
    assert_eq!(deletion.due_at, house.tools.now().plus(GRACE));
    for walker in [&mut here, &mut elsewhere] {
        assert_eq!(walker.opens("/account").await.screen(), "S-PICKER");
    }
    assert_eq!(mails_to(&house, LEA).await.last().unwrap().0, MailName::AccountToGo);
    assert_eq!(events(&house, EventName::AccountDeletionRequested).await.len(), 0, "it is told where the account belongs");
    let personal = house.tools.reads().audit_of(PERSONAL, Paging::first(100)).await.unwrap();
    assert!(personal.iter().any(|record| record.event.contains("account.deletion_requested")));
    jobs::departures::delete(&house.tools).await.unwrap();
    assert!(house.tools.reads().account(subject).await.unwrap().is_some());
}

#[actix_web::test]
async fn j41_the_tenant_sets_the_time_of_grace() {
    let house = open_house().await;
    let subject = lea(&house).await;
    rules(&house, |tenant| tenant.settings.deletion_grace = 86_400).await;
    asked(&house).await;
    assert_eq!(deletion(&house, subject).await.unwrap().due_at, house.tools.now().plus(86_400));
}

#[actix_web::test]
async fn j41_signing_in_keeps_the_account() {
    let house = open_house().await;
    let subject = lea(&house).await;
    asked(&house).await;
    house.waits(GRACE - 1);
    assert_eq!(signs_in(&house, LEA).await.shown.screen(), "S-ME-HOME");
    assert_eq!(deletion(&house, subject).await, None);
    house.waits(2);
    jobs::departures::delete(&house.tools).await.unwrap();
    assert!(house.tools.reads().account(subject).await.unwrap().is_some());
}

#[actix_web::test]
async fn j41_a_wrong_password_keeps_nothing() {
    let house = open_house().await;
    let subject = lea(&house).await;
    asked(&house).await;
    let mut thief = Walker::new(&house);
    thief.opens("/account").await;
    thief.signs_in(LEA, "a guess at it").await;
    assert!(deletion(&house, subject).await.is_some());
}

#[actix_web::test]
async fn ru_24_opening_the_mailed_link_changes_nothing_and_pressing_its_button_keeps_the_account_once() {
    let house = open_house().await;
    let subject = lea(&house).await;
    asked(&house).await;
    let link = link_to(&house, LEA).await;
    assert!(link.starts_with("/account/delete/undo/"));
    let mut reader = Walker::new(&house);
    for _ in 0..5 {
        assert_eq!((reader.opens(&link).await.status, reader.shown.screen()), (200, "S-ME-UNDO"));
    }
    reader.answers(&[("action", "undo"), ("csrf", "forged")]).await;
    assert_eq!((reader.shown.status, reader.shown.errors()), (403, vec!["E-CSRF"]));
    assert!(deletion(&house, subject).await.is_some());
    reader.opens(&link).await;
    reader.answers(&[("action", "undo")]).await;
    assert_eq!((reader.shown.status, &*reader.shown.path), (200, "/account/delete/undone"));
    assert_eq!(deletion(&house, subject).await, None);
    assert_eq!(reader.opens(&link).await.status, 404, "nothing is left of it");
    assert_eq!(reader.opens("/account/delete/undo/made-up").await.status, 404);
    assert_eq!(signs_in(&house, LEA).await.shown.screen(), "S-ME-HOME");
}

#[actix_web::test]
async fn j41_what_does_not_confirm_is_refused_and_so_are_old_proofs_and_forms_of_elsewhere() {
    let house = open_house().await;
    let subject = lea(&house).await;
    let mut walker = at_question(&house).await;
    for (typed, error) in [("", "E-REQ"), ("camille@courriel.test", "E-CONFIRM"), ("lea", "E-CONFIRM")] {
        walker.answers(&[("action", "delete"), ("confirm_email", typed)]).await;
        assert_eq!((walker.shown.screen(), walker.shown.status, walker.shown.errors()), ("S-ME-DELETE", 422, vec![error]), "{typed:?}");
    }
    for csrf in ["", "forged"] {
        walker.answers(&[("action", "delete"), ("confirm_email", LEA), ("csrf", csrf)]).await;
        assert_eq!((walker.shown.screen(), walker.shown.status, walker.shown.errors()), ("S-ME-DELETE", 403, vec!["E-CSRF"]));
    }
    let csrf = walker.shown.hidden("csrf").unwrap();
    house.waits(601);
    let posted = [("action", "delete"), ("confirm_email", LEA), ("csrf", &*csrf)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(walker.posts("/account/delete", &posted).await.screen(), "S-REAUTH");
    assert_eq!(deletion(&house, subject).await, None);
}

#[actix_web::test]
async fn j41_an_account_of_an_organisation_is_its_to_delete() {
    let house = open_house().await;
    let mut camille = signs_in(&house, "camille@courriel.test").await;
    camille.opens("/account/delete").await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-DELETE", 200));
    assert!(!camille.shown.html.contains("confirm_email") && camille.shown.html.contains("Cabinet Aubépine"));
    let mut other = Walker::new(&house);
    lea(&house).await;
    other.opens("/account/delete").await;
    other.signs_in(LEA, PASSWORD).await;
    let asked = other.shown.hidden("csrf");
    assert!(asked.is_some());
    let posted = [("action", "delete"), ("confirm_email", "camille@courriel.test"), ("csrf", &*asked.unwrap())].map(|(a, b)| (a.to_owned(), b.to_owned()));
    camille.posts("/account/delete", &posted).await;
    assert_eq!(camille.shown.status, 403, "a form of another browser");
    assert_eq!(deletion(&house, house.camille).await, None);
}

#[actix_web::test]
async fn j41_the_last_administrator_hands_over_first() {
    let house = open_house().await;
    let subject = lea(&house).await;
    house.changes::<Membership>(Membership::key_of(house.tenant, subject), |place| place.roles = [Role::GlobalAdministrator].into()).await;
    let mut walker = at_question(&house).await;
    walker.answers(&[("action", "delete"), ("confirm_email", LEA)]).await;
    assert_eq!((walker.shown.screen(), walker.shown.status, walker.shown.errors()), ("S-ME-DELETE", 409, vec!["E-LAST-ADMIN"]));
    assert_eq!(deletion(&house, subject).await, None);
    house.changes::<Account>(Account::key_of(house.camille), |account| account.roles = [Role::GlobalAdministrator].into()).await;
    walker.answers(&[("action", "delete"), ("confirm_email", LEA)]).await;
    assert_eq!(walker.shown.screen(), "S-ME-UNDO", "somebody else administers it now");
}

#[actix_web::test]
async fn j41_when_the_time_has_come_nothing_is_left_but_a_tombstone_and_the_address_is_free() {
    let house = open_house().await;
    let subject = lea(&house).await;
    assert_eq!(house.tools.reads().client(house.tenant, &"espace-client".into()).await.unwrap().unwrap().kind, ClientKind::Web);
    let mut client = Walker::new(&house).sending("user-agent", FIREFOX);
    client.opens(&authorize(&[("scope", "openid offline_access archives.lire")])).await;
    client.signs_in(LEA, PASSWORD).await;
    if client.shown.screen() == "S-APP-CONSENT" {
        client.answers(&[("action", "accept")]).await;
    }
    house.redeems(&"espace-client".into(), &client.shown.answer()["code"]).await.unwrap();
    let sids: Vec<_> = house.tools.reads().sessions(subject, Paging::first(10)).await.unwrap().into_iter().map(|session| session.sid.clone()).collect();
    asked(&house).await;
    house.waits(GRACE);
    jobs::departures::delete(&house.tools).await.unwrap();

    assert!(house.tools.reads().account(subject).await.unwrap().is_none());
    assert_eq!((left(&house, subject).await, deletion(&house, subject).await), (0, None));
    for sid in sids {
        assert!(house.tools.reads().grants_of_session(&sid, Paging::first(10)).await.unwrap().is_empty());
    }
    let of = house.tools.sealer.digest_of(parvis::crypto::Purpose::Tombstone, &[subject.home.0.as_bytes(), subject.id.0.as_bytes()]);
    assert!(house.tools.store.load::<Tombstone>(&Tombstone::key_of(&of), house.tools.now()).await.unwrap().is_some());
    let records = house.tools.reads().audit_of(PERSONAL, Paging::first(500)).await.unwrap();
    let deleted = records.iter().find(|record| record.event.contains("account.deleted")).unwrap();
    assert!(deleted.event.contains(&of.text()) && !deleted.event.contains(&subject.id.to_string()), "it names nobody: {}", deleted.event);
    let email: Email = LEA.parse().unwrap();
    assert!(house.tools.reads().account_by_email(PERSONAL, &email).await.unwrap().is_none());
    assert_eq!(signs_in(&house, LEA).await.shown.errors(), ["E-BADCRED"]);

    let mut again = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    (again.home, again.id) = (PERSONAL, AccountId(Uuid::from_u128(10)));
    again.emails[0].address = email;
    again.phones.clear();
    house.keeps(&again).await;
}

#[actix_web::test]
async fn j41_browsers_forget_who_is_gone() {
    let house = open_house().await;
    let subject = lea(&house).await;
    rules(&house, |tenant| tenant.settings.deletion_grace = 86_400).await;
    let mut lea = asked(&house).await;
    house.waits(86_400);
    jobs::departures::delete(&house.tools).await.unwrap();
    let browser = parvis::values::BrowserId(house.tools.sealer.digest(parvis::crypto::Purpose::DeviceCookie, &lea.cookies["__Host-device"]).text());
    let device: Loaded<Device> = house.tools.reads().device(&browser).await.unwrap().unwrap();
    assert!(device.known.iter().all(|known| known.subject != subject));
    assert_eq!(lea.opens("/account").await.screen(), "S-SIGNIN-ID");
}

#[actix_web::test]
async fn j41_a_deletion_that_was_interrupted_goes_on() {
    let house = open_house().await;
    let subject = lea(&house).await;
    asked(&house).await;
    house.waits(GRACE);
    // As after a crash right behind the first commit.
    let account = house.tools.reads().account(subject).await.unwrap().unwrap();
    let mut batch = parvis::storage::Batch::new(house.tools.now());
    batch.delete(&account);
    house.tools.store.commit(batch).await.unwrap();
    assert!(left(&house, subject).await > 0);
    jobs::departures::delete(&house.tools).await.unwrap();
    assert_eq!((left(&house, subject).await, deletion(&house, subject).await), (0, None));
    jobs::departures::delete(&house.tools).await.unwrap();
}
