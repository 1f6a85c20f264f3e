//! The back button and a second tab, in a reset and in an invitation: nothing counts twice, nothing is undone, and nobody ends as somebody else.

use parvis::model::{EventName, InvitationState};
use serde_json::json;

use crate::{
    harness::{House, PASSWORD, Walker, authorize},
    journeys::{
        invited::{self, WIM, begun, invites, inviting_house, path, record},
        newcomer,
        reset::{self, CHOSEN, SAVE, opens_with},
        sign_up::code_for,
    },
};

const CAMILLE: &str = "camille@courriel.test";
const OTHER: &str = "another one, quite long";

async fn state(house: &House, made: &parvis::service::admin::invitations::InvitationMade) -> InvitationState {
    record(house, made).await.state(house.tools.now())
}

#[actix_web::test]
async fn a_second_tab_and_the_back_button_repeat_nothing_of_a_reset() {
    let house = crate::journeys::house().await;
    let mut first = reset::at_code(&house, CAMILLE).await;
    let id = first.shown.path.split('/').nth(2).unwrap().to_owned();
    let (mut second, code) = (first.clone(), reset::code_for(&house, CAMILLE).await);
    assert_eq!(first.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW");
    let mut back = first.clone();
    assert_eq!(second.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW", "the second tab is where the first one is");
    assert_eq!(first.answers(SAVE).await.screen(), "S-RESET-DONE");
    for tab in [&mut back, &mut second] {
        tab.answers(&[("action", "save"), ("new_password", OTHER), ("signout_all", "yes")]).await;
        assert_eq!(tab.shown.screen(), "S-RESET-DONE");
        for screen in ["reset", "reset/code", "reset/new", "consent"] {
            assert_eq!(tab.opens(&format!("/ui/{id}/{screen}")).await.screen(), "S-RESET-DONE", "{screen}");
        }
    }
    assert!(opens_with(&house, CHOSEN).await && !opens_with(&house, OTHER).await);
    first.answers(&[("action", "continue")]).await;
    first.answers(&[("action", "accept")]).await;
    assert!(first.shown.answer().contains_key("code"));
    for screen in ["reset/code", "reset/new", "reset/done"] {
        second.opens(&format!("/ui/{id}/{screen}")).await;
        assert_eq!((second.shown.status, second.shown.errors()), (410, vec!["E-TXN"]), "{screen}");
    }
    assert_eq!(reset::events(&house, EventName::PasswordReset).await.len(), 1);
}

#[actix_web::test]
async fn a_second_tab_and_the_back_button_redeem_no_invitation_twice() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut first = begun(&house, &made).await;
    let id = first.shown.path.split('/').nth(2).unwrap().to_owned();
    let mut link = first.clone();
    assert_eq!(link.opens(&path(&made)).await.screen(), "S-INV");
    let code = code_for(&house, WIM).await;
    let at_code = first.clone();
    first.answers(&[("action", "next"), ("code", &code)]).await;
    let at_secret = first.clone();
    assert_eq!(link.answers(&[("action", "accept")]).await.screen(), "S-SIGNUP-SECRET", "the link leads to where the first tab is");
    first.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    let mut back = at_secret.clone();
    back.answers(&[("action", "next"), ("new_password", OTHER)]).await;
    assert_eq!(back.shown.screen(), "S-SIGNUP-PROFILE", "the back button is where the journey is");
    first.answers(&[("action", "create"), ("given_name", "Wim"), ("family_name", "Janssens")]).await;
    assert!(first.shown.left_to.is_some());
    for mut tab in [at_code, at_secret, back] {
        tab.answers(&[("action", "next"), ("code", &code), ("new_password", OTHER)]).await;
        assert_eq!((tab.shown.status, tab.shown.errors()), (410, vec!["E-TXN"]));
    }
    first.opens(&format!("/ui/{id}/signup/profile")).await;
    assert_eq!(first.shown.status, 410);
    link.opens(&path(&made)).await;
    assert_eq!((link.shown.status, link.shown.screen()), (410, "S-INV-USED"));
    let events = invited::events(&house).await;
    for event in [EventName::AccountCreated, EventName::InvitationRedeemed, EventName::RoleAssigned] {
        assert_eq!(events.iter().filter(|one| **one == event).count(), 1, "{event:?}");
    }
    let mut again = Walker::new(&house);
    again.opens(&authorize(&[])).await;
    again.signs_in(WIM, CHOSEN).await;
    assert!(again.shown.errors().is_empty(), "the password that counts is the one that was chosen first: {:?}", again.shown.errors());
}

#[actix_web::test]
async fn who_begins_an_invitation_as_one_person_does_not_end_it_as_another() {
    let house = inviting_house().await;
    newcomer(&house, 50, "voleur@courriel.test").await;
    let wim = invited::with_account(&house).await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut thief = begun(&house, &made).await;
    assert_eq!(thief.shown.screen(), "S-SIGNIN-PW");
    let id = thief.shown.path.split('/').nth(2).unwrap().to_owned();
    // Not this account, says the thief, but mine.
    thief.answers(&[("action", "other_account")]).await;
    assert_eq!(thief.shown.screen(), "S-INV", "the address is the invitation's");
    for screen in ["signin", "pick", "signup", "reset"] {
        thief.opens(&format!("/ui/{id}/{screen}")).await;
        assert_ne!(thief.shown.screen(), "S-SIGNIN-ID", "{screen}");
        thief.answers(&[("action", "next"), ("identifier", "voleur@courriel.test"), ("email", "voleur@courriel.test"), ("password", PASSWORD)]).await;
    }
    assert_ne!(state(&house, &made).await, InvitationState::Redeemed, "{}", thief.shown.screen());
    // They sign in as themselves in another tab of the browser, and come back to the invitation of Wim.
    let house_of_thief = thief.house.clone();
    let mut thief = begun(&house_of_thief, &made).await;
    let mut tab = thief.clone();
    tab.opens("/account").await;
    if tab.shown.screen() == "S-PICKER" {
        tab.answers(&[("action", "other")]).await;
    }
    tab.signs_in("voleur@courriel.test", PASSWORD).await;
    assert_eq!(tab.shown.screen(), "S-ME-HOME", "{:?}", tab.shown.errors());
    thief.cookies = tab.cookies.clone();
    let owed = thief.shown.path.clone();
    thief.opens(&owed).await;
    thief.answers(&[("action", "next"), ("password", "not the one of Wim")]).await;
    assert_ne!(state(&house, &made).await, InvitationState::Redeemed);
    assert_eq!((tab.opens(&path(&made)).await.status, tab.shown.screen()), (403, "S-INV-WRONG"));
    let place = house.tools.reads().membership(house.tenant, wim).await.unwrap();
    assert!(place.is_none());
    let thiefs = house.tools.reads().account_by_email(house.tenant, &"voleur@courriel.test".parse().unwrap()).await.unwrap().unwrap();
    assert!(thiefs.roles.is_empty(), "and nothing of it is theirs");
}
