//! Somebody tries to get to the end of a sign-up without what stands before it.

use crate::{
    harness::Walker,
    journeys::sign_up::{CHOSEN, NAMES, at_code, at_profile, code_for, open_house},
};

fn journey(walker: &Walker) -> String {
    walker.shown.path.split('/').nth(2).unwrap().to_owned()
}

/// The form of the page that is shown, to be posted later.
fn form(walker: &Walker, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let csrf = walker.shown.hidden("csrf").unwrap();
    fields.iter().copied().chain([("csrf", csrf.as_str())]).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[actix_web::test]
async fn who_proves_one_mailbox_makes_no_account_for_another() {
    let house = open_house().await;
    let mut thief = at_profile(&house, "voleur@courriel.test").await;
    thief.answers(&[("action", "other_account")]).await;
    thief.answers(&[("action", "signup")]).await;
    thief.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    let id = journey(&thief);
    for screen in ["signup/secret", "signup/profile", "consent"] {
        assert_eq!(thief.opens(&format!("/ui/{id}/{screen}")).await.screen(), "S-SIGNUP-CODE", "{screen}");
        let posted = form(&thief, NAMES);
        thief.posts(&format!("/ui/{id}/{screen}"), &posted).await;
        assert_eq!(thief.shown.screen(), "S-SIGNUP-CODE", "{screen}");
    }
    // Back to the address whose mailbox they did prove, in the same journey: it is another subject, and proves itself anew.
    thief.answers(&[("action", "change_address")]).await;
    house.waits(60);
    thief.answers(&[("action", "next"), ("email", "voleur@courriel.test")]).await;
    assert_eq!(thief.shown.screen(), "S-SIGNUP-CODE");
    let lea: parvis::values::Email = "lea@courriel.test".parse().unwrap();
    assert!(house.tools.reads().account_by_email(crate::journeys::sign_up::PERSONAL, &lea).await.unwrap().is_none());
}

#[actix_web::test]
async fn the_back_button_and_a_second_tab_lead_to_the_step_that_is_owed_and_repeat_nothing() {
    let house = open_house().await;
    let mut first = at_code(&house, "lea@courriel.test").await;
    let (id, code) = (journey(&first), code_for(&house, "lea@courriel.test").await);
    let mut second = first.clone();
    let right = form(&first, &[("action", "next"), ("code", &code)]);
    first.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!(first.shown.screen(), "S-SIGNUP-SECRET");
    let back = first.clone();
    // The other tab still shows the code's page, and answers it.
    assert_eq!(second.posts(&format!("/ui/{id}/signup/code"), &right).await.screen(), "S-SIGNUP-SECRET");
    let chosen = form(&second, &[("action", "next"), ("new_password", CHOSEN)]);
    second.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(second.shown.screen(), "S-SIGNUP-PROFILE");
    let mut back = back;
    for path in ["signup", "signup/code", "signup/secret"] {
        assert_eq!(back.opens(&format!("/ui/{id}/{path}")).await.screen(), "S-SIGNUP-PROFILE", "{path}");
    }
    back.posts(&format!("/ui/{id}/signup/secret"), &form(&second, &[("action", "next"), ("new_password", "another one, quite long")])).await;
    assert_ne!(back.shown.screen(), "S-SIGNUP-SECRET");
    back.posts(&format!("/ui/{id}/signup/secret"), &chosen).await;
    assert_eq!(back.shown.screen(), "S-SIGNUP-PROFILE");
    second.answers(NAMES).await;
    second.answers(&[("action", "accept")]).await;
    assert!(second.shown.answer().contains_key("code"));
    first.opens(&format!("/ui/{id}/signup/profile")).await;
    assert_eq!((first.shown.status, first.shown.errors()), (410, vec!["E-TXN"]));
    let mut again = Walker::new(&house);
    again.opens(&crate::harness::authorize(&[])).await;
    again.signs_in("lea@courriel.test", CHOSEN).await;
    assert!(again.shown.left_to.is_some(), "the password that counts is the one that was chosen first");
}

#[actix_web::test]
async fn a_name_is_one_line_that_can_be_seen() {
    let house = open_house().await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    for evil in ["Léa\u{202e}", "\u{200b}", "Léa\u{0}", "\u{feff}Léa"] {
        lea.answers(&[("action", "create"), ("given_name", evil), ("family_name", "Morvan")]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-REQ"]), "{evil:?}");
    }
    lea.answers(&[("action", "create"), ("given_name", "Léa\r\nBcc: eve@courriel.test"), ("family_name", "<script>alert(1)</script>")]).await;
    lea.answers(&[("action", "accept")]).await;
    lea.opens("/account").await;
    assert!(lea.shown.html.contains("Léa Bcc: eve@courriel.test &lt;script&gt;") && !lea.shown.html.contains("<script>alert"));
}
