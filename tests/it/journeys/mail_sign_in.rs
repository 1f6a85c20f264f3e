//! J06: a mailed code in the place of the password.

use std::sync::Arc;

use parvis::{
    model::{Account, AccountState, Credential, EventName, MailName},
    storage::{Batch, counted},
};

use super::{
    PASSWORD, house, newcomer,
    reset::{events, last, letters_to, other_than, path},
    rules,
};
use crate::harness::{House, Walker, authorize};

const CAMILLE: &str = "camille@courriel.test";

pub(crate) async fn code_for(house: &House, address: &str) -> String {
    last(house, address, MailName::SignInCode).await.code.unwrap()
}

/// Somebody, sent by the client, is asked for the code in the place of the password.
pub(super) async fn at_code(house: &House, identifier: &str) -> Walker {
    let mut walker = Walker::at_password(house, identifier).await;
    walker.answers(&[("action", "code")]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-SIGNIN-OTP"), "{:?}", walker.shown.errors());
    walker
}

async fn without_password(house: &House, number: u128, address: &str) {
    let subject = newcomer(house, number, address).await;
    let password = house.tools.reads().password(subject).await.unwrap().unwrap();
    let mut batch = Batch::new(house.tools.now());
    batch.delete(&password);
    house.tools.store.commit(batch).await.unwrap();
}

#[actix_web::test]
async fn j06_a_mailed_code_signs_in_and_the_application_is_told_how() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-APP-CONSENT");
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-SIGNIN-OTP", "S-APP-CONSENT"]);
    let tokens = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    let claims = tokens.id_token.unwrap().expose().split('.').nth(1).map(str::to_owned).unwrap();
    let claims: serde_json::Value =
        serde_json::from_slice(&base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, claims).unwrap()).unwrap();
    assert_eq!((&claims["amr"], &claims["acr"]), (&serde_json::json!(["otp"]), &serde_json::json!("1")));
    let succeeded = events(&house, EventName::SigninSucceeded).await;
    assert_eq!(succeeded.iter().map(|event| event.method.as_deref()).collect::<Vec<_>>(), [Some("email_otp")]);
    let mut again = camille;
    again.opens(&authorize(&[])).await;
    assert!(again.shown.answer().contains_key("code"), "the session counts like any other");
}

#[actix_web::test]
async fn j06_who_has_no_password_gets_in_by_it() {
    let house = house().await;
    without_password(&house, 60, "sans@courriel.test").await;
    let mut walker = at_code(&house, "sans@courriel.test").await;
    let code = code_for(&house, "sans@courriel.test").await;
    assert_eq!(walker.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn j06_another_way_leads_back_to_the_password_and_the_code_still_counts() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "another")]).await.screen(), "S-SIGNIN-PW");
    assert_eq!(camille.answers(&[("action", "code")]).await.screen(), "S-SIGNIN-OTP");
    assert_eq!(letters_to(&house, CAMILLE).await.len(), 1, "one that lives is enough");
    camille.answers(&[("action", "another")]).await;
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn j06_an_organisation_may_switch_it_off() {
    let house = house().await;
    let mut early = at_code(&house, CAMILLE).await;
    let code = code_for(&house, CAMILLE).await;
    rules(&house, |tenant| tenant.settings.mail_code_sign_in = false).await;
    assert_eq!(early.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNIN-PW", "even for a code that was sent before");
    assert!(!early.shown.html.contains("data-testid=\"code\"") && early.shown.html.contains("data-testid=\"forgot\""));
    early.answers(&[("action", "code")]).await;
    assert_eq!((early.shown.status, early.shown.errors()), (403, vec!["E-CSRF"]));
}

#[actix_web::test]
async fn j06_a_code_is_judged_like_any_other() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    let code = code_for(&house, CAMILLE).await;
    assert!(camille.shown.html.contains("autocomplete=\"one-time-code\"") && camille.shown.html.contains("inputmode=\"numeric\""));
    assert_eq!(camille.answers(&[("action", "next"), ("code", "")]).await.errors(), ["E-REQ"]);
    assert_eq!(camille.answers(&[("action", "next"), ("code", "12")]).await.errors(), ["E-CODE-FMT"]);
    for left in (1..=4).rev() {
        camille.answers(&[("action", "next"), ("code", &other_than(&code))]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec!["E-CODE"]));
        assert!(camille.shown.html.contains(&format!("{left} essai")));
    }
    house.waits(20);
    for typed in [other_than(&code), code] {
        camille.answers(&[("action", "next"), ("code", &typed)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors(), camille.shown.retry_after.as_deref()), (429, vec!["E-CODE-MAX"], Some("40")));
    }
    camille.answers(&[("action", "resend")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors(), camille.shown.retry_after.as_deref()), (429, vec!["E-RESEND"], Some("40")));
    house.waits(40);
    assert_eq!(camille.answers(&[("action", "resend")]).await.screen(), "S-SIGNIN-OTP");
    let newer = code_for(&house, CAMILLE).await;
    house.waits(900);
    camille.answers(&[("action", "next"), ("code", &newer)]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-CODE-EXP"]));
    let failed = events(&house, EventName::SigninFailed).await;
    assert!(failed.iter().all(|event| event.reason.as_deref() == Some("bad_code")) && failed.len() == 5);
}

/// What a stranger can see: each page without what changes each time, and the work it took.
async fn seen(house: &House, identifier: &str) -> Vec<(u16, String, Option<String>, Vec<String>)> {
    let mut house = house.clone();
    let (store, work) = counted(Arc::clone(&house.tools.store));
    house.tools.store = store;
    let mut stranger = Walker::new(&house);
    stranger.opens(&authorize(&[])).await;
    drop(work.since());
    let mut all = Vec::new();
    let wrong = [("action", "next"), ("code", "000000")];
    let password = [("action", "next"), ("password", "a guess at it")];
    let steps: [&[(&str, &str)]; 10] = [
        &[("action", "next"), ("identifier", identifier)],
        &password,
        &[("action", "code")],
        &wrong,
        &[("action", "resend")],
        &wrong,
        &wrong,
        &wrong,
        &wrong,
        &[("action", "another")],
    ];
    for step in steps {
        stranger.answers(step).await;
        let shown = &stranger.shown;
        let journey = shown.path.split('/').nth(2).unwrap().to_owned();
        let html = shown.html.replace(identifier, "X").replace(&journey, "J").replace(&shown.hidden("csrf").unwrap_or_default(), "C");
        all.push((shown.status, html, shown.retry_after.clone(), work.since()));
    }
    all
}

#[actix_web::test]
async fn a_known_and_an_unknown_address_are_the_same_from_the_address_on() {
    let house = super::sign_up::open_house().await;
    without_password(&house, 61, "sans@courriel.test").await;
    let known = seen(&house, CAMILLE).await;
    for address in ["personne@courriel.test", "sans@courriel.test"] {
        for (step, (known, other)) in known.iter().zip(&seen(&house, address).await).enumerate() {
            assert_eq!(known, other, "{address}, step {step}");
        }
    }
    assert!(letters_to(&house, "personne@courriel.test").await.is_empty());
}

#[actix_web::test]
async fn j54_while_a_password_waits_the_code_and_the_reset_stay_open() {
    let house = house().await;
    for (way, screen) in [("code", "S-SIGNIN-OTP"), ("forgot", "S-RESET")] {
        let mut camille = Walker::at_password(&house, CAMILLE).await;
        for _ in 0..6 {
            camille.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        }
        assert_eq!((camille.shown.status, camille.shown.screen()), (429, "S-THROTTLED"));
        assert!(camille.shown.html.contains(&format!("data-testid=\"{way}\"")));
        let (path, csrf) = (camille.shown.path.clone(), camille.shown.hidden("csrf").unwrap());
        camille.posts(&path, &[("action".to_owned(), way.to_owned()), ("csrf".to_owned(), csrf)]).await;
        assert_eq!(camille.shown.screen(), screen);
        house.waits(60);
    }
}

#[actix_web::test]
async fn an_archived_person_learns_it_only_after_the_code() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    let mut camille = at_code(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", "000000")]).await.errors(), ["E-CODE"]);
    let code = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!((camille.shown.screen(), camille.shown.errors()), ("S-BLOCKED", vec!["E-ARCHIVED"]));
}

#[actix_web::test]
async fn a_code_counts_for_what_it_was_mailed_for_and_for_whom() {
    let house = house().await;
    newcomer(&house, 62, "voleur@courriel.test").await;
    let mut thief = at_code(&house, "voleur@courriel.test").await;
    let own = code_for(&house, "voleur@courriel.test").await;
    thief.answers(&[("action", "other_account")]).await;
    thief.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
    thief.answers(&[("action", "code")]).await;
    assert_eq!(thief.answers(&[("action", "next"), ("code", &own)]).await.errors(), ["E-CODE"]);
    // A code to sign in allows no new password, and the other way round.
    let to_sign_in = code_for(&house, CAMILLE).await;
    house.waits(60);
    thief.answers(&[("action", "another")]).await;
    thief.answers(&[("action", "forgot")]).await;
    thief.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    assert_eq!(thief.answers(&[("action", "next"), ("code", &to_sign_in)]).await.errors(), ["E-CODE"]);
    let to_reset = last(&house, CAMILLE, MailName::ResetCode).await.code.unwrap();
    thief.answers(&[("action", "another")]).await;
    assert_eq!(thief.answers(&[("action", "code")]).await.screen(), "S-SIGNIN-OTP");
    assert_eq!(thief.answers(&[("action", "next"), ("code", &to_reset)]).await.errors(), ["E-CODE"]);
}

#[actix_web::test]
async fn the_page_of_the_code_needs_a_code_that_was_asked_for() {
    let house = house().await;
    let mut thief = Walker::at_password(&house, CAMILLE).await;
    let journey = thief.shown.path.split('/').nth(2).unwrap().to_owned();
    assert_eq!(thief.opens(&format!("/ui/{journey}/signin/code")).await.screen(), "S-SIGNIN-PW");
}

#[actix_web::test]
async fn j06_the_link_of_the_mail_shows_the_code_and_signs_nobody_in() {
    let house = house().await;
    at_code(&house, CAMILLE).await;
    let letter = last(&house, CAMILLE, MailName::SignInCode).await;
    let mut phone = Walker::new(&house);
    phone.opens(&path(&letter.link.unwrap())).await;
    assert_eq!((phone.shown.status, phone.shown.screen()), (200, "S-CODE"));
    assert!(phone.shown.html.contains(&letter.code.unwrap()));
    assert_eq!(phone.opens("/account").await.screen(), "S-SIGNIN-ID");
}

/// §A.10: the third code within a day that dies of wrong tries is told to the person.
#[actix_web::test]
async fn three_codes_that_died_of_wrong_tries_are_told_of_once_a_day() {
    let house = house().await;
    let warned = async || letters_to(&house, CAMILLE).await.iter().filter(|letter| letter.name == MailName::UnusualAttempts).count();
    let mut thief = at_code(&house, CAMILLE).await;
    for (dead, told) in [(1, 0), (2, 0), (3, 1), (4, 1)] {
        for _ in 0..5 {
            let code = code_for(&house, CAMILLE).await;
            thief.answers(&[("action", "next"), ("code", &other_than(&code))]).await;
        }
        assert_eq!((thief.shown.errors(), warned().await), (vec!["E-CODE-MAX"], told), "{dead}");
        house.waits(60);
        thief.answers(&[("action", "resend")]).await;
    }
}

#[actix_web::test]
async fn a_password_that_must_be_changed_must_be_so_after_a_code_too() {
    let house = house().await;
    house.changes::<Credential>(Credential::key_of(house.camille, Credential::PASSWORD), super::forced::mark).await;
    let mut camille = at_code(&house, CAMILLE).await;
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-PW-FORCED");
}
