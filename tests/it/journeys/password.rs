//! J30 in the portal: a person changes their password, and sees what guards the account.

use futures_util::future::join_all;
use parvis::{
    model::{Credential, EventName, MailName},
    storage::Batch,
};

use super::{
    PASSWORD, house,
    mail_sign_in::code_for,
    reset::{CHOSEN, events, last, letters_to, opens_with, path},
};
use crate::harness::{House, Walker};

const CAMILLE: &str = "camille@courriel.test";

/// Camille, at the form.
pub(super) async fn at_form(house: &House) -> Walker {
    let mut camille = Walker::new(house);
    camille.opens("/account/password").await;
    camille.signs_in(CAMILLE, PASSWORD).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (200, "S-ME-PASSWORD"));
    camille
}

pub(super) fn fields<'a>(password: &'a str, new: &'a str) -> [(&'a str, &'a str); 4] {
    [("action", "save"), ("password", password), ("new_password", new), ("signout_all", "yes")]
}

async fn password(house: &House) -> Credential {
    house.tools.reads().password(house.camille).await.unwrap().unwrap().into_value()
}

#[actix_web::test]
async fn j30_a_password_is_changed_in_the_portal_and_other_devices_are_signed_out() {
    let house = house().await;
    let mut other = at_form(&house).await;
    let mut camille = at_form(&house).await;
    assert!(camille.shown.html.contains("autocomplete=\"current-password\"") && camille.shown.html.contains("data-testid=\"signout_all\" checked"));
    camille.answers(&fields(PASSWORD, CHOSEN)).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (200, "S-ME-SECURITY"));
    assert!(camille.shown.html.contains("role=\"status\""));
    assert_eq!(camille.opens("/account").await.screen(), "S-ME-HOME");
    assert_eq!(other.opens("/account").await.screen(), "S-PICKER");
    assert!(opens_with(&house, CHOSEN).await && !opens_with(&house, PASSWORD).await);
    assert_eq!(events(&house, EventName::PasswordChanged).await.len(), 1);
    let link = path(&last(&house, CAMILLE, MailName::PasswordChanged).await.link.unwrap());
    assert_eq!(Walker::new(&house).opens(&link).await.screen(), "S-UNDO");
}

#[actix_web::test]
async fn j30_where_the_box_is_not_ticked_other_devices_stay() {
    let house = house().await;
    let mut other = at_form(&house).await;
    let mut camille = at_form(&house).await;
    camille.answers(&fields(PASSWORD, CHOSEN)[..3]).await;
    assert_eq!(other.opens("/account").await.screen(), "S-ME-HOME");
}

#[actix_web::test]
async fn m_015_a_proof_older_than_ten_minutes_is_asked_for_first() {
    let house = house().await;
    let mut camille = at_form(&house).await;
    house.waits(601);
    let before = password(&house).await;
    camille.answers(&fields(PASSWORD, CHOSEN)).await;
    assert_eq!((camille.shown.screen(), password(&house).await), ("S-REAUTH", before));
    assert_eq!(camille.opens("/account/password").await.screen(), "S-REAUTH");
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(camille.shown.screen(), "S-ME-PASSWORD");
    assert_eq!(camille.answers(&fields(PASSWORD, CHOSEN)).await.screen(), "S-ME-SECURITY");
}

#[actix_web::test]
async fn j30_what_is_wrong_is_said_at_its_field_and_nothing_changes() {
    let house = house().await;
    let mut camille = at_form(&house).await;
    let before = password(&house).await;
    for (present, new, wrong) in [
        ("", CHOSEN, "E-REQ"),
        ("a guess at it", CHOSEN, "E-BADCRED"),
        (PASSWORD, "", "E-REQ"),
        (PASSWORD, "court", "E-PW-SHORT"),
        (PASSWORD, "password12345", "E-PW-KNOWN"),
        (PASSWORD, "Camille se promène loin", "E-PW-SELF"),
        (PASSWORD, PASSWORD, "E-PW-SAME"),
    ] {
        camille.answers(&fields(present, new)).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec![wrong]), "{present} {new}");
    }
    camille.answers(&[("action", "save"), ("password", PASSWORD), ("new_password", CHOSEN), ("csrf", "another")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    assert_eq!(password(&house).await, before);
    assert_eq!(letters_to(&house, CAMILLE).await.iter().filter(|letter| letter.name == MailName::PasswordChanged).count(), 0);
}

#[actix_web::test]
async fn j54_guesses_in_the_portal_are_counted_as_those_of_a_sign_in() {
    let house = house().await;
    let mut thief = at_form(&house).await;
    for _ in 0..5 {
        assert_eq!(thief.answers(&fields("a guess at it", CHOSEN)).await.errors(), ["E-BADCRED"]);
    }
    thief.answers(&fields(PASSWORD, CHOSEN)).await;
    assert_eq!((thief.shown.status, thief.shown.errors(), thief.shown.retry_after.as_deref()), (429, vec!["E-THROTTLE"], Some("30")));
    assert_eq!(last(&house, CAMILLE, MailName::UnusualAttempts).await.code, None);
    let mut again = thief.clone();
    again.opens(&crate::harness::authorize(&[("prompt", "login")])).await;
    again.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(again.shown.screen(), "S-THROTTLED", "one counter for both");
    house.waits(31);
    assert_eq!(thief.answers(&fields(PASSWORD, CHOSEN)).await.screen(), "S-ME-SECURITY");
}

#[actix_web::test]
async fn j54_thirty_two_guesses_at_once_get_five_answers() {
    let house = house().await;
    let thief = at_form(&house).await;
    let guesses = join_all((0..32).map(|_| {
        let mut thief = thief.clone();
        async move { thief.answers(&fields("a guess at it", CHOSEN)).await.errors() == ["E-BADCRED"] }
    }));
    assert_eq!(guesses.await.into_iter().filter(|judged| *judged).count(), 5);
}

#[actix_web::test]
async fn who_has_no_password_chooses_one_in_the_portal_after_a_code() {
    let house = house().await;
    let before = house.tools.reads().password(house.camille).await.unwrap().unwrap();
    let mut batch = Batch::new(house.tools.now());
    batch.delete(&before);
    house.tools.store.commit(batch).await.unwrap();
    let mut camille = Walker::new(&house);
    camille.opens("/account/security").await;
    camille.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
    camille.answers(&[("action", "code")]).await;
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-ME-SECURITY");
    camille.opens("/account/password").await;
    assert!(!camille.shown.html.contains("current-password"));
    assert_eq!(camille.answers(&[("action", "save"), ("new_password", CHOSEN)]).await.screen(), "S-ME-SECURITY");
    assert!(opens_with(&house, CHOSEN).await);
    house.waits(601);
    camille.opens("/account/password").await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    assert_eq!(camille.answers(&[("action", "code")]).await.screen(), "S-SIGNIN-OTP", "a code confirms, too");
}

#[actix_web::test]
async fn the_security_page_tells_the_passwords_age_and_leads_on() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    camille.opens("/account/security").await;
    camille.signs_in(CAMILLE, PASSWORD).await;
    assert!(camille.shown.html.contains("data-testid=\"password_since\">Choisi le 5") && camille.shown.html.contains("janvier"));
    for link in ["/account/password", "/account/sessions"] {
        assert!(camille.shown.html.contains(&format!("href=\"{link}\"")), "{link}");
    }
}
