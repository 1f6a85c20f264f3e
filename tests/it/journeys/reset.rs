//! J29: a password was forgotten.

use std::sync::Arc;

use futures_util::future::join_all;
use parvis::{
    journey::letter,
    model::{Account, AccountState, AuditEvent, Client, Credential, EventName, Grant, MailName, Message, MessageKind, Session},
    storage::{Batch, Loaded, Paging, counted},
    values::Secret,
};

use super::{PASSWORD, house, newcomer, rules, sign_up::open_house};
use crate::harness::{House, Walker, authorize};

/// Said by nobody else.
pub(crate) const CHOSEN: &str = "correct cheval batterie agrafe";
const CAMILLE: &str = "camille@courriel.test";

/// A mail that waits.
pub(crate) struct Letter {
    pub(crate) name: MailName,
    pub(crate) code: Option<String>,
    pub(crate) link: Option<String>,
}

/// The mails that wait for an address, oldest first.
pub(crate) async fn letters_to(house: &House, address: &str) -> Vec<Letter> {
    let waiting = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap();
    let mut mails: Vec<Message> = waiting.into_iter().map(Loaded::into_value).collect();
    mails.sort_by_key(|message| message.created_at);
    let mails = mails.iter().filter_map(Message::mail).filter(|mail| mail.to.as_ref().is_some_and(|to| to.norm() == address));
    let text = |secret: Option<Secret<String>>| secret.map(|secret| secret.expose().clone());
    mails
        .map(|mail| {
            let enclosed = letter::opened(&house.tools, mail).unwrap();
            Letter { name: mail.content.name(), code: text(enclosed.code), link: text(enclosed.link) }
        })
        .collect()
}

/// The newest mail of a kind to an address.
pub(crate) async fn last(house: &House, address: &str, name: MailName) -> Letter {
    letters_to(house, address).await.into_iter().rfind(|letter| letter.name == name).expect("no such mail")
}

/// The newest code for a new password.
pub(crate) async fn code_for(house: &House, address: &str) -> String {
    last(house, address, MailName::ResetCode).await.code.expect("a mail without a code")
}

/// A path of ours, out of a mail.
pub(crate) fn path(link: &str) -> String {
    link.strip_prefix("https://id.aubepine.test").unwrap().to_owned()
}

pub(crate) fn other_than(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let first = if digits.starts_with('9') { '0' } else { '9' };
    std::iter::once(first).chain(digits.chars().skip(1)).collect()
}

/// Somebody, sent by the client, has forgotten the password of this and is asked for the code.
pub(crate) async fn at_code(house: &House, identifier: &str) -> Walker {
    let mut walker = Walker::at_password(house, identifier).await;
    assert_eq!(walker.answers(&[("action", "forgot")]).await.screen(), "S-RESET");
    walker.answers(&[("action", "send"), ("identifier", identifier)]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-RESET-CODE"), "{:?}", walker.shown.errors());
    walker
}

/// Camille has typed the code.
pub(super) async fn at_new(house: &House) -> Walker {
    let mut camille = at_code(house, CAMILLE).await;
    let code = code_for(house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW");
    camille
}

pub(crate) const SAVE: &[(&str, &str)] = &[("action", "save"), ("new_password", CHOSEN), ("signout_all", "yes")];

pub(crate) async fn events(house: &House, name: EventName) -> Vec<AuditEvent> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap();
    let events = records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap());
    events.filter(|event| event.event == name).collect()
}

/// Does this password let Camille in, in a new browser?
pub(crate) async fn opens_with(house: &House, password: &str) -> bool {
    let mut camille = Walker::at_password(house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("password", password)]).await;
    camille.shown.errors().is_empty()
}

fn journey_of(walker: &Walker) -> String {
    walker.shown.path.split('/').nth(2).unwrap().to_owned()
}

#[actix_web::test]
async fn j29_a_forgotten_password_is_replaced_and_the_sign_in_goes_on_to_the_application() {
    let house = house().await;
    let mut camille = at_new(&house).await;
    assert!(
        camille.shown.html.contains("autocomplete=\"new-password\"")
            && camille.shown.html.contains("name=\"signout_all\" value=\"yes\" data-testid=\"signout_all\" checked")
    );
    assert_eq!(camille.answers(SAVE).await.screen(), "S-RESET-DONE");
    assert_eq!(camille.answers(&[("action", "continue")]).await.screen(), "S-APP-CONSENT");
    camille.answers(&[("action", "accept")]).await;
    let screens = ["S-SIGNIN-ID", "S-SIGNIN-PW", "S-RESET", "S-RESET-CODE", "S-RESET-NEW", "S-RESET-DONE", "S-APP-CONSENT"];
    assert_eq!(camille.walked(), screens);
    let tokens = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    let claims = tokens.id_token.unwrap().expose().split('.').nth(1).map(str::to_owned).unwrap();
    let claims = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, claims).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["amr"], serde_json::json!(["otp"]), "the mailbox is what was proved");
    assert!(opens_with(&house, CHOSEN).await && !opens_with(&house, PASSWORD).await);
    let asked = events(&house, EventName::PasswordResetRequested).await;
    let done = events(&house, EventName::PasswordReset).await;
    for event in [&asked[0], &done[0]] {
        assert_eq!(event.subject.as_ref().unwrap().id, house.camille.id.to_string());
    }
    assert_eq!((asked.len(), done.len()), (1, 1));
    assert_eq!(last(&house, CAMILLE, MailName::PasswordChanged).await.link.map(|link| link.contains("/undo/")), Some(true));
}

#[actix_web::test]
async fn j29_it_begins_in_the_portal_too_and_ends_there() {
    let house = house().await;
    let mut camille = Walker::new(&house);
    assert_eq!(camille.opens("/account/reset").await.screen(), "S-RESET");
    camille.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    let code = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    camille.answers(SAVE).await;
    assert_eq!(camille.answers(&[("action", "continue")]).await.screen(), "S-ME-HOME");
    assert_eq!(camille.walked(), ["S-RESET", "S-RESET-CODE", "S-RESET-NEW", "S-RESET-DONE", "S-ME-HOME"]);
}

#[actix_web::test]
async fn j29_it_begins_where_a_sign_up_finds_an_account() {
    let house = open_house().await;
    let mut camille = super::sign_up::at_code(&house, CAMILLE).await;
    let code = super::sign_up::code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!(camille.shown.screen(), "S-SIGNUP-EXISTS");
    assert_eq!(camille.answers(&[("action", "forgot")]).await.screen(), "S-RESET");
    assert!(camille.shown.html.contains(&format!("value=\"{CAMILLE}\"")));
    for screen in ["reset/new", "reset/done"] {
        let journey = journey_of(&camille);
        assert_eq!(camille.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-RESET", "the code of a sign-up allows no new password");
    }
    house.waits(60);
    camille.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.errors(), ["E-CODE"]);
    let code = code_for(&house, CAMILLE).await;
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW");
}

#[actix_web::test]
async fn j29_a_new_password_is_judged_and_is_not_the_old_one() {
    let house = house().await;
    let mut camille = at_new(&house).await;
    for (tried, wrong) in
        [("", "E-REQ"), ("court", "E-PW-SHORT"), ("password12345", "E-PW-KNOWN"), ("Camille se promène loin", "E-PW-SELF"), (PASSWORD, "E-PW-SAME")]
    {
        camille.answers(&[("action", "save"), ("new_password", tried)]).await;
        assert_eq!((camille.shown.status, camille.shown.errors()), (422, vec![wrong]), "{tried}");
        assert!(!camille.shown.html.contains(" checked"), "the box stays as it was");
    }
    assert!(opens_with(&house, PASSWORD).await);
    assert_eq!(letters_to(&house, CAMILLE).await.iter().filter(|letter| letter.name == MailName::PasswordChanged).count(), 0);
}

/// Camille in another browser, with a refresh token of the client, which is told when sessions end.
async fn elsewhere(house: &House, scope: &str) -> Walker {
    house
        .changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| {
            client.backchannel_logout_uri = Some("https://espace.example/deconnexion".to_owned());
        })
        .await;
    let mut camille = Walker::sent_back(house, &[("scope", scope)]).await;
    house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap();
    camille.opens("/account").await;
    assert_eq!(camille.shown.screen(), "S-ME-HOME");
    camille
}

async fn live_sessions(house: &House) -> usize {
    let sessions: Vec<Loaded<Session>> = house.tools.reads().sessions(house.camille, Paging::first(100)).await.unwrap();
    sessions.iter().filter(|session| session.is_live_at(house.tools.now()) && !session.proofs.is_empty()).count()
}

async fn live_grants(house: &House) -> usize {
    let issuer = house.root();
    let grants: Vec<Loaded<Grant>> = house.tools.reads().grants_of_consent(issuer, house.camille, &"espace-client".into(), Paging::first(100)).await.unwrap();
    grants.iter().filter(|grant| grant.is_live_at(house.tools.now())).count()
}

#[actix_web::test]
async fn j29_other_sessions_and_what_lives_by_them_end_where_the_box_is_ticked() {
    for (ticked, sessions, grants) in [(true, 0, 0), (false, 1, 1)] {
        let house = house().await;
        let mut other = elsewhere(&house, "openid offline_access").await;
        assert_eq!((live_sessions(&house).await, live_grants(&house).await), (1, 1));
        let mut camille = at_new(&house).await;
        camille.answers(if ticked { SAVE } else { &SAVE[..2] }).await;
        assert_eq!(camille.shown.screen(), "S-RESET-DONE");
        assert_eq!((live_sessions(&house).await, live_grants(&house).await), (sessions, grants), "{ticked}");
        assert_eq!(other.opens("/account").await.screen() == "S-ME-HOME", !ticked);
        let waiting = house.tools.reads().queued_messages(Paging::first(100)).await.unwrap();
        let told = waiting.iter().filter(|message| matches!(message.kind, MessageKind::BackchannelLogout { .. })).count();
        assert_eq!(told, usize::from(ticked));
        assert_eq!(events(&house, EventName::SessionRevoked).await.iter().filter(|event| event.journey.is_some()).count() > 0, ticked);
        camille.answers(&[("action", "continue")]).await;
        camille.answers(&[("action", "accept")]).await;
        camille.opens("/account").await;
        assert_eq!(camille.shown.screen(), "S-ME-HOME", "the browser in which it was done is signed in");
    }
}

/// What a stranger can see, up to where the mailbox has to be theirs: each page without what changes each time, and the work it took.
async fn seen(house: &House, identifier: &str) -> Vec<(u16, String, Option<String>, Vec<String>)> {
    let mut house = house.clone();
    let (store, work) = counted(Arc::clone(&house.tools.store));
    house.tools.store = store;
    let mut stranger = Walker::at_password(&house, identifier).await;
    drop(work.since());
    let mut all = Vec::new();
    let wrong = [("action", "next"), ("code", "000000")];
    let steps: [&[(&str, &str)]; 10] = [
        &[("action", "forgot")],
        &[("action", "send"), ("identifier", identifier)],
        &wrong,
        &[("action", "resend")],
        &wrong,
        &wrong,
        &wrong,
        &wrong,
        &wrong,
        &[("action", "another")],
    ];
    for step in steps {
        stranger.answers(step).await;
        let shown = &stranger.shown;
        let html = shown.html.replace(identifier, "X").replace(&journey_of(&stranger), "J").replace(&shown.hidden("csrf").unwrap_or_default(), "C");
        all.push((shown.status, html, shown.retry_after.clone(), work.since()));
    }
    all
}

#[actix_web::test]
async fn known_unknown_archived_and_passwordless_are_the_same_in_text_status_headers_and_work() {
    let house = open_house().await;
    let archived = newcomer(&house, 40, "archive@courriel.test").await;
    house.changes::<Account>(Account::key_of(archived), |account| account.state = AccountState::Archived).await;
    let bare = newcomer(&house, 41, "sans@courriel.test").await;
    let password = house.tools.reads().password(bare).await.unwrap().unwrap();
    let mut batch = Batch::new(house.tools.now());
    batch.delete(&password);
    house.tools.store.commit(batch).await.unwrap();
    let known = seen(&house, CAMILLE).await;
    assert!(known[1].3.iter().any(|work| work.contains("put Message") && work.contains("put CodeLink")), "{:?}", known[1].3);
    for address in ["personne@courriel.test", "archive@courriel.test", "sans@courriel.test"] {
        let other = seen(&house, address).await;
        for (step, (known, other)) in known.iter().zip(&other).enumerate() {
            assert_eq!(known, other, "{address}, step {step}");
        }
    }
    let codes =
        |letters: Vec<Letter>| letters.into_iter().filter(|letter| letter.name == MailName::ResetCode).map(|letter| letter.code.is_some()).collect::<Vec<_>>();
    assert_eq!(codes(letters_to(&house, CAMILLE).await), [true]);
    assert_eq!(codes(letters_to(&house, "sans@courriel.test").await), [true], "who has no password may choose one");
    assert_eq!(codes(letters_to(&house, "archive@courriel.test").await), [false], "a word on whom to ask, and no code");
    assert!(letters_to(&house, "personne@courriel.test").await.is_empty());
}

#[actix_web::test]
async fn nobody_guesses_a_code_that_nobody_got() {
    let house = house().await;
    rules(&house, |tenant| (tenant.settings.mail_code_digits, tenant.settings.mail_code_tries) = (4, 20_000)).await;
    rules(&house, |tenant| tenant.settings.throttle_network_failures = 1_000_000).await;
    let thief = at_code(&house, "personne@courriel.test").await;
    let mut tried = thief;
    for code in (0..10_000).step_by(97) {
        tried.answers(&[("action", "next"), ("code", &format!("{code:04}"))]).await;
        assert_eq!(tried.shown.errors(), ["E-CODE"]);
    }
}

#[actix_web::test]
async fn a_step_of_a_reset_cannot_be_skipped_by_its_address() {
    let house = house().await;
    let mut thief = at_code(&house, CAMILLE).await;
    let journey = journey_of(&thief);
    for screen in ["reset/new", "reset/done", "password", "consent", "signin", "signin/password", "signin/code", "reset"] {
        assert_eq!(thief.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-RESET-CODE", "{screen}");
        let csrf = thief.shown.hidden("csrf").unwrap();
        for action in ["save", "continue", "next", ""] {
            let fields = [("action", action), ("new_password", CHOSEN), ("password", CHOSEN), ("csrf", csrf.as_str())];
            thief.posts(&format!("/ui/{journey}/{screen}"), &fields.map(|(name, value)| (name.to_owned(), value.to_owned()))).await;
            assert_eq!(thief.shown.screen(), "S-RESET-CODE", "{screen} {action}");
        }
    }
    assert!(opens_with(&house, PASSWORD).await);
}

#[actix_web::test]
async fn a_reset_begun_as_one_person_does_not_take_the_code_of_another() {
    let house = house().await;
    newcomer(&house, 50, "voleur@courriel.test").await;
    let mut thief = at_code(&house, "voleur@courriel.test").await;
    let own = code_for(&house, "voleur@courriel.test").await;
    // Allowed to choose a password of their own, they say that they are Camille.
    assert_eq!(thief.answers(&[("action", "next"), ("code", &own)]).await.screen(), "S-RESET-NEW");
    assert_eq!(thief.answers(&[("action", "other_account")]).await.screen(), "S-SIGNIN-ID");
    assert_eq!(thief.answers(&[("action", "next"), ("identifier", CAMILLE)]).await.screen(), "S-SIGNIN-PW", "nothing of it counts for anybody else");
    thief.answers(&[("action", "forgot")]).await;
    thief.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    assert_eq!(thief.answers(&[("action", "next"), ("code", &own)]).await.errors(), ["E-CODE"]);
    let journey = journey_of(&thief);
    assert_eq!(thief.opens(&format!("/ui/{journey}/reset/new")).await.screen(), "S-RESET-CODE");
    // The other way round: Camille's code in the thief's journey about themselves.
    let camilles = code_for(&house, CAMILLE).await;
    house.waits(60);
    let mut again = at_code(&house, "voleur@courriel.test").await;
    assert_eq!(again.answers(&[("action", "next"), ("code", &camilles)]).await.errors(), ["E-CODE"]);
}

#[actix_web::test]
async fn what_allows_a_new_password_signs_nobody_in() {
    let house = house().await;
    let mut camille = at_new(&house).await;
    let journey = journey_of(&camille);
    for screen in ["consent", "signin/password", "reset/done", "stay"] {
        assert_eq!(camille.opens(&format!("/ui/{journey}/{screen}")).await.screen(), "S-RESET-NEW", "{screen}");
    }
    assert_eq!(camille.opens("/account").await.screen(), "S-SIGNIN-ID");
    assert_eq!(camille.opens(&authorize(&[])).await.screen(), "S-SIGNIN-ID", "and another journey takes nothing of it over");
}

#[actix_web::test]
async fn the_permission_to_choose_lasts_as_long_as_a_code() {
    let house = house().await;
    let mut camille = at_new(&house).await;
    house.waits(900);
    assert_eq!(camille.answers(SAVE).await.screen(), "S-RESET-CODE");
    assert!(opens_with(&house, PASSWORD).await);
}

#[actix_web::test]
async fn a_reset_skips_nothing_that_a_sign_in_asks() {
    let house = house().await;
    // Standing: put away between the code and the password.
    let mut camille = at_new(&house).await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    camille.answers(SAVE).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (403, "S-BLOCKED", vec!["E-ARCHIVED"]));
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Active).await;
    assert!(opens_with(&house, PASSWORD).await, "nothing was written");
    // And after it: «Rester connecté ?» and the agreement, and no client has a code before.
    rules(&house, |tenant| tenant.settings.stay = true).await;
    house.waits(60);
    let mut camille = at_new(&house).await;
    camille.answers(SAVE).await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Locked).await;
    camille.answers(&[("action", "continue")]).await;
    assert_eq!((camille.shown.screen(), camille.shown.errors()), ("S-BLOCKED", vec!["E-LOCKED"]));
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Active).await;
    let journey = journey_of(&camille);
    assert_eq!(camille.opens(&format!("/ui/{journey}/consent")).await.screen(), "S-RESET-DONE");
    assert_eq!(camille.answers(&[("action", "continue")]).await.screen(), "S-STAY");
    assert_eq!(camille.opens(&format!("/ui/{journey}/consent")).await.screen(), "S-STAY");
    assert_eq!(camille.answers(&[("action", "no")]).await.screen(), "S-APP-CONSENT");
    camille.answers(&[("action", "cancel")]).await;
    assert!(!camille.shown.left_to.as_deref().unwrap_or_default().contains("code="));
}

#[actix_web::test]
async fn a_client_that_means_somebody_gets_nobody_else_by_a_reset() {
    let house = house().await;
    newcomer(&house, 51, "voleur@courriel.test").await;
    let camille = Walker::sent_back(&house, &[]).await;
    let hint = house.redeems(&"espace-client".into(), &camille.shown.answer()["code"]).await.unwrap().id_token.unwrap();
    let mut thief = Walker::new(&house);
    thief.opens(&authorize(&[("id_token_hint", hint.expose())])).await;
    thief.answers(&[("action", "next"), ("identifier", "voleur@courriel.test")]).await;
    thief.answers(&[("action", "forgot")]).await;
    thief.answers(&[("action", "send"), ("identifier", "voleur@courriel.test")]).await;
    let code = code_for(&house, "voleur@courriel.test").await;
    thief.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!(thief.shown.answer()["error"], "login_required");
}

#[actix_web::test]
async fn m_010_a_code_is_sent_again_after_a_minute_and_the_newer_one_counts() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    assert!(camille.shown.html.contains("indésirables"));
    let first = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "resend")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors(), camille.shown.retry_after.as_deref()), (429, vec!["E-RESEND"], Some("60")));
    house.waits(60);
    assert_eq!(camille.answers(&[("action", "resend")]).await.screen(), "S-RESET-CODE");
    let second = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &first)]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (410, vec!["E-CODE-EXP"]));
    assert_eq!(camille.answers(&[("action", "next"), ("code", "12345")]).await.errors(), ["E-CODE-FMT"]);
    assert_eq!(camille.answers(&[("action", "next"), ("code", &format!(" {second} "))]).await.screen(), "S-RESET-NEW");
}

#[actix_web::test]
async fn a_mailbox_gets_five_codes_in_an_hour_whatever_they_are_for() {
    let house = open_house().await;
    for round in 0..30 {
        let mut stranger = Walker::new(&house);
        stranger.opens(&authorize(&[])).await;
        match round % 3 {
            0 => {
                stranger.answers(&[("action", "signup")]).await;
                stranger.answers(&[("action", "next"), ("email", CAMILLE)]).await;
            }
            1 => {
                stranger.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
                stranger.answers(&[("action", "code")]).await;
            }
            _ => {
                stranger.answers(&[("action", "next"), ("identifier", CAMILLE)]).await;
                stranger.answers(&[("action", "forgot")]).await;
                stranger.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
            }
        }
        house.waits(60);
    }
    assert_eq!(letters_to(&house, CAMILLE).await.len(), 5);
}

#[actix_web::test]
async fn two_new_passwords_at_once_are_one() {
    let house = house().await;
    let camille = at_new(&house).await;
    let saved = join_all(["correct cheval batterie agrafe", "autre cheval batterie agrafe"].map(|chosen| {
        let mut camille = camille.clone();
        async move {
            camille.answers(&[("action", "save"), ("new_password", chosen)]).await;
            assert_eq!(camille.shown.screen(), "S-RESET-DONE");
        }
    }));
    saved.await;
    let works = [opens_with(&house, "correct cheval batterie agrafe").await, opens_with(&house, "autre cheval batterie agrafe").await];
    assert_eq!(works.iter().filter(|works| **works).count(), 1);
    assert_eq!(events(&house, EventName::PasswordReset).await.len(), 1);
}

#[actix_web::test]
async fn whoever_signs_in_by_a_name_gets_the_code_where_their_mail_goes() {
    let house = house().await;
    house
        .changes::<Account>(Account::key_of(house.camille), |account| {
            account.login = Some("c.eon".to_owned());
            account.emails[0].verified_at = None;
        })
        .await;
    let mut camille = at_code(&house, "C.Eon").await;
    assert!(!camille.shown.html.contains(CAMILLE), "a name tells nobody its address");
    let code = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!(camille.shown.screen(), "S-RESET-NEW");
    let account = house.tools.reads().account(house.camille).await.unwrap().unwrap();
    assert_eq!(account.emails[0].verified_at, Some(house.tools.now()), "and the mailbox is proved by it");
    assert_eq!(events(&house, EventName::EmailVerified).await.len(), 1);
}

#[actix_web::test]
async fn a_link_shows_the_code_and_changes_nothing() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    let letter = last(&house, CAMILLE, MailName::ResetCode).await;
    let (code, link) = (letter.code.unwrap(), path(&letter.link.unwrap()));
    assert!(link.starts_with("/code/") && link.len() >= "/code/".len() + 43, "{link}");
    let (store, work) = counted(Arc::clone(&house.tools.store));
    let mut watched = house.clone();
    watched.tools.store = store;
    let mut phone = Walker::new(&watched);
    for _ in 0..5 {
        phone.opens(&link).await;
        assert_eq!((phone.shown.status, phone.shown.screen()), (200, "S-CODE"));
        assert!(phone.shown.html.contains(&code) && !phone.shown.html.contains("<form"), "there is nothing to press");
        assert!(phone.cookies.is_empty());
    }
    assert!(work.since().iter().all(|work| !work.starts_with("commit")), "RU-24");
    assert_eq!(phone.opens(&format!("{link}x")).await.status, 404);
    assert_eq!(phone.shown.errors(), ["E-LINK-BAD"]);
    assert_eq!(camille.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-RESET-NEW");
    phone.opens(&link).await;
    assert_eq!((phone.shown.status, phone.shown.errors()), (410, vec!["E-LINK-EXP"]), "the code was used, and its link with it");
}

#[actix_web::test]
async fn a_link_ends_with_its_code_and_by_a_newer_one() {
    let house = house().await;
    let mut camille = at_code(&house, CAMILLE).await;
    let link = path(&last(&house, CAMILLE, MailName::ResetCode).await.link.unwrap());
    house.waits(60);
    camille.answers(&[("action", "resend")]).await;
    let newer = path(&last(&house, CAMILLE, MailName::ResetCode).await.link.unwrap());
    let mut phone = Walker::new(&house);
    assert_eq!(phone.opens(&link).await.status, 410);
    assert_eq!(phone.opens(&newer).await.status, 200);
    house.waits(900);
    assert_eq!((phone.opens(&newer).await.status, phone.shown.errors()), (410, vec!["E-LINK-EXP"]));
}

#[actix_web::test]
async fn the_mail_of_a_sign_up_has_a_link_to_its_code_too() {
    let house = open_house().await;
    super::sign_up::at_code(&house, "lea@courriel.test").await;
    let letter = last(&house, "lea@courriel.test", MailName::ConfirmAddress).await;
    let mut phone = Walker::new(&house);
    phone.opens(&path(&letter.link.unwrap())).await;
    assert!(phone.shown.html.contains(&letter.code.unwrap()));
}

#[actix_web::test]
async fn what_is_kept_of_a_link_does_not_open_it() {
    let house = house().await;
    at_code(&house, CAMILLE).await;
    let letter = last(&house, CAMILLE, MailName::ResetCode).await;
    let (code, link) = (letter.code.unwrap(), letter.link.unwrap());
    let token = link.rsplit('/').next().unwrap();
    let digest = house.tools.sealer.digest(parvis::crypto::Purpose::CodeLink, token);
    let kept = house.tools.reads().code_link(&digest).await.unwrap().unwrap();
    let text = serde_json::to_string(&*kept).unwrap();
    assert!(!text.contains(token) && !text.contains(&code));
}

/// Somebody has changed Camille's password, and this is the link that takes it back.
async fn changed(house: &House) -> String {
    let mut thief = at_new(house).await;
    thief.answers(SAVE).await;
    thief.answers(&[("action", "continue")]).await;
    thief.answers(&[("action", "accept")]).await;
    assert!(thief.shown.left_to.is_some());
    path(&last(house, CAMILLE, MailName::PasswordChanged).await.link.unwrap())
}

#[actix_web::test]
async fn j30_a_change_is_taken_back_by_a_button_and_not_by_opening_the_link() {
    let house = house().await;
    let link = changed(&house).await;
    let mut camille = Walker::new(&house);
    for _ in 0..5 {
        assert_eq!((camille.opens(&link).await.status, camille.shown.screen()), (200, "S-UNDO"));
    }
    assert!(opens_with(&house, CHOSEN).await, "RU-24: opening it did nothing");
    let before = live_sessions(&house).await;
    assert!(before > 0);
    camille.answers(&[("action", "undo")]).await;
    assert_eq!((camille.shown.status, camille.shown.path.as_str()), (200, link.as_str()));
    assert!(camille.shown.html.contains("href=\"/account/reset\""));
    assert!(!opens_with(&house, CHOSEN).await && !opens_with(&house, PASSWORD).await);
    assert_eq!((live_sessions(&house).await, live_grants(&house).await), (0, 0));
    // What it forces: a new password by a code, from the mailbox.
    house.waits(60);
    camille.opens("/account/reset").await;
    camille.answers(&[("action", "send"), ("identifier", CAMILLE)]).await;
    let code = code_for(&house, CAMILLE).await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    camille.answers(&[("action", "save"), ("new_password", "encore une autre phrase")]).await;
    assert_eq!(camille.shown.screen(), "S-RESET-DONE");
    assert!(opens_with(&house, "encore une autre phrase").await);
    assert_eq!(camille.opens(&link).await.status, 200);
    assert!(!camille.shown.html.contains("data-testid=\"undo\""), "it is used");
    let password: Credential = house.tools.reads().password(house.camille).await.unwrap().unwrap().into_value();
    camille.posts(&link, &[("action".to_owned(), "undo".to_owned())]).await;
    assert_eq!(house.tools.reads().password(house.camille).await.unwrap().unwrap().into_value(), password);
}

#[actix_web::test]
async fn j30_a_stale_form_takes_nothing_back_and_a_link_ends_after_a_week() {
    let house = house().await;
    let link = changed(&house).await;
    let mut camille = Walker::new(&house);
    camille.opens(&link).await;
    camille.answers(&[("action", "undo"), ("csrf", "another")]).await;
    assert_eq!((camille.shown.status, camille.shown.errors()), (403, vec!["E-CSRF"]));
    camille.opens(&link).await;
    camille.answers(&[("action", "")]).await;
    assert_eq!(camille.shown.status, 403);
    let mut foreign = Walker::new(&house).sending("origin", "https://ailleurs.example");
    foreign.opens(&link).await;
    foreign.answers(&[("action", "undo")]).await;
    assert_eq!(foreign.shown.status, 403);
    assert!(opens_with(&house, CHOSEN).await);
    house.waits(7 * 86_400);
    assert_eq!((camille.opens(&link).await.status, camille.shown.errors()), (410, vec!["E-LINK-EXP"]));
    camille.posts(&link, &[("action".to_owned(), "undo".to_owned())]).await;
    assert_eq!(camille.shown.status, 410);
    assert_eq!((camille.opens("/undo/rien").await.status, camille.shown.errors()), (404, vec!["E-LINK-BAD"]));
}
