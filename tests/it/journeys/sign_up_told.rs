//! J01: what the pages of a sign-up tell, each in its place.

use parvis::model::{Account, AccountState, Tenant};

use super::sign_up::{at_code, code_for, open_house};

#[actix_web::test]
async fn e_archived_who_has_the_mailbox_of_an_archived_account_is_told_whom_to_ask_and_is_not_sent_to_sign_in() {
    let house = open_house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.support.mail = Some("aide@aubepine.test".to_owned())).await;
    let mut camille = at_code(&house, "camille@courriel.test").await;
    let code = code_for(&house, "camille@courriel.test").await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (403, "S-SIGNUP-EXISTS", vec!["E-ARCHIVED"]));
    assert!(camille.shown.html.contains("Contactez aide@aubepine.test") && camille.shown.html.contains("data-testid=\"ask_help\""));
    assert!(!camille.shown.html.contains("value=\"signin\""));
}

#[actix_web::test]
async fn a_password_that_is_easy_to_guess_is_refused_with_the_reason_in_words() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let code = code_for(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    assert!(lea.shown.html.contains("aria-live=\"polite\"") && lea.shown.html.contains("data-least=\"12\"") && lea.shown.html.contains("Encore # caractères"));
    for (tried, reason) in [("password12345", "ressemble trop"), ("abcdefghijklmnop", "qui se suivent"), ("aaaaaaaaaaaaaa", "répétées")] {
        lea.answers(&[("action", "next"), ("new_password", tried)]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-PW-KNOWN"]));
        assert!(lea.shown.html.contains(reason), "{tried}");
    }
}
