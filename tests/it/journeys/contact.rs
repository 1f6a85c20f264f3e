//! J38: another address, its code, the word to the old mailbox, and the way back.

use parvis::{
    jobs,
    journey::letter,
    model::{Account, AccountEmail, AuditEvent, EventName, Grant, MailName, Message, Session, SessionEnd},
    storage::{Loaded, Paging},
};

use super::{
    PASSWORD, house, newcomer,
    portal::{FIREFOX, events, in_portal},
    rules,
    sign_up::{code_for, mails_to, open_house},
};
use crate::harness::{House, Walker, claims_of};

const OLD: &str = "camille@courriel.test";
const NEW: &str = "camille@eon.test";

async fn account(house: &House) -> Account {
    house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value()
}

/// Where the button of the newest mail to an address leads, without the server's name.
pub(super) async fn link_to(house: &House, address: &str) -> String {
    let waiting = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap();
    let mut messages: Vec<Message> = waiting.into_iter().map(Loaded::into_value).collect();
    messages.sort_by_key(|message| message.created_at);
    let mail = messages.iter().filter_map(Message::mail).rfind(|mail| mail.to.as_ref().is_some_and(|to| to.norm() == address)).unwrap();
    letter::opened(&house.tools, mail).unwrap().link.unwrap().expose().strip_prefix("https://id.aubepine.test").unwrap().to_owned()
}

/// Camille has asked for another address and stands before its code.
async fn at_code(house: &House, address: &str) -> Walker {
    let mut camille = in_portal(house, FIREFOX).await;
    camille.opens("/account/contact").await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-CONTACT", 200));
    camille.answers(&[("action", "change"), ("email", address)]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-CONTACT-CODE", 200), "{:?}", camille.shown.errors());
    camille
}

/// Camille has the new address since a minute ago.
pub(super) async fn moved(house: &House) -> Walker {
    let mut camille = at_code(house, NEW).await;
    house.waits(60);
    let code = code_for(house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &code)]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-CONTACT", 200), "{:?}", camille.shown.errors());
    camille
}

pub(super) async fn signs_in(house: &House, address: &str) -> Walker {
    let mut walker = Walker::new(house);
    walker.opens("/account").await;
    walker.signs_in(address, PASSWORD).await;
    walker
}

#[actix_web::test]
async fn j38_a_new_address_counts_from_the_right_code_on_and_the_old_mailbox_is_told() {
    let house = house().await;
    let mut camille = at_code(&house, " Camille@EON.test ").await;
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD, "nothing changes before the code");
    assert_eq!(mails_to(&house, NEW).await[0].0, MailName::ConfirmNewAddress);
    house.waits(60);
    let code = code_for(&house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &format!(" {code}\n"))]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-CONTACT", 200));
    assert!(camille.shown.html.contains("role=\"status\"") && camille.shown.html.contains("Camille@EON.test") && camille.shown.html.contains(OLD));

    let after = account(&house).await;
    let now = house.tools.now();
    assert_eq!((after.emails.len(), after.emails[0].address.spelt(), after.emails[0].verified_at), (1, "Camille@EON.test", Some(now)));
    assert_eq!((after.aliases[0].was.address.norm(), after.aliases[0].since, after.updated_at), (OLD, now, now));
    assert_eq!(mails_to(&house, OLD).await.last().unwrap().0, MailName::AddressReplaced);
    for address in [NEW, OLD] {
        assert_eq!(signs_in(&house, address).await.shown.screen(), "S-ME-HOME", "{address}");
    }
    let [changed] = &*events(&house, EventName::EmailChanged).await else { panic!() };
    assert_eq!((changed.subject.as_ref().unwrap().id.clone(), changed.actor.id.clone()), (house.camille.id.to_string(), Some(house.camille.id.to_string())));
    assert!(!serde_json::to_string(changed).unwrap().contains('@'), "the trail has no address");
}

#[actix_web::test]
async fn j38_clients_see_the_new_address_and_the_same_person() {
    let house = house().await;
    moved(&house).await;
    let client = house.tools.reads().client(house.tenant, &"espace-client".into()).await.unwrap().unwrap().into_value();
    let code = house.code(&client, "openid email", |code| code.authentication.at = house.tools.now()).await;
    let answer = house.redeems(&client.id, &code).await.unwrap();
    let claims = claims_of(answer.id_token.as_ref().unwrap().expose());
    assert_eq!(claims["sub"], house.camille.id.to_string());
    let said = house
        .sends(actix_web::test::TestRequest::get().uri("/userinfo").insert_header(("authorization", format!("Bearer {}", answer.access_token.expose()))))
        .await;
    assert_eq!((said.body["email"].as_str(), said.body["email_verified"].as_bool()), (Some(NEW), Some(true)));
    assert_eq!(said.body["sub"], house.camille.id.to_string());
}

#[actix_web::test]
async fn j38_m_015_a_proof_of_ten_minutes_ago_is_asked_for_again_by_page_and_by_direct_post() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/contact").await;
    let csrf = camille.shown.hidden("csrf").unwrap();
    house.waits(601);
    let forged = [("action", "change"), ("email", "eve@courriel.test"), ("csrf", &*csrf)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    camille.posts("/account/contact", &forged).await;
    assert_eq!(camille.shown.screen(), "S-REAUTH");
    assert!(mails_to(&house, "eve@courriel.test").await.is_empty());
    assert_eq!(camille.opens("/account/contact").await.screen(), "S-REAUTH");
    camille.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert_eq!((camille.shown.screen(), &*camille.shown.path), ("S-ME-CONTACT", "/account/contact"));
}

#[actix_web::test]
async fn j38_what_is_no_new_address_is_refused_and_a_form_of_elsewhere_too() {
    let house = house().await;
    let mut camille = in_portal(&house, FIREFOX).await;
    camille.opens("/account/contact").await;
    for (email, error) in [("", "E-REQ"), ("camille@", "E-EMAIL"), ("Camille@Courriel.test", "E-EMAIL-SAME"), ("a@b.test\r\nBcc: eve@c.test", "E-EMAIL")] {
        camille.answers(&[("action", "change"), ("email", email)]).await;
        assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-ME-CONTACT", 422, vec![error]), "{email:?}");
    }
    for csrf in ["", "forged"] {
        camille.answers(&[("action", "change"), ("email", NEW), ("csrf", csrf)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    }
    assert!(mails_to(&house, NEW).await.is_empty());
    let mut camille = at_code(&house, NEW).await;
    let code = code_for(&house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &code), ("csrf", "forged")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status, camille.shown.errors()), ("S-ME-CONTACT-CODE", 403, vec!["E-CSRF"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD);
}

#[actix_web::test]
async fn j38_a_code_is_counted_ends_and_is_replaced_as_all_codes_are() {
    let house = house().await;
    let mut camille = at_code(&house, NEW).await;
    let first = code_for(&house, NEW).await;
    camille.answers(&[("action", "resend")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors(), camille.shown.retry_after.as_deref()), (429, vec!["E-RESEND"], Some("60")));
    for (typed, status, error) in [("", 422, "E-REQ"), ("12", 422, "E-CODE-FMT")] {
        camille.answers(&[("action", "confirm"), ("code", typed)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (status, vec![error]));
    }
    house.waits(60);
    camille.answers(&[("action", "resend")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.status), ("S-ME-CONTACT-CODE", 200));
    camille.answers(&[("action", "confirm"), ("code", &first)]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-CODE-EXP"]), "a newer one was sent");
    let second = code_for(&house, NEW).await;
    let wrong = if second.starts_with('9') { "000000" } else { "999999" };
    for left in [3, 2, 1] {
        camille.answers(&[("action", "confirm"), ("code", wrong)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec!["E-CODE"]), "{left}");
    }
    for _ in 0..2 {
        let typed = if camille.shown.status == 429 { &*second } else { wrong };
        camille.answers(&[("action", "confirm"), ("code", typed)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (429, vec!["E-CODE-MAX"]), "even the right one");
    }
    house.waits(60);
    camille.answers(&[("action", "resend")]).await;
    house.waits(900);
    let third = code_for(&house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &third)]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-CODE-EXP"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD);
}

#[actix_web::test]
async fn j38_no_more_codes_than_five_an_hour_go_to_a_mailbox() {
    let house = house().await;
    let mut camille = at_code(&house, NEW).await;
    for _ in 0..4 {
        house.waits(60);
        assert_eq!(camille.answers(&[("action", "resend")]).await.status, 200);
    }
    house.waits(60);
    assert_eq!((camille.answers(&[("action", "resend")]).await.status, camille.shown.errors()), (429, vec!["E-RESEND"]));
    assert_eq!(mails_to(&house, NEW).await.len(), 5);
}

#[actix_web::test]
async fn j38_the_change_can_be_left_and_counts_only_in_the_session_that_asked() {
    let house = house().await;
    let mut camille = at_code(&house, NEW).await;
    assert_eq!(camille.opens("/account/contact").await.screen(), "S-ME-CONTACT-CODE", "the owed page");
    let code = code_for(&house, NEW).await;
    let mut elsewhere = in_portal(&house, FIREFOX).await;
    assert_eq!(elsewhere.opens("/account/contact/code").await.screen(), "S-ME-CONTACT", "nothing waits in another browser");
    let csrf = elsewhere.shown.hidden("csrf").unwrap();
    let posted = [("action", "confirm"), ("code", &*code), ("csrf", &*csrf)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(elsewhere.posts("/account/contact/code", &posted).await.screen(), "S-ME-CONTACT");
    camille.opens("/account/contact/code").await;
    camille.answers(&[("action", "cancel")]).await;
    assert_eq!(camille.shown.screen(), "S-ME-PROFILE");
    assert_eq!(camille.opens("/account/contact").await.screen(), "S-ME-CONTACT");
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD);
}

#[actix_web::test]
async fn j38_an_address_of_another_account_gets_the_same_answer_and_its_owner_a_word() {
    let house = house().await;
    newcomer(&house, 3, "lou@courriel.test").await;
    let mut known = at_code(&house, "lou@courriel.test").await;
    assert_eq!(mails_to(&house, "lou@courriel.test").await, [(MailName::AccountExists, None)]);
    house.waits(60);
    let unknown = at_code(&house, NEW).await;
    let neutral = |html: &str, address: &str| {
        let token = html.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        html.replace(&token, "").replace(address, "")
    };
    assert_eq!(neutral(&known.shown.html, "lou@courriel.test"), neutral(&unknown.shown.html, NEW));
    for code in ["000000", "482913"] {
        known.opens("/account/contact/code").await;
        assert_eq!(known.shown.screen(), "S-ME-CONTACT", "the later change took its place");
        assert!(!code.is_empty());
    }
    let mut known = at_code_of_another(&house).await;
    known.answers(&[("action", "confirm"), ("code", "000000")]).await;
    assert_eq!((known.shown.status, known.shown.errors()), (422, vec!["E-CODE"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD);
}

async fn at_code_of_another(house: &House) -> Walker {
    house.waits(60);
    at_code(house, "lou@courriel.test").await
}

#[actix_web::test]
async fn j38_an_address_that_somebody_took_meanwhile_is_said_to_be_so_to_its_proved_owner() {
    let house = house().await;
    let mut camille = at_code(&house, NEW).await;
    newcomer(&house, 3, NEW).await;
    let code = code_for(&house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &code)]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (409, vec!["E-EXISTS"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), OLD);
}

#[actix_web::test]
async fn j38_ru_05_the_old_address_is_nobody_elses_for_thirty_days_and_free_afterwards() {
    let house = open_house().await;
    moved(&house).await;
    newcomer(&house, 3, "lou@courriel.test").await;
    let mut lou = signs_in(&house, "lou@courriel.test").await;
    lou.opens("/account/contact").await;
    lou.answers(&[("action", "change"), ("email", OLD)]).await;
    assert_eq!(mails_to(&house, OLD).await.last().unwrap().0, MailName::AccountExists);
    house.waits(30 * 86_400 - 1);
    jobs::addresses::run(&house.tools).await.unwrap();
    assert_eq!(account(&house).await.aliases.len(), 1);
    house.waits(1);
    jobs::addresses::run(&house.tools).await.unwrap();
    assert!(account(&house).await.aliases.is_empty());
    let gone = signs_in(&house, OLD).await;
    assert_eq!(gone.shown.errors(), ["E-BADCRED"]);
    newcomer(&house, 4, OLD).await;
    assert_eq!(signs_in(&house, OLD).await.shown.screen(), "S-ME-HOME", "somebody else has it now");
}

#[actix_web::test]
async fn j38_the_way_back_to_the_old_address_is_a_new_change_like_any() {
    let house = house().await;
    let mut camille = moved(&house).await;
    camille.opens("/account/contact").await;
    camille.answers(&[("action", "change"), ("email", OLD)]).await;
    house.waits(60);
    let code = code_for(&house, OLD).await;
    camille.answers(&[("action", "confirm"), ("code", &code)]).await;
    let after = account(&house).await;
    assert_eq!((after.emails[0].address.norm(), after.aliases.len(), after.aliases[0].was.address.norm()), (OLD, 1, NEW));
}

#[actix_web::test]
async fn ru_24_opening_the_link_in_the_old_mailbox_changes_nothing_and_pressing_its_button_brings_the_address_back_and_ends_every_session() {
    let house = house().await;
    let mut camille = moved(&house).await;
    let link = link_to(&house, OLD).await;
    assert!(link.starts_with("/account/contact/undo/"));
    let mut scanner = Walker::new(&house);
    for _ in 0..5 {
        assert_eq!((scanner.opens(&link).await.status, scanner.shown.screen()), (200, "S-ME-UNDO"));
    }
    assert_eq!(account(&house).await.emails[0].address.norm(), NEW);
    // A program that posts without having been shown the page does nothing either.
    let mut blind = Walker::new(&house);
    assert_eq!(blind.posts(&link, &[("action".to_owned(), "undo".to_owned())]).await.status, 400);
    scanner.answers(&[("action", "undo"), ("csrf", "forged")]).await;
    assert_eq!((scanner.shown.status, scanner.shown.errors()), (403, vec!["E-CSRF"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), NEW);

    scanner.opens(&link).await;
    scanner.answers(&[("action", "undo")]).await;
    assert_eq!((scanner.shown.screen(), scanner.shown.status, &*scanner.shown.path), ("S-ME-UNDO", 200, "/account/contact/undone"));
    assert!(scanner.shown.html.contains("role=\"status\""));
    let after = account(&house).await;
    assert_eq!((after.emails[0].address.norm(), after.emails[0].verified_at.is_some(), after.aliases.len()), (OLD, true, 0));
    assert_eq!(camille.opens("/account").await.screen(), "S-PICKER", "nobody is signed in any more");
    let sessions: Vec<Session> = house.tools.reads().sessions(house.camille, Paging::first(100)).await.unwrap().into_iter().map(Loaded::into_value).collect();
    assert!(sessions.iter().all(|session| matches!(session.ended, Some((_, SessionEnd::Revoked)))));
    assert_eq!(signs_in(&house, NEW).await.shown.errors(), ["E-BADCRED"]);
    assert_eq!(signs_in(&house, OLD).await.shown.screen(), "S-ME-HOME");
    let trail: Vec<AuditEvent> = events(&house, EventName::EmailChanged).await;
    assert_eq!(trail.last().unwrap().reason.as_deref(), Some("undone"));

    for _ in 0..2 {
        assert_eq!((scanner.opens(&link).await.status, scanner.shown.errors()), (410, vec!["E-LINK-USED"]));
    }
    assert_eq!(events(&house, EventName::EmailChanged).await.len(), 2, "once");
}

#[actix_web::test]
async fn j38_the_link_takes_tokens_back_lives_three_days_and_is_nothing_when_made_up() {
    let house = house().await;
    let client = Walker::sent_back(&house, &[("scope", "openid offline_access")]).await;
    house.redeems(&"espace-client".into(), &client.shown.answer()["code"]).await.unwrap();
    moved(&house).await;
    let link = link_to(&house, OLD).await;
    let mut owner = Walker::new(&house);
    assert_eq!((owner.opens("/account/contact/undo/made-up").await.status, owner.shown.errors()), (404, vec!["E-LINK-BAD"]));
    house.waits(72 * 3600 - 1);
    assert_eq!(owner.opens(&link).await.status, 200);
    house.waits(1);
    assert_eq!((owner.opens(&link).await.status, owner.shown.errors()), (410, vec!["E-LINK-EXP"]));
    assert_eq!(account(&house).await.emails[0].address.norm(), NEW);

    // Another change, another link.
    let mut camille = at_code(&house, "third@eon.test").await;
    house.waits(60);
    let code = code_for(&house, "third@eon.test").await;
    camille.answers(&[("action", "confirm"), ("code", &code)]).await;
    let link = link_to(&house, NEW).await;
    owner.opens(&link).await;
    owner.answers(&[("action", "undo")]).await;
    assert_eq!(account(&house).await.emails[0].address.norm(), NEW);
    let grants: Vec<Loaded<Grant>> = {
        let mut all = Vec::new();
        for session in house.tools.reads().sessions(house.camille, Paging::first(100)).await.unwrap() {
            all.extend(house.tools.reads().grants_of_session(&session.sid, Paging::first(10)).await.unwrap());
        }
        all
    };
    assert!(!grants.is_empty() && grants.iter().all(|grant| grant.revoked_at.is_some()));
}

#[actix_web::test]
async fn j38_who_took_an_account_over_cannot_keep_it_by_changing_the_address_twice() {
    let house = house().await;
    let mut thief = moved(&house).await;
    let to_owner = link_to(&house, OLD).await;
    thief.opens("/account/contact").await;
    thief.answers(&[("action", "change"), ("email", "eve@courriel.test")]).await;
    house.waits(60);
    let code = code_for(&house, "eve@courriel.test").await;
    thief.answers(&[("action", "confirm"), ("code", &code)]).await;
    assert_eq!(account(&house).await.emails[0].address.norm(), "eve@courriel.test");
    let to_thief = link_to(&house, NEW).await;
    let mut owner = Walker::new(&house);
    owner.opens(&to_owner).await;
    owner.answers(&[("action", "undo")]).await;
    let after = account(&house).await;
    assert_eq!((after.emails[0].address.norm(), after.aliases.len()), (OLD, 0), "neither of the thief's addresses is left");
    let mut again = Walker::new(&house);
    assert_eq!((again.opens(&to_thief).await.status, again.shown.errors()), (410, vec!["E-LINK-USED"]));
}

#[actix_web::test]
async fn j38_an_old_mailbox_that_nobody_proved_is_told_nothing() {
    let house = house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.emails[0].verified_at = None).await;
    moved(&house).await;
    assert!(mails_to(&house, OLD).await.iter().all(|(name, _)| *name != MailName::AddressReplaced));
}

#[actix_web::test]
async fn j38_who_signs_in_by_name_gets_a_first_address() {
    let house = house().await;
    house
        .changes::<Account>(Account::key_of(house.camille), |account| {
            account.emails.clear();
            account.login = Some("camille".to_owned());
        })
        .await;
    let mut camille = signs_in(&house, "camille").await;
    camille.opens("/account/contact").await;
    camille.answers(&[("action", "change"), ("email", NEW)]).await;
    house.waits(60);
    let code = code_for(&house, NEW).await;
    camille.answers(&[("action", "confirm"), ("code", &code)]).await;
    let after = account(&house).await;
    let address = AccountEmail { address: NEW.parse().unwrap(), verified_at: Some(house.tools.now()) };
    assert_eq!((after.emails, after.aliases), (vec![address], Vec::new()));
}

#[actix_web::test]
async fn j38_two_right_codes_at_the_same_moment_change_the_address_once() {
    let house = house().await;
    rules(&house, |tenant| tenant.settings.mail_code_tries = 5).await;
    let camille = at_code(&house, NEW).await;
    let code = code_for(&house, NEW).await;
    let (mut one, mut two) = (camille.clone(), camille);
    let typed = [("action", "confirm"), ("code", &*code)];
    futures_util::future::join(one.answers(&typed), two.answers(&typed)).await;
    assert_eq!(events(&house, EventName::EmailChanged).await.len(), 1);
    assert_eq!(account(&house).await.aliases.len(), 1);
}
