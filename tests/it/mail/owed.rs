//! The mails that decisions owe, in the commit that decides.

use parvis::model::{Account, MailContent, MailName, ReportReason, Role, Tenant, TenantKind};

use super::waiting;
use crate::{
    harness::{House, PASSWORD, Walker, authorize},
    journeys::house,
};

/// The mails that wait, and to whom.
async fn owed(house: &House) -> Vec<(MailName, Option<String>)> {
    waiting(house).await.into_iter().map(|mail| (mail.content.name(), mail.to.map(|to| to.to_string()))).collect()
}

fn to_camille(name: MailName) -> (MailName, Option<String>) {
    (name, Some("camille@courriel.test".to_owned()))
}

#[actix_web::test]
async fn j04_a_sign_in_is_told_of_only_where_the_browser_was_never_used() {
    let house = house().await;
    let mut camille = Walker::new(&house).sending("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    camille.opens(&authorize(&[])).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    assert!(owed(&house).await.is_empty(), "nothing is told before anything happened");
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(owed(&house).await, [to_camille(MailName::NewSignIn)]);
    let MailContent::NewSignIn { at, app, from } = waiting(&house).await.remove(0).content else { panic!() };
    assert_eq!((at, app.as_deref()), (house.tools.now(), Some("Espace client")));
    assert_eq!((from.browser.as_deref(), from.place.as_deref()), (Some("Firefox, Linux"), Some("192.0.2.7")));

    camille.opens(&authorize(&[("prompt", "login")])).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert!(camille.shown.left_to.is_some(), "{}", camille.shown.screen());
    assert_eq!(owed(&house).await.len(), 1, "a browser that was used before is known");

    Walker::signed_in(&house, &[]).await;
    assert_eq!(owed(&house).await.len(), 2, "another browser is not");
}

#[actix_web::test]
async fn j04_nothing_about_an_account_is_told_to_an_address_that_may_be_anybodys() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.emails[0].verified_at = None).await;
    Walker::sent_back(&house, &[]).await;
    assert_eq!(owed(&house).await, [(MailName::NewSignIn, None)]);
}

#[actix_web::test]
async fn j54_unusual_attempts_are_told_of_once_a_day_and_an_unknown_address_costs_the_same() {
    let house = house().await;
    for (address, to) in [("camille@courriel.test", Some("camille@courriel.test")), ("personne@courriel.test", None)] {
        let before = owed(&house).await.len();
        let mut thief = Walker::at_password(&house, address).await;
        for guess in 1..=5 {
            assert_eq!(owed(&house).await.len(), before, "{guess}");
            thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        }
        let mails = owed(&house).await;
        assert_eq!(mails.len(), before + 1);
        assert!(mails.contains(&(MailName::UnusualAttempts, to.map(str::to_owned))), "{mails:?}");
        house.waits(3600);
        let mut thief = Walker::at_password(&house, address).await;
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        assert_eq!(thief.shown.errors(), ["E-BADCRED"]);
        assert_eq!(owed(&house).await.len(), before + 1, "once a day");
    }
    house.waits(23 * 3600);
    let before = owed(&house).await.len();
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    for _ in 0..5 {
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        house.waits(3600);
    }
    assert_eq!(owed(&house).await.len(), before + 1, "the next day it is told again");
}

#[actix_web::test]
async fn j33_m_085_a_report_is_told_to_the_operators_and_to_whoever_administers_the_application() {
    let house = house().await;
    let aubepine = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap().into_value();
    let system = parvis::values::TenantId(uuid::Uuid::from_u128(50));
    let operations = Tenant { id: system, slug: "system".to_owned(), kind: TenantKind::System, is_default: false, domains: Vec::new(), ..aubepine };
    house.keeps(&operations).await;
    let like = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    let roles = [
        (system, "ines@system.test", Role::Operator),
        (house.tenant, "nadia@aubepine.test", Role::GlobalAdministrator),
        (house.tenant, "luc@aubepine.test", Role::Auditor),
    ];
    for (number, (home, address, role)) in roles.into_iter().enumerate() {
        let mut account = Account { home, id: parvis::values::AccountId(uuid::Uuid::from_u128(60 + number as u128)), roles: [role].into(), ..like.clone() };
        account.emails[0].address = address.parse().unwrap();
        account.phones.clear();
        house.keeps(&account).await;
    }
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "report")]).await;
    camille.answers(&[("action", "send"), ("reason", "impersonation"), ("text", "étrange")]).await;
    let mut told: Vec<_> = waiting(&house).await.into_iter().map(|mail| (mail.to.unwrap().to_string(), mail.content)).collect();
    told.sort_by(|a, b| a.0.cmp(&b.0));
    let names: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(names, ["ines@system.test", "nadia@aubepine.test"]);
    let MailContent::AppReported { app, reporter_tenant, reason, text, .. } = &told[0].1 else { panic!("{told:?}") };
    assert_eq!((app.as_str(), reporter_tenant.as_str(), *reason, text.as_str()), ("Espace client", "Cabinet Aubépine", ReportReason::Impersonation, "étrange"));
    assert_eq!(camille.answers(&[("action", "back")]).await.screen(), "S-APP-CONSENT", "the journey is still open");
}
