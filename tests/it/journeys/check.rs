//! S-CHECK: before a mail goes out from a suspect network a machine works for a moment. No puzzle.

use std::sync::Arc;

use parvis::{
    journey::letter,
    model::{Journey, MailName, Message, Proved},
    storage::{Loaded, Paging, counted},
    values::JourneyId,
};

use super::{
    PASSWORD, rules,
    sign_up::{CHOSEN, NAMES, account_of, code_for, mails_to, open_house},
};
use crate::harness::{House, Walker, authorize};

const CAMILLE: &str = "camille@courriel.test";

/// A house that checks everybody, cheaply.
async fn wary_house() -> House {
    let house = open_house().await;
    rules(&house, |tenant| {
        (tenant.settings.check_after_mails, tenant.settings.check_bits) = (0, 8);
        tenant.support.mail = Some("aide@aubepine.test".into());
    })
    .await;
    house
}

/// Somebody stands before the check.
async fn at_check(house: &House, address: &str) -> Walker {
    let mut lea = Walker::new(house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    lea.answers(&[("action", "next"), ("email", address)]).await;
    assert_eq!(lea.shown.screen(), "S-CHECK", "{:?}", lea.shown.errors());
    lea
}

pub(super) fn challenge(lea: &Walker) -> String {
    lea.shown.html.split_once("data-challenge=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// What the script finds.
pub(super) fn paid(challenge: &str, bits: u32) -> String {
    (0u64..10_000_000)
        .map(|number| number.to_string())
        .find(|number| parvis::policy::check::is_paid(&parvis::crypto::sha256(format!("{challenge}:{number}").as_bytes()), bits))
        .unwrap()
}

/// The link that was mailed, as a path.
pub(super) async fn link_for(house: &House, address: &str) -> String {
    let waiting = house.tools.reads().queued_messages(Paging::first(100)).await.unwrap();
    let mails: Vec<Message> = waiting.into_iter().map(Loaded::into_value).collect();
    let mail = mails
        .iter()
        .filter_map(Message::mail)
        .find(|mail| mail.content.name() == MailName::CheckLink && mail.to.as_ref().is_some_and(|to| to.norm() == address));
    let link = letter::opened(&house.tools, mail.unwrap()).unwrap().link.unwrap();
    link.expose().strip_prefix(&*house.tools.public_url).unwrap().to_owned()
}

async fn finishes(house: &House, lea: &mut Walker, address: &str) {
    let code = code_for(house, address).await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert!(lea.shown.left_to.is_some(), "{}", lea.shown.screen());
}

#[actix_web::test]
async fn m_013_m_054_the_machine_pays_and_only_then_the_code_goes_out_without_any_puzzle() {
    let house = wary_house().await;
    let mut lea = at_check(&house, "lea@courriel.test").await;
    assert!(mails_to(&house, "lea@courriel.test").await.is_empty(), "nothing is sent before it is paid for");
    let html = &lea.shown.html;
    assert!(!html.contains("<canvas") && !html.contains("<main data-screen=\"S-CHECK\" id=\"main\"><img"), "no picture to puzzle over");
    assert!(
        html.contains("data-testid=\"mail\"") && html.contains("data-testid=\"support\"") && html.contains("?subject="),
        "other ways, and a reference for support"
    );
    let solution = paid(&challenge(&lea), 8);
    lea.answers(&[("action", "next"), ("solution", &solution)]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE");
    finishes(&house, &mut lea, "lea@courriel.test").await;
    assert!(account_of(&house, "lea@courriel.test").await.is_some());
}

#[actix_web::test]
async fn a_network_that_did_little_is_not_checked_and_one_that_did_much_is() {
    let house = open_house().await;
    rules(&house, |tenant| tenant.settings.check_after_mails = 2).await;
    for (address, screen) in [("a@courriel.test", "S-SIGNUP-CODE"), ("b@courriel.test", "S-SIGNUP-CODE"), ("c@courriel.test", "S-CHECK")] {
        let mut lea = Walker::new(&house);
        lea.opens(&authorize(&[])).await;
        lea.answers(&[("action", "signup")]).await;
        assert_eq!(lea.answers(&[("action", "next"), ("email", address)]).await.screen(), screen);
    }
    let mut elsewhere = Walker::new(&house);
    elsewhere.address = "198.51.100.9:4000";
    elsewhere.opens(&authorize(&[])).await;
    elsewhere.answers(&[("action", "signup")]).await;
    assert_eq!(elsewhere.answers(&[("action", "next"), ("email", "d@courriel.test")]).await.screen(), "S-SIGNUP-CODE", "another network is another matter");
    house.waits(601);
    let mut later = Walker::new(&house);
    later.opens(&authorize(&[])).await;
    later.answers(&[("action", "signup")]).await;
    assert_eq!(later.answers(&[("action", "next"), ("email", "e@courriel.test")]).await.screen(), "S-SIGNUP-CODE", "the window is over");
}

#[actix_web::test]
async fn what_does_not_pay_is_refused_and_what_paid_elsewhere_or_before_pays_nothing() {
    let house = wary_house().await;
    rules(&house, |tenant| tenant.settings.check_bits = 16).await;
    let (mut lea, other) = (at_check(&house, "lea@courriel.test").await, at_check(&house, "nadia@courriel.test").await);
    let elsewhere = paid(&challenge(&other), 16);
    for forged in ["", "0", "-1", "abc", "99999999999999999999", &elsewhere] {
        lea.answers(&[("action", "next"), ("solution", forged)]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-CHECK"]), "{forged}");
        assert!(!lea.shown.html.contains("data-auto"), "a page with a complaint does not send itself again");
    }
    assert!(mails_to(&house, "lea@courriel.test").await.is_empty());
    let (before, in_time) = (challenge(&lea), paid(&challenge(&lea), 16));
    house.waits(901);
    lea.answers(&[("action", "next"), ("solution", &in_time)]).await;
    assert_eq!(lea.shown.screen(), "S-CHECK");
    assert_ne!(challenge(&lea), before, "paid too late, another one is asked for");
    lea.answers(&[("action", "next"), ("solution", &in_time)]).await;
    assert_eq!(lea.shown.errors(), ["E-CHECK"]);
    let solution = paid(&challenge(&lea), 16);
    lea.answers(&[("action", "next"), ("solution", &solution)]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE");
    let again = lea
        .posts(
            &lea.shown.path.replace("signup/code", "check"),
            &[("action".into(), "next".into()), ("solution".into(), solution), ("csrf".into(), lea.shown.hidden("csrf").unwrap())],
        )
        .await
        .screen()
        .to_owned();
    assert_eq!(again, "S-SIGNUP-CODE");
    assert_eq!(mails_to(&house, "lea@courriel.test").await.len(), 1, "sent once, however often it is posted");
}

#[actix_web::test]
async fn without_a_script_a_link_opens_a_page_whose_button_lets_the_journey_go_on() {
    let house = wary_house().await;
    let mut lea = at_check(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "mail")]).await;
    assert_eq!((lea.shown.screen(), lea.shown.status), ("S-CHECK", 200));
    assert!(lea.shown.html.contains("lea@courriel.test") && !lea.shown.html.contains("data-testid=\"mail\""));
    let link = link_for(&house, "lea@courriel.test").await;

    let mut elsewhere = Walker::new(&house);
    for _ in 0..3 {
        elsewhere.opens(&link).await;
        assert_eq!((elsewhere.shown.screen(), elsewhere.shown.status), ("S-CHECK-LINK", 200));
    }
    lea.answers(&[("action", "next")]).await;
    assert_eq!(lea.shown.errors(), ["E-CHECK"], "that a scanner opened it does nothing");

    elsewhere.posts(&link, &[]).await;
    assert_eq!(elsewhere.shown.status, 200);
    assert!(elsewhere.shown.left_to.is_none() && !elsewhere.shown.html.contains("data-testid=\"confirm\""));
    assert_eq!(mails_to(&house, "lea@courriel.test").await.len(), 1, "the button signs nobody up and sends nothing");
    let path = lea.shown.path.clone();
    house.waits(1);
    lea.opens(&path).await;
    lea.answers(&[("action", "next")]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE");
    finishes(&house, &mut lea, "lea@courriel.test").await;
}

#[actix_web::test]
async fn a_link_ends_and_one_that_is_none_opens_nothing() {
    let house = wary_house().await;
    let mut lea = at_check(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "mail")]).await;
    let link = link_for(&house, "lea@courriel.test").await;
    let mut elsewhere = Walker::new(&house);
    for forged in [format!("{link}x"), "/ui/check/nobody/nothing".to_owned()] {
        assert_eq!(elsewhere.posts(&forged, &[]).await.errors(), ["E-LINK-BAD"], "{forged}");
    }
    house.waits(901);
    assert_eq!(elsewhere.posts(&link, &[]).await.errors(), ["E-LINK-EXP"]);
    let id = lea.shown.path.split('/').nth(2).unwrap().to_owned();
    let journey = house.tools.store.load::<Journey>(&Journey::key_of(&JourneyId::from(id.as_str())), house.tools.now()).await.unwrap().unwrap();
    assert!(!journey.evidence.iter().any(|evidence| evidence.what == Proved::Checked));
}

#[actix_web::test]
async fn links_flood_no_mailbox() {
    let house = wary_house().await;
    at_check(&house, "lea@courriel.test").await.answers(&[("action", "mail")]).await;
    let mut lea = at_check(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "mail")]).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (429, vec!["E-RESEND"]));
    assert_eq!(mails_to(&house, "lea@courriel.test").await.len(), 1);
    house.waits(61);
    lea.answers(&[("action", "mail")]).await;
    assert_eq!((lea.shown.status, mails_to(&house, "lea@courriel.test").await.len()), (200, 2), "who waits gets another");
}

#[actix_web::test]
async fn each_address_is_paid_for_and_the_same_one_gets_its_next_code_without() {
    let house = wary_house().await;
    let mut lea = at_check(&house, "lea@courriel.test").await;
    let spent = paid(&challenge(&lea), 8);
    lea.answers(&[("action", "next"), ("solution", &spent)]).await;
    house.waits(61);
    lea.answers(&[("action", "resend")]).await;
    assert_eq!((lea.shown.screen(), mails_to(&house, "lea@courriel.test").await.len()), ("S-SIGNUP-CODE", 2), "never a second check for one mailbox");
    lea.answers(&[("action", "change_address")]).await;
    rules(&house, |tenant| tenant.settings.check_bits = 16).await;
    lea.answers(&[("action", "next"), ("email", "lea.morvan@courriel.test")]).await;
    assert_eq!(lea.shown.screen(), "S-CHECK");
    lea.answers(&[("action", "next"), ("solution", &spent)]).await;
    assert_eq!(lea.shown.errors(), ["E-CHECK"], "what was spent is spent");
    let solution = paid(&challenge(&lea), 16);
    lea.answers(&[("action", "next"), ("solution", &solution)]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE");
}

#[actix_web::test]
async fn a_code_for_a_new_password_is_checked_and_the_way_back_stays_open() {
    let house = wary_house().await;
    let mut camille = Walker::at_password(&house, CAMILLE).await;
    camille.answers(&[("action", "forgot")]).await;
    assert_eq!(camille.answers(&[("action", "send"), ("identifier", CAMILLE)]).await.screen(), "S-CHECK");
    assert!(mails_to(&house, CAMILLE).await.is_empty());
    assert_eq!(camille.answers(&[("action", "another")]).await.screen(), "S-SIGNIN-PW", "nobody is held here");
    assert_eq!(camille.answers(&[("action", "forgot")]).await.screen(), "S-CHECK");
    let solution = paid(&challenge(&camille), 8);
    assert_eq!(camille.answers(&[("action", "next"), ("solution", &solution)]).await.screen(), "S-RESET-CODE");
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW");
}

#[actix_web::test]
async fn a_code_in_the_place_of_the_password_is_checked_and_the_password_is_not() {
    let house = wary_house().await;
    let mut camille = Walker::at_password(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "code")]).await.screen(), "S-CHECK");
    assert!(mails_to(&house, CAMILLE).await.is_empty());
    let solution = paid(&challenge(&camille), 8);
    assert_eq!(camille.answers(&[("action", "another")]).await.screen(), "S-SIGNIN-PW");
    assert_eq!(camille.answers(&[("action", "code")]).await.screen(), "S-CHECK");
    assert_eq!(camille.answers(&[("action", "next"), ("solution", &solution)]).await.errors(), ["E-CHECK"], "asked anew, paid anew");
    let solution = paid(&challenge(&camille), 8);
    assert_eq!(camille.answers(&[("action", "next"), ("solution", &solution)]).await.screen(), "S-SIGNIN-OTP");
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-APP-CONSENT");

    let mut again = Walker::at_password(&house, CAMILLE).await;
    again.answers(&[("action", "code")]).await;
    assert_eq!(again.shown.screen(), "S-CHECK");
    again.answers(&[("action", "another")]).await;
    assert_eq!(again.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT", "a password needs no mail and no check");
}

/// What a stranger sees of a check before a code to whoever has this address, and the work it takes.
async fn seen(house: &House, address: &str) -> Vec<(u16, String, Vec<String>)> {
    let mut house = house.clone();
    let (store, work) = counted(Arc::clone(&house.tools.store));
    house.tools.store = store;
    let mut stranger = Walker::at_password(&house, address).await;
    stranger.answers(&[("action", "forgot")]).await;
    drop(work.since());
    let mut all = Vec::new();
    for turn in 0..4 {
        match turn {
            0 => stranger.answers(&[("action", "send"), ("identifier", address)]).await,
            1 => stranger.answers(&[("action", "next"), ("solution", "abc")]).await,
            2 => stranger.answers(&[("action", "mail")]).await,
            _ => {
                let solution = paid(&challenge(&stranger), 8);
                stranger.answers(&[("action", "next"), ("solution", &solution)]).await
            }
        };
        let (shown, mut html) = (&stranger.shown, stranger.shown.html.clone());
        let challenge = html.split_once("data-challenge=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
        let reference = html.split_once("?subject=").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
        let journey = shown.path.split('/').nth(2).unwrap().to_owned();
        for own in [Some(address.to_owned()), Some(journey), shown.hidden("csrf"), challenge, reference].into_iter().flatten().filter(|own| !own.is_empty()) {
            html = html.replace(&own, "X");
        }
        all.push((shown.status, html, work.since()));
    }
    all
}

#[actix_web::test]
async fn a_check_tells_nobody_whether_there_is_an_account() {
    let house = wary_house().await;
    let (known, unknown) = (seen(&house, CAMILLE).await, seen(&house, "personne@courriel.test").await);
    assert_eq!(known.len(), 4);
    for (known, unknown) in known.iter().zip(&unknown) {
        assert_eq!((known.0, &known.1), (unknown.0, &unknown.1));
        assert_eq!(known.2, unknown.2);
    }
    assert_eq!(mails_to(&house, CAMILLE).await.len(), 2, "the link and the code");
    assert!(mails_to(&house, "personne@courriel.test").await.is_empty());
}
