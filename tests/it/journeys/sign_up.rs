//! J01, J03: somebody who has no account makes one.

use futures_util::future::join_all;
use parvis::{
    journey::letter,
    model::{
        Account, AuditEvent, Client, Credential, EventName, Journey, MailName, Membership, Message, OrgConsentRule, Proved, Purpose, SignUpPolicy, Tenant,
        TenantKind, UnknownPolicy,
    },
    storage::{Loaded, Paging},
    values::{Email, JourneyId, Locale, OwnClaim, TenantId},
};
use uuid::Uuid;

use super::{PASSWORD, house, rules};
use crate::harness::{House, Walker, authorize, claims_of};

pub(crate) const PERSONAL: TenantId = TenantId(Uuid::from_u128(77));
/// Said by nobody else.
pub(crate) const CHOSEN: &str = "correct cheval batterie agrafe";

/// A house that lets everybody in.
pub(crate) async fn open_house() -> House {
    let house = house().await;
    let like = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap().into_value();
    let personal = Tenant { id: PERSONAL, slug: "personal".to_owned(), kind: TenantKind::Personal, is_default: false, domains: Vec::new(), ..like };
    house.keeps(&personal).await;
    rules(&house, |tenant| {
        tenant.settings.sign_up = SignUpPolicy::Open;
        // What an organisation asks of people from elsewhere has stories of its own.
        tenant.settings.org_consent = OrgConsentRule::Off;
    })
    .await;
    house
}

/// The mails that wait for an address: which, and with what code.
pub(crate) async fn mails_to(house: &House, address: &str) -> Vec<(MailName, Option<String>)> {
    let waiting = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap();
    let mut mails: Vec<Message> = waiting.into_iter().map(Loaded::into_value).collect();
    mails.sort_by_key(|message| message.created_at);
    let mails = mails.iter().filter_map(Message::mail).filter(|mail| mail.to.as_ref().is_some_and(|to| to.norm() == address));
    mails.map(|mail| (mail.content.name(), letter::opened(&house.tools, mail).unwrap().code.map(|code| code.expose().clone()))).collect()
}

/// The newest code that was sent there.
pub(crate) async fn code_for(house: &House, address: &str) -> String {
    mails_to(house, address).await.last().unwrap().1.clone().unwrap()
}

fn other_than(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let first = if digits.starts_with('9') { '0' } else { '9' };
    std::iter::once(first).chain(digits.chars().skip(1)).collect()
}

/// Somebody, sent by the client, wants an account with this address and is asked for the code.
pub(crate) async fn at_code(house: &House, address: &str) -> Walker {
    let mut lea = Walker::new(house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    lea.answers(&[("action", "next"), ("email", address)]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE", "{:?}", lea.shown.errors());
    lea
}

/// They have proved the mailbox.
async fn at_secret(house: &House, address: &str) -> Walker {
    let mut lea = at_code(house, address).await;
    let code = code_for(house, &address.to_lowercase()).await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    lea
}

/// They have chosen a password and stand before the names.
pub(crate) async fn at_profile(house: &House, address: &str) -> Walker {
    let mut lea = at_secret(house, address).await;
    lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(lea.shown.screen(), "S-SIGNUP-PROFILE", "{:?}", lea.shown.errors());
    lea
}

pub(crate) const NAMES: &[(&str, &str)] = &[("action", "create"), ("given_name", "Léa"), ("family_name", "Morvan")];

pub(crate) async fn account_of(house: &House, address: &str) -> Option<Account> {
    let address: Email = address.parse().unwrap();
    house.tools.reads().account_by_email(PERSONAL, &address).await.unwrap().map(Loaded::into_value)
}

#[actix_web::test]
async fn j01_somebody_makes_an_account_and_is_sent_back_with_a_code() {
    let house = open_house().await;
    let client = Client::key_of(house.tenant, &"espace-client".into());
    house.changes::<Client>(client, |client| client.id_token_claims = [OwnClaim::NewUser].into()).await;
    let mut lea = at_profile(&house, "Lea@Courriel.test").await;
    assert_eq!(lea.answers(NAMES).await.screen(), "S-APP-CONSENT");
    lea.answers(&[("action", "accept")]).await;
    let screens = ["S-SIGNIN-ID", "S-SIGNUP-EMAIL", "S-SIGNUP-CODE", "S-SIGNUP-SECRET", "S-SIGNUP-PROFILE", "S-APP-CONSENT"];
    assert_eq!(lea.walked(), screens);
    let account = account_of(&house, "lea@courriel.test").await.unwrap();
    assert_eq!((account.display_name().as_str(), account.locale), ("Léa Morvan", Some(Locale::Fr)));
    assert_eq!((account.emails[0].address.spelt(), account.emails[0].verified_at), ("Lea@Courriel.test", Some(house.tools.now())));
    assert!(house.tools.reads().membership(house.tenant, account.subject()).await.unwrap().is_some(), "a place where they signed up");
    let code = lea.shown.answer()["code"].clone();
    let told = house.redeems(&"espace-client".into(), &code).await.unwrap();
    assert_eq!(claims_of(told.id_token.unwrap().expose())["newUser"], true);
    assert_eq!(mails_to(&house, "lea@courriel.test").await.len(), 1, "the code, and nothing about a browser that is new to nobody");

    let mut again = Walker::new(&house);
    again.opens(&authorize(&[])).await;
    again.signs_in("lea@courriel.test", CHOSEN).await;
    assert!(again.shown.answer().contains_key("code"), "the agreement of the sign-up counts");
}

#[actix_web::test]
async fn g_0a_m_001_an_account_is_made_from_the_portal_without_an_application() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    lea.opens("/account/apps").await;
    assert!(lea.shown.html.contains("data-testid=\"signup\""));
    lea.answers(&[("action", "signup")]).await;
    lea.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    let code = code_for(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    lea.answers(NAMES).await;
    assert_eq!((lea.shown.status, lea.shown.screen()), (200, "S-ME-APPS"));
    assert!(lea.shown.left_to.is_none());
}

#[actix_web::test]
async fn m_002_m_003_any_mailbox_is_as_good_as_any_other() {
    let house = open_house().await;
    let mut walks = Vec::new();
    for address in ["lea@gmail.test", "lea@courriel.test", "lea@aubepine.test"] {
        let mut lea = at_profile(&house, address).await;
        lea.answers(NAMES).await;
        walks.push(lea.walked());
    }
    assert!(walks.windows(2).all(|pair| pair[0] == pair[1]), "{walks:?}");
}

#[actix_web::test]
async fn m_005_the_page_says_that_no_mailbox_is_made() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    assert!(lea.shown.html.contains("aucune boîte n’est créée"));
    assert!(lea.shown.html.contains("autocomplete=\"username\""));
}

#[actix_web::test]
async fn m_007_m_042_a_password_is_judged_by_length_and_by_what_others_know_of_it() {
    let house = open_house().await;
    let mut lea = at_secret(&house, "lea.morvan@courriel.test").await;
    assert!(lea.shown.html.contains("autocomplete=\"new-password\""));
    for (tried, wrong) in [
        ("", "E-REQ"),
        ("court", "E-PW-SHORT"),
        ("password12345", "E-PW-KNOWN"),
        ("123456789012", "E-PW-KNOWN"),
        ("aaaaaaaaaaaaaa", "E-PW-KNOWN"),
        ("Lea.Morvan se promène", "E-PW-SELF"),
    ] {
        lea.answers(&[("action", "next"), ("new_password", tried)]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec![wrong]), "{tried}");
    }
    assert_eq!(lea.answers(&[("action", "next"), ("new_password", CHOSEN)]).await.screen(), "S-SIGNUP-PROFILE");
}

#[actix_web::test]
async fn m_009_a_code_has_as_many_digits_as_the_setting_says() {
    let house = open_house().await;
    at_code(&house, "lea@courriel.test").await;
    assert_eq!(code_for(&house, "lea@courriel.test").await.chars().filter(char::is_ascii_digit).count(), 6);
    rules(&house, |tenant| (tenant.settings.mail_code_digits, tenant.settings.mail_code_tries) = (4, 3)).await;
    let mut lea = at_code(&house, "lea@gmail.test").await;
    let code = code_for(&house, "lea@gmail.test").await;
    assert_eq!(code.len(), 4);
    for left in ["E-CODE", "E-CODE", "E-CODE-MAX"] {
        assert_eq!(lea.answers(&[("action", "next"), ("code", &other_than(&code))]).await.errors(), [left]);
    }
}

#[actix_web::test]
async fn m_012_before_the_end_nothing_is_known_of_an_account_and_after_a_day_nothing_at_all() {
    let house = open_house().await;
    let lea = at_profile(&house, "lea@courriel.test").await;
    assert!(account_of(&house, "lea@courriel.test").await.is_none());
    let id = lea.shown.path.split('/').nth(2).unwrap().to_owned();
    let journey = house.tools.store.load::<Journey>(&Journey::key_of(&JourneyId::from(id.as_str())), house.tools.now()).await.unwrap().unwrap();
    let text = serde_json::to_string(&*journey).unwrap();
    assert!(!text.contains("$argon2"), "the hash is sealed");
    let digits: String = code_for(&house, "lea@courriel.test").await.chars().filter(char::is_ascii_digit).collect();
    assert!(!text.contains(&digits), "the code is not kept");
    house.waits(Journey::LIFETIME + 1);
    let mut late = lea;
    late.answers(NAMES).await;
    assert_eq!(late.shown.errors(), ["E-TXN"]);
    assert!(account_of(&house, "lea@courriel.test").await.is_none());
}

#[actix_web::test]
async fn m_051_m_107_a_code_may_be_pasted_with_spaces_and_words_around_it() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    assert!(lea.shown.html.contains("autocomplete=\"one-time-code\"") && lea.shown.html.contains("inputmode=\"numeric\""));
    let code = code_for(&house, "lea@courriel.test").await;
    assert_eq!(code.chars().nth(3), Some(' '));
    assert_eq!(lea.answers(&[("action", "next"), ("code", &format!(" code : {code}. "))]).await.screen(), "S-SIGNUP-SECRET");
}

#[actix_web::test]
async fn j03_a_code_is_wrong_five_times_and_then_dead_even_if_right() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let code = code_for(&house, "lea@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", "12345")]).await.errors(), ["E-CODE-FMT"], "not counted");
    for left in 1..=4 {
        lea.answers(&[("action", "next"), ("code", &other_than(&code))]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-CODE"]));
        assert!(lea.shown.html.contains(&format!("{} essai", 5 - left)), "{left}");
    }
    for typed in [other_than(&code), code] {
        lea.answers(&[("action", "next"), ("code", &typed)]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (429, vec!["E-CODE-MAX"]));
        assert_eq!(lea.shown.retry_after.as_deref(), Some("60"));
    }
    house.waits(60);
    lea.answers(&[("action", "resend")]).await;
    let newer = code_for(&house, "lea@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", &newer)]).await.screen(), "S-SIGNUP-SECRET");
}

#[actix_web::test]
async fn j03_sixty_four_guesses_at_once_get_five_answers() {
    let house = open_house().await;
    let lea = at_code(&house, "lea@courriel.test").await;
    let wrong = other_than(&code_for(&house, "lea@courriel.test").await);
    let judged = join_all((0..64).map(|_| {
        let (mut thief, wrong) = (lea.clone(), wrong.clone());
        async move {
            thief.answers(&[("action", "next"), ("code", &wrong)]).await;
            (thief.shown.errors() == ["E-CODE"], thief.shown.errors() == ["E-CODE-MAX"])
        }
    }));
    let judged = judged.await;
    assert_eq!(judged.iter().filter(|(wrong, _)| *wrong).count(), 4);
    assert_eq!(judged.iter().filter(|(_, dead)| *dead).count(), 60);
}

#[actix_web::test]
async fn j03_a_code_ends_after_a_quarter_of_an_hour_and_by_a_newer_one() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let first = code_for(&house, "lea@courriel.test").await;
    house.waits(60);
    assert_eq!(lea.answers(&[("action", "resend")]).await.screen(), "S-SIGNUP-CODE");
    let second = code_for(&house, "lea@courriel.test").await;
    assert_ne!(first, second);
    lea.answers(&[("action", "next"), ("code", &first)]).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (410, vec!["E-CODE-EXP"]));
    house.waits(900);
    lea.answers(&[("action", "next"), ("code", &second)]).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (410, vec!["E-CODE-EXP"]));
}

#[actix_web::test]
async fn m_010_sign_ups_that_are_begun_again_and_again_send_no_more_than_resends_would() {
    const LEA: &str = "lea@courriel.test";
    let house = open_house().await;
    for turn in 0..40 {
        let mut lea = Walker::new(&house);
        // From one network and from many.
        let address: &'static str = if turn % 2 == 0 { "192.0.2.7:4000" } else { ["198.51.100.9:1", "203.0.113.9:1", "198.18.0.9:1"][turn % 3] };
        lea.address = address;
        lea.opens(&authorize(&[])).await;
        lea.answers(&[("action", "signup")]).await;
        lea.answers(&[("action", "next"), ("email", LEA)]).await;
        let came = (lea.shown.screen(), lea.shown.status, lea.shown.errors());
        let is_sent = turn % 4 == 0 && turn <= 16;
        assert_eq!(came, if is_sent { ("S-SIGNUP-CODE", 200, vec![]) } else { ("S-SIGNUP-EMAIL", 429, vec!["E-RESEND"]) }, "{turn}");
        assert!(is_sent || lea.shown.retry_after.is_some());
        house.waits(15);
    }
    assert_eq!(mails_to(&house, LEA).await.len(), 5, "five in an hour, as by «Renvoyer»");
    house.waits(3600);
    let mut lea = at_code(&house, LEA).await;
    let code = code_for(&house, LEA).await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNUP-SECRET", "who waited goes on");
}

#[actix_web::test]
async fn j03_a_new_code_waits_a_minute_and_there_are_five_in_an_hour_whichever_journey_asks() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "resend")]).await;
    assert_eq!((lea.shown.status, lea.shown.errors(), lea.shown.retry_after.as_deref()), (429, vec!["E-RESEND"], Some("60")));
    let mut other = Walker::new(&house);
    other.opens(&authorize(&[])).await;
    other.answers(&[("action", "signup")]).await;
    other.answers(&[("action", "next"), ("email", "LEA@courriel.test")]).await;
    assert_eq!((other.shown.status, other.shown.errors()), (429, vec!["E-RESEND"]));
    for _ in 0..4 {
        house.waits(60);
        assert!(lea.answers(&[("action", "resend")]).await.errors().is_empty());
    }
    house.waits(60);
    assert_eq!(lea.answers(&[("action", "resend")]).await.errors(), ["E-RESEND"]);
    assert_eq!(mails_to(&house, "lea@courriel.test").await.len(), 5);
    house.waits(3600);
    assert!(lea.answers(&[("action", "resend")]).await.errors().is_empty());
}

#[actix_web::test]
async fn j03_a_code_counts_only_in_its_journey_and_for_its_address() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let mut thief = at_code(&house, "voleur@courriel.test").await;
    let of_lea = code_for(&house, "lea@courriel.test").await;
    let of_thief = code_for(&house, "voleur@courriel.test").await;
    assert_eq!(thief.answers(&[("action", "next"), ("code", &of_lea)]).await.errors(), ["E-CODE"]);
    // The thief's mailbox is proved, and then they say that they are Léa.
    thief.answers(&[("action", "next"), ("code", &of_thief)]).await;
    assert_eq!(thief.shown.screen(), "S-SIGNUP-SECRET");
    thief.answers(&[("action", "other_account")]).await;
    thief.answers(&[("action", "signup")]).await;
    house.waits(60);
    thief.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    assert_eq!(thief.shown.screen(), "S-SIGNUP-CODE", "what was proved of one address is nothing for another");
    assert_eq!(thief.answers(&[("action", "next"), ("code", &of_thief)]).await.errors(), ["E-CODE"]);
    assert_eq!(lea.answers(&[("action", "next"), ("code", &of_lea)]).await.screen(), "S-SIGNUP-SECRET");
    assert_eq!(lea.answers(&[("action", "change_address")]).await.screen(), "S-SIGNUP-SECRET", "not a button of this page");
}

#[actix_web::test]
async fn j03_the_address_can_be_changed_before_it_is_proved() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lae@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "change_address")]).await.screen(), "S-SIGNUP-EMAIL");
    lea.answers(&[("action", "next"), ("email", "lea@courriel.test")]).await;
    assert!(lea.shown.html.contains("lea@courriel.test"));
    let before = code_for(&house, "lae@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", &before)]).await.errors(), ["E-CODE"]);
    let code = code_for(&house, "lea@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNUP-SECRET");
}

#[actix_web::test]
async fn ru_02_who_has_an_account_is_told_so_after_the_mailbox_and_signs_in() {
    let house = open_house().await;
    let mut camille = at_code(&house, "camille@courriel.test").await;
    let code = code_for(&house, "camille@courriel.test").await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (409, "S-SIGNUP-EXISTS", vec!["E-EXISTS"]));
    for screen in ["signup/secret", "signup/profile"] {
        let journey = camille.shown.path.split('/').nth(2).unwrap().to_owned();
        assert_eq!(camille.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-SIGNUP-EXISTS");
    }
    let path = camille.shown.path.clone();
    let csrf = camille.shown.hidden("csrf").unwrap();
    camille.posts(&path, &[("action".to_owned(), "signin".to_owned()), ("csrf".to_owned(), csrf)]).await;
    assert_eq!(camille.shown.screen(), "S-SIGNIN-PW", "the mailbox is not the password");
    assert_eq!(camille.answers(&[("action", "next"), ("password", PASSWORD)]).await.screen(), "S-APP-CONSENT");
}

#[actix_web::test]
async fn ru_02_an_account_made_elsewhere_gets_a_place_here_when_its_mailbox_is_proved() {
    let house = open_house().await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    let subject = account_of(&house, "lea@courriel.test").await.unwrap().subject();
    let place = house.tools.store.load::<Membership>(&Membership::key_of(house.tenant, subject), house.tools.now()).await.unwrap().unwrap();
    let mut batch = parvis::storage::Batch::new(house.tools.now());
    batch.delete(&place);
    house.tools.store.commit(batch).await.unwrap();

    let mut again = Walker::new(&house);
    again.opens(&authorize(&[])).await;
    again.signs_in("lea@courriel.test", CHOSEN).await;
    assert_eq!(again.shown.errors(), ["E-NOT-ASSIGNED"]);
    house.waits(60);
    let mut again = at_code(&house, "lea@courriel.test").await;
    let code = code_for(&house, "lea@courriel.test").await;
    again.answers(&[("action", "next"), ("code", &code)]).await;
    let csrf = again.shown.hidden("csrf").unwrap();
    let path = again.shown.path.clone();
    again.posts(&path, &[("action".to_owned(), "signin".to_owned()), ("csrf".to_owned(), csrf)]).await;
    again.answers(&[("action", "next"), ("password", CHOSEN)]).await;
    assert!(again.shown.answer().contains_key("code"), "{:?}", again.shown.errors());
    assert!(house.tools.reads().membership(house.tenant, subject).await.unwrap().is_some());
}

#[actix_web::test]
async fn m_125_two_sign_ups_of_one_address_at_once_make_one_account() {
    let house = open_house().await;
    let first = at_profile(&house, "lea@courriel.test").await;
    house.waits(60);
    let second = at_profile(&house, "lea@courriel.test").await;
    let ends = join_all([first, second].map(|mut lea| async move {
        lea.answers(NAMES).await;
        if lea.shown.screen() == "S-APP-CONSENT" {
            lea.answers(&[("action", "accept")]).await;
        }
        lea.shown
    }));
    let ends = ends.await;
    assert_eq!(ends.iter().filter(|shown| shown.left_to.is_some()).count(), 1);
    assert_eq!(ends.iter().filter(|shown| shown.screen() == "S-SIGNUP-EXISTS").count(), 1);
    let people = house.tools.reads().accounts(PERSONAL, Paging::first(10)).await.unwrap();
    assert_eq!(people.len(), 1);
    let password = house.tools.store.load::<Credential>(&Credential::key_of(people[0].subject(), Credential::PASSWORD), house.tools.now()).await.unwrap();
    assert!(password.is_some());
}

#[actix_web::test]
async fn m_040_j55_a_half_done_sign_up_goes_on_for_a_day_from_the_application_and_from_the_portal() {
    let house = open_house().await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    house.waits(20 * 3600);
    assert_eq!(lea.opens(&authorize(&[("state", "another")])).await.screen(), "S-SIGNUP-PROFILE");
    assert_eq!(lea.opens("/account/apps").await.screen(), "S-SIGNUP-PROFILE");
    assert_eq!(lea.opens(&authorize(&[("state", "another")])).await.screen(), "S-SIGNUP-PROFILE");
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    assert_eq!(lea.shown.answer()["state"], "another");
    // What was set up once is not set up again: the next sign-in asks who it is and a proof, and the one after, in the same browser, nothing.
    let mut elsewhere = Walker::new(&house);
    elsewhere.opens(&authorize(&[])).await;
    elsewhere.signs_in("lea@courriel.test", CHOSEN).await;
    assert_eq!((elsewhere.walked(), elsewhere.shown.answer().contains_key("code")), (vec!["S-SIGNIN-ID".to_owned(), "S-SIGNIN-PW".to_owned()], true));
    elsewhere.opens(&authorize(&[])).await;
    assert_eq!((elsewhere.walked().len(), elsewhere.shown.answer().contains_key("code")), (0, true));
    let mut late = at_profile(&house, "late@courriel.test").await;
    house.waits(20 * 3600);
    late.opens(&authorize(&[])).await;
    house.waits(5 * 3600);
    assert_eq!(late.opens(&authorize(&[])).await.screen(), "S-SIGNIN-ID", "what was proved is no younger for being carried along");
    let mut other = Walker::new(&house);
    assert_eq!(other.opens(&authorize(&[])).await.screen(), "S-SIGNIN-ID", "another browser knows nothing of it");
}

#[actix_web::test]
async fn a_step_cannot_be_skipped_by_its_address() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let journey = lea.shown.path.split('/').nth(2).unwrap().to_owned();
    for screen in ["signup/secret", "signup/profile", "signup/exists", "consent", "signup"] {
        assert_eq!(lea.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-SIGNUP-CODE", "{screen}");
        let csrf = lea.shown.hidden("csrf").unwrap();
        let fields = [("action", "next"), ("new_password", CHOSEN), ("csrf", csrf.as_str())].map(|(name, value)| (name.to_owned(), value.to_owned()));
        lea.posts(&format!("/ui/{journey}/{screen}"), &fields).await;
        assert_eq!(lea.shown.screen(), "S-SIGNUP-CODE", "{screen}");
    }
}

#[actix_web::test]
async fn e_email_typo_is_said_once() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    assert_eq!(lea.answers(&[("action", "next"), ("email", "lea@courriel")]).await.errors(), ["E-EMAIL"]);
    lea.answers(&[("action", "next"), ("email", "lea@gmial.com")]).await;
    assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-EMAIL-TYPO"]));
    assert!(lea.shown.html.contains("lea@gmail.com"));
    let confirmed = lea.shown.hidden("confirmed").unwrap();
    assert_eq!(lea.answers(&[("action", "next"), ("email", "lea@gmial.com"), ("confirmed", &confirmed)]).await.screen(), "S-SIGNUP-CODE");
}

#[actix_web::test]
async fn a_tenant_says_who_may_make_an_account() {
    let house = open_house().await;
    for (policy, offered, own, others) in
        [(SignUpPolicy::Closed, false, false, false), (SignUpPolicy::Domains, true, true, false), (SignUpPolicy::Open, true, true, true)]
    {
        rules(&house, |tenant| tenant.settings.sign_up = policy).await;
        house.waits(60);
        let mut lea = Walker::new(&house);
        lea.opens(&authorize(&[])).await;
        assert_eq!(lea.shown.html.contains("data-testid=\"signup\""), offered, "{policy:?}");
        if !offered {
            lea.answers(&[("action", "signup")]).await;
            assert_eq!((lea.shown.status, lea.shown.errors()), (403, vec!["E-INVITE-ONLY"]));
            continue;
        }
        for (address, open) in [("lea@aubepine.test", own), ("lea@courriel.test", others)] {
            let mut lea = Walker::new(&house);
            lea.opens(&authorize(&[])).await;
            lea.answers(&[("action", "signup")]).await;
            lea.answers(&[("action", "next"), ("email", address)]).await;
            let expected = if open { (200, "S-SIGNUP-CODE", vec![]) } else { (403, "S-SIGNUP-EMAIL", vec!["E-INVITE-ONLY"]) };
            assert_eq!((lea.shown.status, lea.shown.screen(), lea.shown.errors()), expected, "{policy:?} {address}");
        }
    }
    let mut lea = at_code(&house, "tard@courriel.test").await;
    let code = code_for(&house, "tard@courriel.test").await;
    rules(&house, |tenant| tenant.settings.sign_up = SignUpPolicy::Closed).await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!((lea.shown.status, lea.shown.screen(), lea.shown.errors()), (403, "S-BLOCKED", vec!["E-INVITE-ONLY"]));
}

#[actix_web::test]
async fn a_client_that_wants_an_account_made_gets_the_page_for_it_where_that_is_allowed() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    assert_eq!(lea.opens(&authorize(&[("prompt", "create"), ("login_hint", "lea@courriel.test")])).await.screen(), "S-SIGNUP-EMAIL");
    assert!(lea.shown.html.contains("value=\"lea@courriel.test\""));
    let mut camille = Walker::sent_back(&house, &[]).await;
    let hint = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap().id_token.unwrap();
    assert_eq!(camille.opens(&authorize(&[("prompt", "create")])).await.screen(), "S-SIGNUP-EMAIL", "whoever is signed in");
    let mut meant = Walker::new(&house);
    meant.opens(&authorize(&[("id_token_hint", hint.expose())])).await;
    assert!(!meant.shown.html.contains("data-testid=\"signup\""), "a client that means somebody gets nobody new");
    rules(&house, |tenant| tenant.settings.sign_up = SignUpPolicy::Closed).await;
    let mut closed = Walker::new(&house);
    assert_eq!(closed.opens(&authorize(&[("prompt", "create")])).await.screen(), "S-SIGNIN-ID");
}

#[actix_web::test]
async fn the_audit_trail_names_the_account_only_when_there_is_one() {
    let house = open_house().await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    let before = events(&house).await;
    assert!(before.contains(&EventName::EmailVerificationSent) && !before.contains(&EventName::EmailVerified));
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    let after = events(&house).await;
    for name in [EventName::EmailVerified, EventName::AccountCreated, EventName::PasswordSet, EventName::SigninSucceeded, EventName::SessionCreated] {
        assert_eq!(after.iter().filter(|known| **known == name).count(), 1, "{name:?}");
    }
}

/// What the audit trail tells of.
async fn events(house: &House) -> Vec<EventName> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap();
    records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap().event).collect()
}

#[actix_web::test]
async fn what_was_chosen_is_forgotten_when_the_journey_is_over() {
    let house = open_house().await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    let id = lea.shown.path.split('/').nth(2).unwrap().to_owned();
    lea.answers(NAMES).await;
    lea.answers(&[("action", "accept")]).await;
    let journey = house.tools.store.load::<Journey>(&Journey::key_of(&JourneyId::from(id.as_str())), house.tools.now()).await.unwrap().unwrap();
    assert!(journey.finished && journey.purpose == Purpose::SignUp);
    assert!(!journey.evidence.iter().any(|e| matches!(e.what, Proved::PasswordChosen(_) | Proved::CodeMailed { .. })));
}

#[actix_web::test]
async fn m_104_an_unknown_address_is_hidden_or_told_as_the_organisation_wants() {
    let house = open_house().await;
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    assert_eq!(lea.answers(&[("action", "next"), ("identifier", "lea@courriel.test")]).await.screen(), "S-SIGNIN-PW", "nobody learns who has an account");

    rules(&house, |tenant| tenant.settings.unknown_address = UnknownPolicy::Tell).await;
    for known in ["camille@courriel.test", "no-address"] {
        let mut camille = Walker::new(&house);
        camille.opens(&authorize(&[])).await;
        assert_eq!(camille.answers(&[("action", "next"), ("identifier", known)]).await.screen(), "S-SIGNIN-PW", "{known}");
    }
    let mut lea = Walker::new(&house);
    lea.opens(&authorize(&[])).await;
    assert_eq!(lea.answers(&[("action", "next"), ("identifier", "lae@courriel.test")]).await.screen(), "S-SIGNIN-UNKNOWN");
    assert_eq!(lea.answers(&[("action", "correct")]).await.screen(), "S-SIGNIN-ID");
    assert!(lea.shown.html.contains("lae@courriel.test"), "what was typed stays, to be corrected");
    assert_eq!(lea.answers(&[("action", "next"), ("identifier", "lea@courriel.test")]).await.screen(), "S-SIGNIN-UNKNOWN");
    assert_eq!(lea.answers(&[("action", "signup")]).await.screen(), "S-SIGNUP-CODE", "the address is not asked twice");
    let code = code_for(&house, "lea@courriel.test").await;
    assert_eq!(lea.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNUP-SECRET");

    rules(&house, |tenant| tenant.settings.sign_up = SignUpPolicy::Closed).await;
    let mut max = Walker::new(&house);
    max.opens(&authorize(&[])).await;
    max.answers(&[("action", "next"), ("identifier", "max@courriel.test")]).await;
    assert_eq!((max.shown.screen(), max.shown.errors()), ("S-SIGNIN-UNKNOWN", vec!["E-INVITE-ONLY"]));
    assert_eq!(max.answers(&[("action", "signup")]).await.errors(), ["E-INVITE-ONLY"]);
    assert_eq!(mails_to(&house, "max@courriel.test").await, []);
}
