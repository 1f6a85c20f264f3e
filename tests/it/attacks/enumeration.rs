//! Somebody wants to know who has an account, and asks by signing up.

use std::sync::Arc;

use parvis::{model::MailName, storage::counted};

use crate::{
    harness::{House, Walker, authorize},
    journeys::sign_up::{mails_to, open_house},
};

/// What a stranger can see of a sign-up, up to where the mailbox has to be theirs: each page without what changes each time, and the work it took.
async fn seen(house: &House, address: &str) -> Vec<(u16, String, Option<String>, Vec<String>)> {
    let mut house = house.clone();
    let (store, work) = counted(Arc::clone(&house.tools.store));
    house.tools.store = store;
    let mut stranger = Walker::new(&house);
    stranger.opens(&authorize(&[])).await;
    stranger.answers(&[("action", "signup")]).await;
    drop(work.since());
    let mut all = Vec::new();
    let wrong = [("action", "next"), ("code", "000000")];
    let steps: [&[(&str, &str)]; 9] =
        [&[("action", "next"), ("email", address)], &wrong, &[("action", "resend")], &wrong, &wrong, &wrong, &wrong, &wrong, &[("action", "change_address")]];
    for step in steps {
        stranger.answers(step).await;
        let shown = &stranger.shown;
        let journey = shown.path.split('/').nth(2).unwrap().to_owned();
        let html = shown.html.replace(address, "X").replace(&journey, "J").replace(&shown.hidden("csrf").unwrap_or_default(), "C");
        all.push((shown.status, html, shown.retry_after.clone(), work.since()));
    }
    all
}

#[actix_web::test]
async fn a_known_and_an_unknown_address_are_the_same_in_text_status_headers_mails_and_work() {
    let house = open_house().await;
    let known = seen(&house, "camille@courriel.test").await;
    let unknown = seen(&house, "personne@courriel.test").await;
    assert_eq!(known.len(), unknown.len());
    for (known, unknown) in known.iter().zip(&unknown) {
        assert_eq!(known, unknown);
    }
    let first = &known[0].3;
    assert!(first.iter().any(|work| work.contains("put Message")), "the mail is in the commit: {first:?}");
    assert!(known.iter().flat_map(|seen| &seen.3).all(|work| !work.contains("Email") && !work.contains("Credential")), "nobody is looked for by address");
    let names = |mails: Vec<(MailName, Option<String>)>| mails.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    for address in ["camille@courriel.test", "personne@courriel.test"] {
        assert_eq!(names(mails_to(&house, address).await), [MailName::ConfirmAddress], "{address}");
    }
}

#[actix_web::test]
async fn asking_again_and_again_fills_nobodys_mailbox() {
    let house = open_house().await;
    for _ in 0..40 {
        let mut stranger = Walker::new(&house);
        stranger.opens(&authorize(&[])).await;
        stranger.answers(&[("action", "signup")]).await;
        stranger.answers(&[("action", "next"), ("email", "camille@courriel.test")]).await;
        house.waits(30);
    }
    assert_eq!(mails_to(&house, "camille@courriel.test").await.len(), 5);
}

#[actix_web::test]
async fn one_network_cannot_write_to_everybody() {
    let house = open_house().await;
    crate::journeys::rules(&house, |tenant| tenant.settings.throttle_network_failures = 3).await;
    let mut sent = 0;
    for number in 0..6 {
        let mut stranger = Walker::new(&house);
        stranger.opens(&authorize(&[])).await;
        stranger.answers(&[("action", "signup")]).await;
        stranger.answers(&[("action", "next"), ("email", &format!("personne.{number}@courriel.test"))]).await;
        sent += usize::from(stranger.shown.screen() == "S-SIGNUP-CODE");
    }
    assert_eq!(sent, 3);
}
