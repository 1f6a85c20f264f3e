//! J04, J07, J57: somebody signs in, once more, or as somebody else.

use parvis::model::Session;

use super::{PASSWORD, house, newcomer, rules};
use crate::harness::{Walker, authorize};

#[actix_web::test]
async fn j04_a_person_signs_in_agrees_and_is_sent_back_with_a_code() {
    let mut camille = Walker::sent_back(&house().await, &[]).await;
    assert_eq!(camille.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-APP-CONSENT"]);
    let answer = camille.shown.answer();
    assert_eq!((answer["state"].as_str(), answer["iss"].as_str()), ("af0ifjsldkj", "https://id.aubepine.test"));
    assert!(camille.house.redeems(&"espace-client".into(), &answer["code"]).await.is_ok());
}

#[actix_web::test]
async fn m_041_an_address_in_upper_case_with_spaces_around_is_the_same_address() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[])).await;
    assert_eq!(camille.signs_in("  CAMILLE@Courriel.TEST ", PASSWORD).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn m_026_without_a_state_none_is_given_back() {
    let camille = Walker::sent_back(&house().await, &[("state", "")]).await;
    assert!(!camille.shown.answer().contains_key("state"));
}

#[actix_web::test]
async fn g_5_with_a_live_session_and_an_agreement_no_page_is_shown() {
    let mut camille = Walker::sent_back(&house().await, &[]).await;
    camille.walked();
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert!(camille.walked().is_empty() && camille.shown.answer().contains_key("code"));
}

#[actix_web::test]
async fn a_client_that_wants_no_page_is_told_which_one_there_would_be() {
    let mut camille = Walker::new(&house().await);
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(camille.shown.answer()["error"], "login_required");
    camille.opens(&authorize(&[])).await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    camille.answers(&[("action", "accept")]).await;
    camille.opens(&authorize(&[("prompt", "none"), ("scope", "openid profile phone")])).await;
    assert_eq!(camille.shown.answer()["error"], "consent_required");
}

#[actix_web::test]
async fn m_091_the_second_visit_lists_the_account() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    camille.cookies.remove("__Host-session");
    camille.walked();
    assert_eq!(camille.opens(&authorize(&[])).await.screen(), "S-PICKER");
    assert!(camille.shown.html.contains("Camille Éon") && camille.shown.html.contains("camille@courriel.test"));
    let id = house.camille.id.to_string();
    camille.answers(&[("action", "choose"), ("account", &id)]).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(camille.walked(), ["S-PICKER", "S-SIGNIN-PW"]);
}

#[actix_web::test]
async fn an_account_can_be_forgotten_by_the_browser() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    camille.cookies.remove("__Host-session");
    camille.opens(&authorize(&[])).await;
    let id = house.camille.id.to_string();
    assert_eq!(camille.answers(&[("action", "forget"), ("forget", &id)]).await.screen(), "S-SIGNIN-ID");
    assert_eq!(camille.opens(&authorize(&[])).await.screen(), "S-SIGNIN-ID");
}

#[actix_web::test]
async fn an_account_that_is_forgotten_is_signed_out_in_that_browser() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    camille.opens(&authorize(&[("prompt", "select_account")])).await;
    let id = house.camille.id.to_string();
    camille.answers(&[("action", "forget"), ("forget", &id)]).await;
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(camille.shown.answer()["error"], "login_required");
}

#[actix_web::test]
async fn m_011_another_account_can_be_used_without_losing_the_request() {
    let house = house().await;
    newcomer(&house, 77, "luc@courriel.test").await;
    let mut luc = Walker::signed_in(&house, &[]).await;
    assert_eq!(luc.answers(&[("action", "other_account")]).await.screen(), "S-SIGNIN-ID");
    luc.signs_in("luc@courriel.test", PASSWORD).await;
    luc.answers(&[("action", "accept")]).await;
    let answer = luc.shown.answer();
    assert_eq!(answer["state"], "af0ifjsldkj");
    let tokens = house.redeems(&"espace-client".into(), &answer["code"]).await.unwrap();
    let sub = crate::harness::claims_of(tokens.id_token.as_ref().unwrap().expose())["sub"].clone();
    assert_eq!(sub, uuid::Uuid::from_u128(77).to_string());
}

#[actix_web::test]
async fn j57_a_client_may_ask_for_a_new_proof_and_gets_a_later_auth_time() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    let first = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    for more in [("prompt", "login"), ("max_age", "1"), ("max_age", "0")] {
        house.waits(5);
        camille.walked();
        camille.opens(&authorize(&[more])).await;
        assert_eq!(camille.walked(), ["S-SIGNIN-PW"], "{more:?}");
        camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
        let again = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
        let time = |token: &Option<parvis::values::Secret<String>>| crate::harness::claims_of(token.as_ref().unwrap().expose())["auth_time"].as_u64().unwrap();
        assert!(time(&again.id_token) > time(&first.id_token), "{more:?}");
    }
    camille.walked();
    camille.opens(&authorize(&[("max_age", "1000")])).await;
    assert!(camille.walked().is_empty());
}

#[actix_web::test]
async fn select_account_lists_who_is_signed_in_and_asks_nothing_more() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    camille.walked();
    camille.opens(&authorize(&[("prompt", "select_account")])).await;
    let id = house.camille.id.to_string();
    camille.answers(&[("action", "choose"), ("account", &id)]).await;
    assert_eq!(camille.walked(), ["S-PICKER"]);
    assert!(camille.shown.answer().contains_key("code"));
}

#[actix_web::test]
async fn a_new_sign_in_has_a_new_cookie_and_the_old_one_is_nothing() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    let old = camille.clone();
    house.waits(5);
    camille.opens(&authorize(&[("prompt", "login")])).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_ne!(camille.cookies["__Host-session"], old.cookies["__Host-session"]);
    let mut thief = old;
    thief.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(thief.shown.answer()["error"], "login_required");
}

#[actix_web::test]
async fn a_session_cookie_is_nothing_in_another_browser() {
    let camille = Walker::sent_back(&house().await, &[]).await;
    let mut thief = Walker::new(&camille.house);
    thief.cookies.insert("__Host-session".to_owned(), camille.cookies["__Host-session"].clone());
    thief.opens(&authorize(&[("prompt", "none")])).await;
    assert_eq!(thief.shown.answer()["error"], "login_required");
}

#[actix_web::test]
async fn a_session_ends_without_use_and_in_any_case() {
    let house = house().await;
    let mut camille = Walker::sent_back(&house, &[]).await;
    for _ in 0..13 {
        house.waits(11 * 3600);
        camille.opens(&authorize(&[("prompt", "none")])).await;
        assert!(camille.shown.answer().contains_key("code"));
    }
    for _ in 0..3 {
        house.waits(11 * 3600);
        camille.opens(&authorize(&[("prompt", "none")])).await;
    }
    assert_eq!(camille.shown.answer()["error"], "login_required", "seven days are over");
}

#[actix_web::test]
async fn staying_signed_in_is_asked_once_where_it_is_offered() {
    let house = house().await;
    rules(&house, |tenant| tenant.settings.stay = true).await;
    let mut camille = Walker::signed_in(&house, &[]).await;
    camille.answers(&[("action", "yes")]).await;
    camille.answers(&[("action", "accept")]).await;
    assert_eq!(camille.walked(), ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-STAY", "S-APP-CONSENT"]);
    house.waits(20 * 86_400);
    camille.opens(&authorize(&[("prompt", "none")])).await;
    assert!(camille.shown.answer().contains_key("code"), "thirty days, idle or not");
    camille.opens(&authorize(&[("prompt", "login")])).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!(camille.walked(), ["S-SIGNIN-PW"], "not asked twice in one browser");
}

#[actix_web::test]
async fn form_post_answers_with_a_page_that_posts_itself() {
    let camille = Walker::sent_back(&house().await, &[("response_mode", "form_post")]).await;
    assert_eq!(camille.shown.screen(), "S-CONTINUE");
    assert!(camille.shown.hidden("code").is_some() && camille.shown.hidden("state").as_deref() == Some("af0ifjsldkj"));
}

#[actix_web::test]
async fn the_page_speaks_the_language_that_the_client_the_browser_or_the_person_asks_for() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    assert!(camille.opens(&authorize(&[])).await.html.contains("<html lang=\"fr\""));
    assert!(camille.opens(&authorize(&[("ui_locales", "de en-GB")])).await.html.contains("<html lang=\"en\""));
    let path = camille.shown.path.clone();
    assert!(camille.opens(&format!("{path}?lang=fr")).await.html.contains("<html lang=\"fr\""), "chosen on the page");
    camille.opens(&authorize(&[("ui_locales", "en")])).await;
    assert!(camille.shown.html.contains("<html lang=\"en\""), "a choice is that journey's; the client's wish goes before it in the next");
}

#[actix_web::test]
async fn sessions_are_kept_by_the_digest_of_their_cookie_only() {
    let house = house().await;
    let camille = Walker::sent_back(&house, &[]).await;
    let sessions = house.tools.reads().sessions(house.camille, parvis::storage::Paging::first(10)).await.unwrap();
    let cookie = &camille.cookies["__Host-session"];
    assert!(sessions.iter().all(|session: &parvis::storage::Loaded<Session>| !serde_json::to_string(&**session).unwrap().contains(cookie.as_str())));
}
