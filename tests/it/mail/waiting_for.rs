//! Somebody waits for a code, and the page tells the truth about the mail that brings it.

use parvis::model::{MailContent, MessageState, Obstacle, Origin};

use super::{
    message, outbox,
    post_office::{Mood, PostOffice},
    posts,
};
use crate::{
    harness::{House, Walker},
    journeys::sign_up::{CHOSEN, NAMES, at_code, code_for, open_house},
};

/// What the page's script is told.
async fn told(walker: &Walker) -> (u16, String) {
    let mut script = walker.clone();
    let journey = script.shown.path.split('/').nth(2).unwrap().to_owned();
    script.opens(&format!("/ui/{journey}/mail-status")).await;
    (script.shown.status, script.shown.html)
}

fn says(delivery: &str) -> (u16, String) {
    (200, format!("{{\"delivery\":\"{delivery}\"}}"))
}

async fn looks_again(walker: &mut Walker) {
    let path = walker.shown.path.clone();
    walker.opens(&path).await;
}

#[actix_web::test]
async fn j03_the_mail_server_is_away_for_the_whole_journey_and_the_person_is_told_so_until_it_is_back() {
    let (house, office) = (open_house().await, PostOffice::opens().await);
    office.is(Mood::Away);
    let mut outbox = outbox(&house, office.port);
    let mut lea = at_code(&house, "lea@courriel.test").await;
    assert_eq!((lea.shown.status, told(&lea).await), (200, says("waiting")));
    assert!(lea.shown.html.contains("part vers cette adresse") && lea.shown.html.contains("data-testid=\"check_again\""), "it has not left yet");
    let code = code_for(&house, "lea@courriel.test").await;
    outbox.pass().await;
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, lea.shown.errors(), lea.shown.retry_after.as_deref()), (503, vec!["E-MAILDOWN"], Some("30")));
    assert!(lea.shown.html.contains("n’est pas encore parti") && !lea.shown.html.contains("est parti."), "{}", lea.shown.html);
    assert_eq!(told(&lea).await, says("delayed"));
    house.waits(60);
    outbox.pass().await;
    for _ in 0..2 {
        lea.answers(&[("action", "resend")]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (503, vec!["E-MAILDOWN"]), "the one that waits is as good");
    }
    lea.answers(&[("action", "next"), ("code", "12")]).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-CODE-FMT", "E-MAILDOWN"]));

    office.is(Mood::Takes);
    house.waits(60);
    outbox.pass().await;
    assert_eq!(told(&lea).await, says("sent"));
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (200, vec![]));
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!(told(&lea).await.0, 404, "nothing is waited for any more");
    lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert!(lea.shown.answer().contains_key("code"));
    for _ in 0..10 {
        house.waits(60);
        outbox.pass().await;
    }
    let taken: Vec<String> = office.taken().into_iter().map(|mail| mail.to).collect();
    assert_eq!(taken, ["lea@courriel.test"], "nothing lost, nothing twice");
}

#[actix_web::test]
async fn j03_a_mail_that_waits_behind_others_for_a_server_that_is_away_is_not_said_to_have_left() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    house.waits(90);
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, lea.shown.errors(), told(&lea).await), (503, vec!["E-MAILDOWN"], says("delayed")));
    house.waits(900);
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, told(&lea).await.0), (200, 404), "a code that has ended is not waited for");
    assert_eq!(lea.answers(&[("action", "resend")]).await.errors(), [] as [&str; 0]);
    assert_eq!(told(&lea).await, says("waiting"));
}

#[actix_web::test]
async fn j03_e_mailbox_an_address_that_takes_no_mail_is_said_and_can_be_changed() {
    let (house, office) = (open_house().await, PostOffice::opens().await);
    office.is(Mood::Answers("550 5.1.1 no such mailbox"));
    let mut outbox = outbox(&house, office.port);
    let mut lea = at_code(&house, "lae@courriel.test").await;
    outbox.pass().await;
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, lea.shown.errors(), told(&lea).await), (422, vec!["E-MAILBOX"], says("refused")));
    assert!(lea.shown.html.contains("n’a pas pu être remis à lae@courriel.test") && lea.shown.html.contains("data-testid=\"change_address\""));
    assert!(!lea.shown.html.contains("no such mailbox"), "the server's words are for operators");
    office.is(Mood::Takes);
    assert_eq!(lea.answers(&[("action", "change_address")]).await.screen(), "S-SIGNUP-EMAIL");
    lea.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    let code = code_for(&house, "lea@courriel.test").await;
    outbox.pass().await;
    looks_again(&mut lea).await;
    assert_eq!((lea.shown.status, told(&lea).await), (200, says("sent")));
    assert_eq!(lea.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNUP-SECRET");
    assert_eq!(office.taken().len(), 1);
}

#[actix_web::test]
async fn what_is_said_of_a_mail_is_the_same_for_a_known_and_an_unknown_address() {
    let (house, office) = (open_house().await, PostOffice::opens().await);
    let mut outbox = outbox(&house, office.port);
    for mood in [Mood::Away, Mood::Answers("451 4.7.1 come back later"), Mood::Answers("550 5.1.1 no such mailbox"), Mood::Takes] {
        office.is(mood);
        let mut seen = Vec::new();
        for address in ["camille@courriel.test", "personne@courriel.test"] {
            let mut walker = at_code(&house, address).await;
            let before = told(&walker).await;
            outbox.pass().await;
            looks_again(&mut walker).await;
            let journey = walker.shown.path.split('/').nth(2).unwrap().to_owned();
            let html = walker.shown.html.replace(address, "X").replace(&journey, "J").replace(&walker.shown.hidden("csrf").unwrap(), "C");
            seen.push((before, walker.shown.status, html, told(&walker).await));
        }
        assert_eq!(seen[0], seen[1], "{mood:?}");
        house.waits(3600);
    }
}

#[actix_web::test]
async fn only_the_browser_that_waits_is_told() {
    let house = open_house().await;
    let lea = at_code(&house, "lea@courriel.test").await;
    let mut stranger = Walker::new(&house);
    stranger.shown.path.clone_from(&lea.shown.path);
    assert_eq!(told(&stranger).await.0, 404);
    let mut other = at_code(&house, "autre@courriel.test").await;
    other.shown.path.clone_from(&lea.shown.path);
    assert_eq!(told(&other).await.0, 404);
}

#[actix_web::test]
async fn a_mail_to_nobody_waits_for_the_server_as_long_as_one_to_somebody() {
    let (house, office) = (House::opens().await, PostOffice::opens().await);
    office.is(Mood::Away);
    let mut outbox = outbox(&house, office.port);
    let content = MailContent::SignInCode { app: None, from: Origin::default() };
    let until = house.tools.now().plus(600);
    let mut ids = Vec::new();
    for to in [Some("camille@courriel.test".parse().unwrap()), None] {
        let letter = parvis::journey::Letter::new(content.clone(), to, parvis::values::Locale::Fr, house.tenant);
        ids.push(posts(&house, letter.with_code(parvis::values::Secret::from("482 913"), until)).await);
    }
    for (mood, wait, state, obstacle) in [(Mood::Away, 0, MessageState::Queued, Some(Obstacle::Away)), (Mood::Takes, 60, MessageState::Sent, None)] {
        office.is(mood);
        house.waits(wait);
        outbox.pass().await;
        for id in &ids {
            let mail = message(&house, id).await;
            assert_eq!((mail.state, mail.obstacle), (state, obstacle));
            assert_eq!(mail.delivery(house.tools.now(), false), mail.delivery(house.tools.now(), true));
        }
    }
    assert_eq!(office.taken().len(), 1);
}
