//! Any tab, any time: nobody proves a thing twice, nobody skips one, and of two at once one finishes.

use futures_util::future::join_all;

use super::{PASSWORD, house};
use crate::harness::{Walker, authorize};

#[actix_web::test]
async fn a_screen_that_is_not_on_offer_leads_to_the_one_that_is() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    let journey = camille.shown.path.split('/').nth(2).unwrap().to_owned();
    for place in ["signin/password", "reauth", "stay", "consent", "consent/report", "pick"] {
        assert_eq!(camille.opens(&format!("/ui/{journey}/{place}")).await.screen(), if place == "pick" { "S-PICKER" } else { "S-SIGNIN-ID" }, "{place}");
    }
    camille.opens(&format!("/ui/{journey}/nowhere")).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (404, "S-ERROR"));
}

#[actix_web::test]
async fn an_answer_to_a_screen_that_is_not_on_offer_is_not_judged() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    let journey = camille.shown.path.split('/').nth(2).unwrap().to_owned();
    let path = format!("/ui/{journey}/consent");
    let csrf = parvis::web::guard::form_token(&camille.house.tools, &browser(&camille), &format!("{journey}/consent"));
    camille.posts(&path, &[("action".into(), "accept".into()), ("text_hash".into(), "x".into()), ("csrf".into(), csrf)]).await;
    assert_eq!(camille.shown.screen(), "S-SIGNIN-ID");
}

fn browser(walker: &Walker) -> parvis::values::BrowserId {
    let cookie = &walker.cookies["__Host-device"];
    parvis::values::BrowserId(walker.house.tools.sealer.digest(parvis::crypto::Purpose::DeviceCookie, cookie).text())
}

#[actix_web::test]
async fn looking_at_a_page_writes_nothing() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    let id = parvis::values::JourneyId::from(camille.shown.path.split('/').nth(2).unwrap());
    let before = camille.house.tools.reads().journey(&id).await.unwrap().unwrap().into_value();
    for _ in 0..3 {
        camille.opens(&camille.shown.path.clone()).await;
    }
    assert_eq!(camille.house.tools.reads().journey(&id).await.unwrap().unwrap().into_value(), before);
}

#[actix_web::test]
async fn whoever_closes_the_tab_and_comes_back_goes_on_where_they_were() {
    let mut camille = Walker::signed_in(&house().await, &[]).await;
    camille.walked();
    camille.opens(&authorize(&[("state", "a-new-request")])).await;
    assert_eq!(camille.walked(), ["S-APP-CONSENT"], "the password counts, the earlier request does not");
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.shown.answer()["state"], "a-new-request");
}

#[actix_web::test]
async fn a_no_in_one_journey_is_not_a_no_in_the_next() {
    let mut camille = Walker::signed_in(&house().await, &[]).await;
    camille.answers(&[("action", "cancel")]).await;
    camille.opens(&authorize(&[])).await;
    assert!(["S-APP-CONSENT", "S-SIGNIN-ID"].contains(&camille.shown.screen()), "asked again: {}", camille.shown.screen());
}

#[actix_web::test]
async fn the_back_button_after_the_end_says_that_it_is_over() {
    let mut camille = Walker::signed_in(&house().await, &[]).await;
    let consent = camille.shown.path.clone();
    camille.answers(&[("action", "accept")]).await;
    camille.opens(&consent).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-TXN"]));
}

#[actix_web::test]
async fn of_sixty_four_tabs_that_press_the_last_button_one_gets_a_code() {
    let camille = Walker::signed_in(&house().await, &[]).await;
    let tabs = join_all((0..64).map(|_| {
        let mut tab = camille.clone();
        async move {
            tab.answers(&[("action", "accept")]).await;
            tab.shown.left_to.is_some_and(|to| to.contains("code="))
        }
    }));
    assert_eq!(tabs.await.into_iter().filter(|got| *got).count(), 1);
}

#[actix_web::test]
async fn two_tabs_are_two_journeys() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[("state", "one")])).await;
    let mut other = camille.clone();
    other.opens(&authorize(&[("state", "two")])).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.shown.answer()["state"], "one");
    other.cookies = camille.cookies.clone();
    other.opens(&other.shown.path.clone()).await;
    assert_eq!(other.shown.answer()["state"], "two", "the session counts in the other tab");
}
