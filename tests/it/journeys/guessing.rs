//! J54: guessing is slow, durable, and nobody else's trouble.

use futures_util::future::join_all;

use super::{PASSWORD, house};
use crate::harness::{Walker, authorize};

#[actix_web::test]
async fn after_five_wrong_passwords_the_right_one_has_to_wait_too() {
    let house = house().await;
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    for _ in 0..5 {
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        assert_eq!((thief.shown.status, thief.shown.errors()), (422, vec!["E-BADCRED"]));
    }
    thief.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!((thief.shown.status, thief.shown.screen()), (429, "S-THROTTLED"));
    assert_eq!(thief.shown.retry_after.as_deref(), Some("30"));
    house.waits(31);
    let mut camille = Walker::at_password(&house, "camille@courriel.test").await;
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour() {
    let house = house().await;
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    for _ in 0..5 {
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
    }
    for wait in [30, 60, 120, 240, 480, 900, 900] {
        let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        assert_eq!(thief.shown.retry_after.as_deref(), Some(wait.to_string().as_str()));
        house.waits(wait);
        thief.opens(&thief.shown.path.clone()).await;
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
        assert_eq!(thief.shown.errors(), ["E-BADCRED"]);
    }
}

#[actix_web::test]
async fn sixty_four_guesses_at_once_get_five_answers() {
    let house = house().await;
    let thief = Walker::at_password(&house, "camille@courriel.test").await;
    let guesses = join_all((0..64).map(|_| {
        let mut thief = thief.clone();
        async move {
            thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
            thief.shown.errors() == ["E-BADCRED"]
        }
    }));
    assert_eq!(guesses.await.into_iter().filter(|judged| *judged).count(), 5);
}

#[actix_web::test]
async fn an_unknown_address_looks_and_waits_like_a_known_one() {
    let house = house().await;
    let mut looks = Vec::new();
    for identifier in ["camille@courriel.test", "personne@courriel.test"] {
        let mut stranger = Walker::at_password(&house, identifier).await;
        let mut seen = Vec::new();
        for _ in 0..6 {
            stranger.answers(&[("action", "next"), ("password", "a guess at it")]).await;
            let journey = stranger.shown.path.split('/').nth(2).unwrap().to_owned();
            let csrf = stranger.shown.hidden("csrf").unwrap_or_default();
            let html = stranger.shown.html.replace(identifier, "X").replace(&journey, "J").replace(&csrf, "C");
            seen.push((stranger.shown.status, html));
        }
        looks.push(seen);
    }
    assert_eq!(looks[0], looks[1]);
}

#[actix_web::test]
async fn a_strangers_failures_do_not_lock_a_person_out_of_a_browser_they_used() {
    let house = house().await;
    let mut camille = Walker::at_password(&house, "camille@courriel.test").await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    camille.answers(&[("action", "accept")]).await;
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    for _ in 0..6 {
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
    }
    assert_eq!(thief.shown.screen(), "S-THROTTLED");
    camille.opens(&authorize(&[("prompt", "login")])).await;
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert!(camille.shown.answer().contains_key("code"));
}

#[actix_web::test]
async fn a_network_that_fails_too_often_waits_whoever_it_tries() {
    let house = house().await;
    super::rules(&house, |tenant| tenant.settings.throttle_network_failures = 4).await;
    for name in ["un", "deux", "trois", "quatre"] {
        let mut thief = Walker::at_password(&house, &format!("{name}@courriel.test")).await;
        thief.answers(&[("action", "next"), ("password", "a guess at it")]).await;
    }
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    assert_eq!(thief.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-THROTTLED");
    let mut camille = Walker::at_password(&house, "camille@courriel.test").await;
    camille.address = "198.51.100.4:5000";
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn a_password_that_cannot_be_one_is_wrong_without_work() {
    let house = house().await;
    let mut thief = Walker::at_password(&house, "camille@courriel.test").await;
    for password in ["a".repeat(129), "nul\0nul".to_owned()] {
        for _ in 0..6 {
            thief.answers(&[("action", "next"), ("password", &password)]).await;
            assert_eq!(thief.shown.errors(), ["E-BADCRED"], "never counted, never hashed");
        }
    }
    assert_eq!(thief.answers(&[("action", "next"), ("password", "")]).await.errors(), ["E-REQ"]);
}
