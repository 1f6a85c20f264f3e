//! Somebody wants to know who has an account, and asks wherever an address can be typed.

use std::sync::Arc;

use parvis::{
    model::{Account, AccountState, MailName},
    storage::{Batch, Paging, counted},
};
use serde_json::json;

use crate::{
    harness::{House, Walker, authorize},
    journeys::{
        invited::invites,
        newcomer,
        sign_up::{mails_to, open_house},
    },
};

/// Whom they ask about. All stand for an address of the same kind of mailbox.
const KNOWN: &str = "luc@courriel.test";
const UNKNOWN: &str = "personne@courriel.test";
const ARCHIVED: &str = "archive@courriel.test";
const BARE: &str = "sans@courriel.test";
const INVITED: &str = "invitee@courriel.test";
const ALL: [&str; 5] = [KNOWN, UNKNOWN, ARCHIVED, BARE, INVITED];

/// What is posted, field by field; `@` stands for the address.
type Post = &'static [(&'static str, &'static str)];

const WRONG: Post = &[("action", "next"), ("code", "000000")];
const GUESS: Post = &[("action", "next"), ("password", "a guess at it")];
const IDENTIFIED: Post = &[("action", "next"), ("identifier", "@")];
const RESEND: Post = &[("action", "resend")];

/// A way to ask: how one gets there, and what is posted while somebody looks.
struct Way {
    name: &'static str,
    /// Where the first step leads; how many passwords are checked, and mails written, in all.
    leads: (&'static str, usize, usize),
    /// Nothing, an authorization request; or a page of ours.
    at: Option<&'static str>,
    /// Signed in as Camille.
    inside: bool,
    before: &'static [Post],
    steps: &'static [Post],
    /// What goes out, to whom something goes out.
    mails: &'static [(&'static str, &'static [MailName])],
}

const WAYS: &[Way] = &[
    Way {
        name: "sign-up address",
        leads: ("S-SIGNUP-CODE", 0, 1),
        at: None,
        inside: false,
        before: &[&[("action", "signup")]],
        steps: &[&[("action", "next"), ("email", "@")], &[("action", "change_address")], &[("action", "next"), ("email", "@")]],
        mails: &[
            (KNOWN, &[MailName::ConfirmAddress]),
            (UNKNOWN, &[MailName::ConfirmAddress]),
            (ARCHIVED, &[MailName::ConfirmAddress]),
            (BARE, &[MailName::ConfirmAddress]),
            (INVITED, &[MailName::Invitation, MailName::ConfirmAddress]),
        ],
    },
    Way {
        name: "sign-up code",
        leads: ("S-SIGNUP-CODE", 0, 0),
        at: None,
        inside: false,
        before: &[&[("action", "signup")], &[("action", "next"), ("email", "@")]],
        steps: &[WRONG, RESEND, WRONG, WRONG, WRONG, WRONG, WRONG, RESEND, &[("action", "change_address")]],
        mails: &[
            (KNOWN, &[MailName::ConfirmAddress]),
            (UNKNOWN, &[MailName::ConfirmAddress]),
            (ARCHIVED, &[MailName::ConfirmAddress]),
            (BARE, &[MailName::ConfirmAddress]),
            (INVITED, &[MailName::Invitation, MailName::ConfirmAddress]),
        ],
    },
    Way {
        name: "sign-in password",
        leads: ("S-SIGNIN-PW", 5, 1),
        at: None,
        inside: false,
        before: &[],
        steps: &[IDENTIFIED, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, GUESS, &[("action", "other_account")], IDENTIFIED],
        mails: &[
            (KNOWN, &[MailName::UnusualAttempts]),
            (ARCHIVED, &[MailName::UnusualAttempts]),
            (BARE, &[MailName::UnusualAttempts]),
            (INVITED, &[MailName::Invitation]),
        ],
    },
    Way {
        name: "mailed code in the place of the password",
        leads: ("S-SIGNIN-OTP", 1, 1),
        at: None,
        inside: false,
        before: &[IDENTIFIED],
        steps: &[&[("action", "code")], WRONG, RESEND, WRONG, WRONG, WRONG, WRONG, WRONG, &[("action", "another")], GUESS],
        mails: &[(KNOWN, &[MailName::SignInCode]), (ARCHIVED, &[MailName::SignInCode]), (BARE, &[MailName::SignInCode]), (INVITED, &[MailName::Invitation])],
    },
    Way {
        name: "reset address",
        leads: ("S-RESET-CODE", 0, 1),
        at: Some("/account/reset"),
        inside: false,
        before: &[],
        steps: &[&[("action", "send"), ("identifier", "@")]],
        mails: &[(KNOWN, &[MailName::ResetCode]), (ARCHIVED, &[MailName::ResetCode]), (BARE, &[MailName::ResetCode]), (INVITED, &[MailName::Invitation])],
    },
    Way {
        name: "reset code",
        leads: ("S-RESET-CODE", 0, 0),
        at: Some("/account/reset"),
        inside: false,
        before: &[&[("action", "send"), ("identifier", "@")]],
        steps: &[WRONG, RESEND, WRONG, WRONG, WRONG, WRONG, WRONG, RESEND, &[("action", "another")]],
        mails: &[(KNOWN, &[MailName::ResetCode]), (ARCHIVED, &[MailName::ResetCode]), (BARE, &[MailName::ResetCode]), (INVITED, &[MailName::Invitation])],
    },
    Way {
        name: "lost invitation",
        leads: ("S-INV-LOST", 0, 1),
        at: Some("/i/lost/aubepine"),
        inside: false,
        before: &[],
        steps: &[&[("action", "send"), ("email", "@")]],
        mails: &[(INVITED, &[MailName::Invitation, MailName::InvitationRegenerated])],
    },
    Way {
        name: "another address for one's own account",
        leads: ("S-ME-CONTACT-CODE", 0, 1),
        at: Some("/account/contact"),
        inside: true,
        before: &[],
        steps: &[
            &[("action", "change"), ("email", "@")],
            &[("action", "confirm"), ("code", "000000")],
            RESEND,
            &[("action", "confirm"), ("code", "000000")],
            &[("action", "confirm"), ("code", "000000")],
            &[("action", "confirm"), ("code", "000000")],
            &[("action", "confirm"), ("code", "000000")],
            &[("action", "confirm"), ("code", "000000")],
        ],
        mails: &[
            (KNOWN, &[MailName::AccountExists]),
            (UNKNOWN, &[MailName::ConfirmNewAddress]),
            (ARCHIVED, &[MailName::AccountExists]),
            (BARE, &[MailName::AccountExists]),
            (INVITED, &[MailName::Invitation, MailName::ConfirmNewAddress]),
        ],
    },
];

/// A house that knows all of them but one.
async fn peopled() -> House {
    let house = open_house().await;
    newcomer(&house, 40, KNOWN).await;
    let archived = newcomer(&house, 41, ARCHIVED).await;
    house.changes::<Account>(Account::key_of(archived), |account| account.state = AccountState::Archived).await;
    let bare = newcomer(&house, 42, BARE).await;
    let password = house.tools.reads().password(bare).await.unwrap().unwrap();
    let mut batch = Batch::new(house.tools.now());
    batch.delete(&password);
    house.tools.store.commit(batch).await.unwrap();
    invites(&house, json!({"email": INVITED})).await;
    // Mails of one second have no order.
    house.waits(1);
    house
}

/// What can be seen of one step, and what it took.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    answers: Vec<String>,
    html: String,
    work: Vec<String>,
    hashes: usize,
    outbox: usize,
}

async fn outbox(house: &House) -> usize {
    house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap().len()
}

/// Walk this way about an address: all that is seen, without what is different each time.
async fn asks(house: &House, way: &Way, address: &str) -> Vec<Seen> {
    let quiet = house.clone();
    let mut house = house.clone();
    let (store, work) = counted(Arc::clone(&house.tools.store));
    house.tools.store = store;
    let mut stranger = Walker::new(&house);
    if way.inside {
        stranger.opens("/account").await;
        stranger.signs_in("camille@courriel.test", crate::harness::PASSWORD).await;
    }
    stranger.opens(&way.at.map_or_else(|| authorize(&[]), str::to_owned)).await;
    let mut all = Vec::new();
    let steps = way.before.iter().map(|step| (step, false)).chain(way.steps.iter().map(|step| (step, true)));
    for (step, is_looked_at) in steps {
        let fields: Vec<(&str, &str)> = step.iter().map(|(name, value)| (*name, if *value == "@" { address } else { *value })).collect();
        drop((work.since(), std::mem::take(&mut stranger.trail)));
        let (hashes, waiting) = (house.tools.hasher.done(), outbox(&quiet).await);
        stranger.answers(&fields).await;
        if !is_looked_at {
            assert_eq!(stranger.shown.status, 200, "{}: {:?}", way.name, stranger.shown.errors());
            continue;
        }
        let shown = &stranger.shown;
        let journey = shown.path.split('/').nth(2).filter(|_| shown.path.starts_with("/ui/")).unwrap_or("no journey").to_owned();
        let token = shown.hidden("csrf").unwrap_or_else(|| "no token".to_owned());
        let plain = |text: &str| text.replace(address, "@").replace(&address.replace('@', "%40"), "@").replace(&journey, "J").replace(&token, "C");
        let secrets: Vec<String> = stranger.cookies.values().cloned().collect();
        let answers = stranger.trail.iter().map(|line| secrets.iter().fold(plain(line), |line, secret| line.replace(secret, "S"))).collect();
        all.push(Seen {
            answers,
            html: plain(&shown.html),
            work: work.since(),
            hashes: house.tools.hasher.done() - hashes,
            outbox: outbox(&quiet).await - waiting,
        });
    }
    all
}

/// Of an invitation its own row is written, of nobody another one.
fn rows(mut seen: Seen) -> Seen {
    seen.work
        .iter_mut()
        .for_each(|work| *work = work.replace("put Invitation", "put Attempts").replace("put Message, put Attempts", "put Attempts, put Message"));
    seen
}

/// What happens on the way at all, or equal would prove nothing: where the first step leads, how many passwords are checked, how many mails are written.
fn leads(seen: &[Seen]) -> (&str, usize, usize) {
    let screen = seen[0].html.split("data-screen=\"").nth(1).unwrap().split('"').next().unwrap();
    (screen, seen.iter().map(|seen| seen.hashes).sum(), seen.iter().map(|seen| seen.outbox).sum())
}

async fn in_mailbox(house: &House, address: &str) -> Vec<MailName> {
    mails_to(house, address).await.into_iter().map(|(name, _)| name).collect()
}

/// One way, about each of them, in a house of its own each time.
async fn is_the_same_for_all(way: &Way) {
    let mut first: Option<Vec<Seen>> = None;
    for address in ALL {
        let house = peopled().await;
        let seen: Vec<Seen> = asks(&house, way, address).await.into_iter().map(rows).collect();
        for to in ALL {
            let expected = way.mails.iter().find(|(known, _)| *known == to && to == address).map_or(&[][..], |(_, names)| names);
            let expected = if to == INVITED && address != INVITED { &[MailName::Invitation] } else { expected };
            assert_eq!(in_mailbox(&house, to).await, expected, "{}: what {to} finds in the mailbox when {address} is asked about", way.name);
        }
        assert_eq!(leads(&seen), way.leads, "{}", way.name);
        let Some(first) = &first else {
            first = Some(seen);
            continue;
        };
        for (step, (one, other)) in first.iter().zip(&seen).enumerate() {
            assert_eq!(one, other, "{}, step {step}: {address} is told from {}", way.name, ALL[0]);
        }
    }
}

macro_rules! ways { ($($test:ident = $number:literal),* $(,)?) => {
    $(#[actix_web::test] async fn $test() { is_the_same_for_all(&WAYS[$number]).await; })*
    #[test]
    fn every_way_to_ask_is_walked() { assert_eq!([$($number),*], *(0..WAYS.len()).collect::<Vec<usize>>()); }
}}

ways! {
    an_address_to_sign_up_with_says_nothing_of_accounts = 0,
    a_code_of_a_sign_up_says_nothing_of_accounts = 1,
    a_password_at_sign_in_says_nothing_of_accounts = 2,
    a_mailed_code_at_sign_in_says_nothing_of_accounts = 3,
    an_address_to_reset_says_nothing_of_accounts = 4,
    a_code_of_a_reset_says_nothing_of_accounts = 5,
    a_lost_invitation_says_nothing_of_invitations = 6,
    an_address_that_somebody_else_has_says_nothing_of_accounts = 7,
}

#[actix_web::test]
async fn nobody_is_looked_for_by_address_before_the_mailbox_is_proved() {
    for way in &WAYS[..2] {
        let house = peopled().await;
        let works: Vec<String> = asks(&house, way, KNOWN).await.into_iter().flat_map(|seen| seen.work).collect();
        assert!(works.iter().all(|work| !work.contains("Email") && !work.contains("Credential")), "{}: {works:?}", way.name);
    }
}

#[actix_web::test]
async fn asking_again_and_again_fills_nobodys_mailbox() {
    let house = open_house().await;
    for _ in 0..40 {
        let mut stranger = Walker::new(&house);
        stranger.opens(&authorize(&[])).await;
        stranger.answers(&[("action", "signup")]).await;
        stranger.answers(&[("action", "next"), ("email", "camille@courriel.test")]).await;
        house.waits(30);
    }
    assert_eq!(mails_to(&house, "camille@courriel.test").await.len(), 5);
}

#[actix_web::test]
async fn one_network_cannot_write_to_everybody() {
    let house = open_house().await;
    crate::journeys::rules(&house, |tenant| tenant.settings.throttle_network_failures = 3).await;
    let mut sent = 0;
    for number in 0..6 {
        let mut stranger = Walker::new(&house);
        stranger.opens(&authorize(&[])).await;
        stranger.answers(&[("action", "signup")]).await;
        stranger.answers(&[("action", "next"), ("email", &format!("personne.{number}@courriel.test"))]).await;
        sent += usize::from(stranger.shown.screen() == "S-SIGNUP-CODE");
    }
    assert_eq!(sent, 3);
}
