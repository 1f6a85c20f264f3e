//! J12 to J16, J55: somebody is invited, and comes.

use futures_util::future::join_all;
use parvis::{
    journey::{invited::digest, letter},
    model::{
        Account, AuditEvent, EventName, Invitation, InvitationProof, InvitationState, MailContent, MailName, Message, Proved, Role, SignUpPolicy, Subject,
        Tenant, TenantState,
    },
    policy::admin::Caller,
    service::admin::{
        By,
        invitations::{self, InvitationMade, NewInvitation},
    },
    storage::{Loaded, Paging},
    values::{ClientId, Email, Locale},
};
use serde_json::json;

use super::{
    PASSWORD,
    check::{challenge, paid},
    rules,
    sign_up::{PERSONAL, code_for, open_house},
};
use crate::harness::{House, Walker, authorize};

const DAY: u64 = 86_400;
const CHOSEN: &str = "correct cheval batterie agrafe";
pub(crate) const WIM: &str = "wim@morvan.test";
const LOGIN: &str = "https://espace.example/connexion";

/// A house into which nobody comes but who is invited, with an application that begins sign-ins.
pub(crate) async fn inviting_house() -> House {
    let house = open_house().await;
    rules(&house, |tenant| tenant.settings.sign_up = SignUpPolicy::Closed).await;
    house
        .changes::<parvis::model::Client>(parvis::model::Client::key_of(house.tenant, &"espace-client".into()), |client| {
            client.initiate_login_uri = Some(LOGIN.to_owned());
        })
        .await;
    house
}

/// Camille, who may do everything in the house.
pub(crate) fn camille(house: &House) -> By {
    let scopes = "invitation.read invitation.write account.read tenant.write tenant.read mail.write".parse().unwrap();
    let caller = Caller::Person { tenant: house.tenant, of_system: false, scopes, roles: [Role::GlobalAdministrator].into() };
    By::person(caller, house.camille, &ClientId::from("console"))
}

/// An invitation that says nothing but to whom, and `more`.
pub(crate) fn new(email: &str, more: serde_json::Value) -> NewInvitation {
    let mut all = json!({"email": email, "clients": ["espace-client"]});
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

pub(crate) async fn invites(house: &House, more: serde_json::Value) -> InvitationMade {
    let email = more.get("email").and_then(|email| email.as_str()).unwrap_or(WIM).to_owned();
    invitations::create(&house.tools, &camille(house), &house.tenant.to_string(), new(&email, more)).await.unwrap()
}

/// The path of an invitation's link.
pub(crate) fn path(made: &InvitationMade) -> String {
    made.invite_url.as_ref().unwrap().strip_prefix("https://id.aubepine.test").unwrap().to_owned()
}

pub(crate) async fn record(house: &House, made: &InvitationMade) -> Invitation {
    house.tools.reads().invitation(house.tenant, made.shown.it.id).await.unwrap().unwrap().into_value()
}

async fn state(house: &House, made: &InvitationMade) -> InvitationState {
    record(house, made).await.state(house.tools.now())
}

/// Every mail that waits, with its link.
pub(crate) async fn mails(house: &House) -> Vec<(MailName, String, Option<String>)> {
    let waiting = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap();
    let mut mails: Vec<Message> = waiting.into_iter().map(Loaded::into_value).collect();
    mails.sort_by_key(|message| message.created_at);
    let mails = mails.iter().filter_map(Message::mail).filter_map(|mail| mail.to.as_ref().map(|to| (mail, to.norm().to_owned())));
    mails.map(|(mail, to)| (mail.content.name(), to, letter::opened(&house.tools, mail).unwrap().link.map(|link| link.expose().clone()))).collect()
}

async fn names_of_mails(house: &House, to: &str) -> Vec<MailName> {
    mails(house).await.into_iter().filter(|(_, address, _)| address == to).map(|(name, _, _)| name).collect()
}

pub(crate) async fn events(house: &House) -> Vec<EventName> {
    let records = house.tools.reads().audit_of(house.tenant, Paging::first(1000)).await.unwrap();
    records.iter().map(|record| serde_json::from_str::<AuditEvent>(&record.event).unwrap().event).collect()
}

async fn wim(house: &House) -> Option<Account> {
    let address: Email = WIM.parse().unwrap();
    house.tools.reads().account_by_email(PERSONAL, &address).await.unwrap().map(Loaded::into_value)
}

/// Somebody with the link has pressed «Commencer».
pub(crate) async fn begun(house: &House, made: &InvitationMade) -> Walker {
    // Mails of one second have no order.
    house.waits(1);
    let mut walker = Walker::new(house);
    walker.opens(&path(made)).await;
    walker.answers(&[("action", "accept")]).await;
    walker
}

#[actix_web::test]
async fn a_suspect_network_is_checked_before_an_invitation_mails_a_code() {
    let house = inviting_house().await;
    rules(&house, |tenant| (tenant.settings.check_after_mails, tenant.settings.check_bits) = (0, 8)).await;
    let made = invites(&house, json!({})).await;
    let mut wim = begun(&house, &made).await;
    assert_eq!(wim.shown.screen(), "S-CHECK", "{:?}", wim.shown.errors());
    let solution = paid(&challenge(&wim), 8);
    wim.answers(&[("action", "next"), ("solution", &solution)]).await;
    assert_eq!(wim.shown.screen(), "S-SIGNUP-CODE");
    let code = code_for(&house, WIM).await;
    assert_eq!(wim.answers(&[("action", "next"), ("code", &code)]).await.screen(), "S-SIGNUP-SECRET");
}

/// They have typed the code.
pub(crate) async fn at_secret(house: &House, made: &InvitationMade) -> Walker {
    let mut walker = begun(house, made).await;
    assert_eq!(walker.shown.screen(), "S-SIGNUP-CODE", "{:?}", walker.shown.errors());
    let code = code_for(house, WIM).await;
    walker.answers(&[("action", "next"), ("code", &code)]).await;
    walker
}

pub(crate) async fn with_account(house: &House) -> Subject {
    let like = house.tools.reads().account(house.camille).await.unwrap().unwrap().into_value();
    let subject = Subject { home: PERSONAL, id: parvis::values::AccountId(uuid::Uuid::from_u128(900)) };
    let mut account = Account { home: PERSONAL, id: subject.id, phones: Vec::new(), ..like };
    account.emails[0].address = WIM.parse().unwrap();
    house.keeps(&account).await;
    super::gives_password(house, subject).await;
    subject
}

pub(crate) const NAMES: &[(&str, &str)] = &[("action", "create"), ("given_name", "Wim"), ("family_name", "Janssens")];

#[actix_web::test]
async fn j13_an_invited_person_makes_an_account_and_is_sent_to_the_application() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut wim_walks = at_secret(&house, &made).await;
    wim_walks.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    wim_walks.answers(NAMES).await;
    assert_eq!(wim_walks.walked(), ["S-INV", "S-SIGNUP-CODE", "S-SIGNUP-SECRET", "S-SIGNUP-PROFILE"]);
    assert_eq!(wim_walks.shown.left_to.as_deref(), Some("https://espace.example/connexion?iss=https%3A%2F%2Fid.aubepine.test"));
    let account = wim(&house).await.unwrap();
    assert_eq!((account.display_name().as_str(), account.locale), ("Wim Janssens", Some(Locale::Fr)));
    assert_eq!(account.emails[0].verified_at, Some(house.tools.now()));
    let place = house.tools.reads().membership(house.tenant, account.subject()).await.unwrap().unwrap();
    assert_eq!(place.roles, [Role::Auditor].into());
    assert_eq!(state(&house, &made).await, InvitationState::Redeemed);
    assert!(record(&house, &made).await.sealed.is_none(), "its link is forgotten");
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAccepted]);
    let events = events(&house).await;
    for event in [EventName::InvitationCreated, EventName::InvitationOpened, EventName::AccountCreated, EventName::InvitationRedeemed, EventName::RoleAssigned]
    {
        assert_eq!(events.iter().filter(|one| **one == event).count(), 1, "{event:?}");
    }
    assert_eq!(house.tools.reads().invitations_redeemed_by(account.subject()).await.unwrap().len(), 1);
}

#[actix_web::test]
async fn g_2a_what_is_owed_to_the_application_is_asked_in_the_sign_in_that_it_begins() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut wim = at_secret(&house, &made).await;
    wim.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    wim.answers(NAMES).await;
    assert!(wim.shown.left_to.as_deref().unwrap().starts_with(LOGIN));
    wim.opens(&authorize(&[])).await;
    assert_eq!(wim.walked(), ["S-INV", "S-SIGNUP-CODE", "S-SIGNUP-SECRET", "S-SIGNUP-PROFILE", "S-APP-CONSENT"]);
    wim.answers(&[("action", "accept")]).await;
    let code = wim.shown.answer()["code"].clone();
    assert!(house.redeems(&"espace-client".into(), &code).await.is_ok());
}

#[actix_web::test]
async fn g_3c_whoever_is_invited_by_name_walks_through_three_screens() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens"})).await;
    let mut walker = at_secret(&house, &made).await;
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(walker.walked(), ["S-INV", "S-SIGNUP-CODE", "S-SIGNUP-SECRET"]);
    assert!(walker.shown.left_to.is_some());
    assert_eq!(wim(&house).await.unwrap().display_name(), "Wim Janssens");
}

#[actix_web::test]
async fn an_age_that_is_asked_is_asked_of_whoever_is_invited_by_name_too_with_the_name_in_the_form() {
    let house = inviting_house().await;
    rules(&house, |tenant| {
        tenant.settings.birth_date_reason = Some(parvis::model::Localised::same("Réservé aux adultes."));
        tenant.settings.minimum_age = 18;
    })
    .await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens"})).await;
    let mut walker = at_secret(&house, &made).await;
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(walker.shown.screen(), "S-SIGNUP-PROFILE");
    assert!(walker.shown.html.contains("value=\"Wim\"") && walker.shown.html.contains("value=\"Janssens\""));
    let born = |year| [NAMES, &[("bday_day", "4"), ("bday_month", "5"), ("bday_year", year)]].concat();
    walker.answers(&born("2020")).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (422, vec!["E-AGE"]));
    walker.answers(&born("1986")).await;
    assert_eq!(wim(&house).await.unwrap().profile.birthdate.as_deref(), Some("1986-05-04"));
}

#[actix_web::test]
async fn j13_without_an_application_it_ends_in_the_portal_and_with_one_without_a_login_address_at_its_home() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"clients": [], "given_name": "Wim", "family_name": "Janssens"})).await;
    let mut walker = at_secret(&house, &made).await;
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(walker.shown.screen(), "S-ME-HOME");

    house
        .changes::<parvis::model::Client>(parvis::model::Client::key_of(house.tenant, &"espace-client".into()), |client| {
            (client.initiate_login_uri, client.home_url) = (None, Some("https://espace.example/".to_owned()));
        })
        .await;
    let made = invites(&house, json!({"email": "basile@morvan.test", "given_name": "Basile", "family_name": "Roux"})).await;
    let mut basile = begun(&house, &made).await;
    let code = code_for(&house, "basile@morvan.test").await;
    basile.answers(&[("action", "next"), ("code", &code)]).await;
    basile.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(basile.shown.left_to.as_deref(), Some("https://espace.example/"));
}

#[actix_web::test]
async fn j14_g_1a_somebody_with_an_account_signs_in_at_the_fixed_address() {
    let house = inviting_house().await;
    let subject = with_account(&house).await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut wim = begun(&house, &made).await;
    assert_eq!(wim.shown.screen(), "S-SIGNIN-PW");
    assert!(wim.shown.html.contains(WIM));
    assert_eq!(wim.answers(&[("action", "next"), ("password", "faux mot de passe")]).await.errors(), ["E-BADCRED"]);
    wim.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    assert!(wim.shown.left_to.as_deref().unwrap().starts_with(LOGIN));
    assert_eq!(house.tools.reads().membership(house.tenant, subject).await.unwrap().unwrap().roles, [Role::Auditor].into());
    assert_eq!(state(&house, &made).await, InvitationState::Redeemed);
    let codes = names_of_mails(&house, WIM).await;
    assert!(!codes.contains(&MailName::ConfirmAddress), "the password is the proof: {codes:?}");
}

#[actix_web::test]
async fn j14_a_live_session_of_the_right_account_needs_one_click() {
    let house = inviting_house().await;
    with_account(&house).await;
    let mut wim = Walker::new(&house);
    wim.opens("/account").await;
    wim.signs_in(WIM, PASSWORD).await;
    assert_eq!(wim.shown.screen(), "S-ME-HOME");
    wim.walked();
    let made = invites(&house, json!({})).await;
    wim.opens(&path(&made)).await;
    wim.answers(&[("action", "accept")]).await;
    assert_eq!(wim.walked(), ["S-INV"]);
    assert!(wim.shown.left_to.as_deref().unwrap().starts_with(LOGIN));
    assert_eq!(state(&house, &made).await, InvitationState::Redeemed);
}

#[actix_web::test]
async fn j14_whoever_is_at_home_here_gets_the_roles_in_their_account() {
    let house = inviting_house().await;
    super::newcomer(&house, 50, "luc@aubepine.test").await;
    let made = invites(&house, json!({"email": "luc@aubepine.test", "roles": ["account_administrator"]})).await;
    assert_eq!(made.shown.it.has_account, Some(true));
    let mut luc = begun(&house, &made).await;
    luc.answers(&[("action", "next"), ("password", PASSWORD)]).await;
    let account = house.tools.reads().account_by_email(house.tenant, &"luc@aubepine.test".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(account.roles, [Role::AccountAdministrator].into());
}

#[actix_web::test]
async fn m_045_a_link_is_good_for_a_month_and_then_is_not() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut early = Walker::new(&house);
    house.waits(29 * DAY);
    assert_eq!(early.opens(&path(&made)).await.screen(), "S-INV");
    assert_eq!(early.clone().answers(&[("action", "accept")]).await.screen(), "S-SIGNUP-CODE", "and lets in");
    house.waits(2 * DAY);
    early.opens(&path(&made)).await;
    assert_eq!((early.shown.status, early.shown.screen(), early.shown.errors()), (410, "S-INV-EXPIRED", vec!["E-LINK-EXP"]));
    assert!(early.shown.html.replace('\u{a0}', " ").contains("4 février 2026"), "{}", early.shown.html);
    early.answers(&[("action", "accept")]).await;
    assert_eq!(early.shown.status, 410, "nor does posting what was shown before");
}

#[actix_web::test]
async fn m_046_g_1c_a_late_person_asks_for_a_new_link_and_it_goes_to_the_invited_mailbox() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens"})).await;
    house.waits(31 * DAY);
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    walker.answers(&[("action", "renew")]).await;
    assert!(walker.shown.html.contains("data-testid=\"renewed\""));
    let (name, to, link) = mails(&house).await.pop().unwrap();
    assert_eq!((name, to.as_str()), (MailName::InvitationRegenerated, WIM));
    walker.opens(&path(&made)).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (410, vec!["E-LINK-OLD"]));
    walker.walked();
    let newer = link.unwrap().strip_prefix("https://id.aubepine.test").unwrap().to_owned();
    walker.opens(&newer).await;
    walker.answers(&[("action", "accept")]).await;
    let code = code_for(&house, WIM).await;
    walker.answers(&[("action", "next"), ("code", &code)]).await;
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(walker.walked(), ["S-INV", "S-SIGNUP-CODE", "S-SIGNUP-SECRET"]);
    assert!(wim(&house).await.is_some());
    assert!(events(&house).await.contains(&EventName::InvitationRegenerated));
}

#[actix_web::test]
async fn j16_three_links_a_day_and_always_the_same_answer() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    house.waits(31 * DAY);
    let mut answers = Vec::new();
    for _ in 0..5 {
        let mut walker = Walker::new(&house);
        walker.opens(&path(&made)).await;
        walker.answers(&[("action", "renew")]).await;
        answers.push((walker.shown.status, walker.shown.html.contains("data-testid=\"renewed\"")));
    }
    assert!(answers.iter().all(|answer| *answer == (410, true)), "{answers:?}");
    assert_eq!(names_of_mails(&house, WIM).await.iter().filter(|name| **name == MailName::InvitationRegenerated).count(), 3);
}

#[actix_web::test]
async fn j16_where_people_do_not_make_links_the_inviter_is_asked() {
    let house = inviting_house().await;
    rules(&house, |tenant| tenant.settings.invitation_self_service = false).await;
    let made = invites(&house, json!({})).await;
    house.waits(31 * DAY);
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    walker.answers(&[("action", "renew")]).await;
    assert!(walker.shown.html.contains("data-testid=\"renewed\""));
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAsked]);
    assert!(!names_of_mails(&house, WIM).await.contains(&MailName::InvitationRegenerated));
}

#[actix_web::test]
async fn m_048_m_105_the_address_is_fixed_and_another_one_is_asked_of_the_inviter() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut walker = begun(&house, &made).await;
    assert!(walker.shown.html.contains(WIM));
    assert_eq!(walker.answers(&[("action", "change_address")]).await.screen(), "S-INV", "back to the invitation, and not to a field");
    assert_eq!(walker.answers(&[("action", "move"), ("email", "wim")]).await.errors(), ["E-EMAIL"]);
    assert_eq!(walker.answers(&[("action", "move"), ("email", "")]).await.errors(), ["E-REQ"]);
    walker.answers(&[("action", "move"), ("email", "wim.janssens@morvan.test")]).await;
    assert!(walker.shown.html.contains("data-testid=\"asked\""));
    assert_eq!(record(&house, &made).await.move_asked.unwrap().to.norm(), "wim.janssens@morvan.test");
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAsked]);
    assert_eq!(record(&house, &made).await.email.norm(), WIM, "only the inviter moves it");
}

#[actix_web::test]
async fn m_097_the_alias_opens_the_same_page_and_looking_changes_nothing() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let before = record(&house, &made).await;
    let alias = made.alias_url.as_ref().unwrap().strip_prefix("https://id.aubepine.test").unwrap().to_owned();
    for _ in 0..5 {
        let mut scanner = Walker::new(&house);
        scanner.looks(&path(&made)).await;
        assert_eq!(scanner.shown.status, 200);
        assert_eq!(scanner.opens(&alias).await.screen(), "S-INV");
        scanner.opens(&alias.replace("invitationId=", "invitationid=").to_uppercase().replace("/API/INVITEUSER?", "/api/InviteUser?")).await;
        assert_eq!(scanner.shown.screen(), "S-INV");
    }
    assert_eq!(record(&house, &made).await, before);
    assert_eq!(names_of_mails(&house, WIM).await, [MailName::Invitation]);
    let mut wim = Walker::new(&house);
    wim.opens(&alias).await;
    assert_eq!(wim.answers(&[("action", "accept")]).await.screen(), "S-SIGNUP-CODE");
    assert_eq!(state(&house, &made).await, InvitationState::Opened);
}

#[actix_web::test]
async fn m_098_a_scanner_that_follows_links_uses_nothing_up() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut scanner = Walker::new(&house);
    for query in ["", "?done=refused", "?lang=en", "?action=accept", "?action=refuse"] {
        scanner.opens(&format!("{}{query}", path(&made))).await;
    }
    let csrf = Walker::new(&house).opens(&path(&made)).await.hidden("csrf").unwrap();
    // A form without the page's own cookie, and one with the token of another browser.
    Walker::new(&house).posts(&path(&made), &[("action".into(), "accept".into())]).await;
    scanner.posts(&path(&made), &[("action".into(), "refuse".into()), ("csrf".into(), csrf)]).await;
    assert_eq!((scanner.shown.status, scanner.shown.errors()), (403, vec!["E-CSRF"]));
    assert_eq!(state(&house, &made).await, InvitationState::Pending);
    scanner.opens(&format!("{}?done=refused", path(&made))).await;
    assert!(scanner.shown.html.contains("data-testid=\"accept\""), "an address says nothing that was not done");
    assert_eq!(at_secret(&house, &made).await.shown.screen(), "S-SIGNUP-SECRET");
}

#[actix_web::test]
async fn a_link_that_never_was_one_is_not_found() {
    let house = inviting_house().await;
    let mut walker = Walker::new(&house);
    for bad in ["/i/0", "/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/api/InviteUser", "/api/InviteUser?invitationId=x%2F..%2F..%2Faccount"] {
        walker.opens(bad).await;
        assert_eq!((walker.shown.status, walker.shown.errors()), (404, vec!["E-LINK-BAD"]), "{bad}");
    }
    let made = invites(&house, json!({})).await;
    walker.opens(&format!("/i/{}", made.shown.it.id)).await;
    assert_eq!(walker.shown.status, 404, "its name is no way in");
    assert!(house.tools.reads().invitation_by_link(&digest(&house.tools, &made.shown.it.id.to_string())).await.unwrap().is_none());
}

#[actix_web::test]
async fn a_used_link_says_so_and_who_did_not_use_it_can_tell() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens"})).await;
    let mut walker = at_secret(&house, &made).await;
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    let mut other = Walker::new(&house);
    other.opens(&path(&made)).await;
    assert_eq!((other.shown.status, other.shown.screen(), other.shown.errors()), (410, "S-INV-USED", vec!["E-LINK-USED"]));
    for _ in 0..3 {
        other.opens(&path(&made)).await;
        other.answers(&[("action", "dispute")]).await;
        assert!(other.shown.html.contains("data-testid=\"disputed\""));
    }
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAccepted, MailName::InvitationAsked], "once a day");
}

#[actix_web::test]
async fn a_refused_invitation_is_over_and_its_inviter_hears_of_it() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    walker.answers(&[("action", "refuse")]).await;
    assert_eq!((walker.shown.status, walker.shown.screen()), (200, "S-INV"));
    assert!(walker.shown.html.contains("data-testid=\"refused\"") && !walker.shown.html.contains("data-testid=\"accept\""));
    assert_eq!(state(&house, &made).await, InvitationState::Refused);
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAsked]);
    assert!(walker.shown.path.ends_with("?done=refused"), "the answer is a page of its own, which may be loaded again");
    walker.opens(&walker.shown.path.clone()).await;
    assert_eq!((walker.shown.status, walker.shown.html.contains("data-testid=\"refused\"")), (200, true));
    walker.opens(&path(&made)).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (410, vec!["E-LINK-REVOKED"]));
    walker.answers(&[("action", "renew")]).await;
    assert_eq!(names_of_mails(&house, WIM).await, [MailName::Invitation]);
}

#[actix_web::test]
async fn m_105_e_wrong_acct_an_invitation_of_one_person_opened_by_another_gives_them_nothing() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"roles": ["auditor"]})).await;
    let mut camille = Walker::new(&house);
    camille.opens("/account").await;
    camille.signs_in("camille@courriel.test", PASSWORD).await;
    camille.opens(&path(&made)).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (403, "S-INV-WRONG", vec!["E-WRONG-ACCT"]));
    assert!(!camille.shown.html.contains(WIM) && camille.shown.html.contains("w•••@morvan.test"));
    camille.answers(&[("action", "accept")]).await;
    assert_eq!((camille.shown.status, camille.shown.screen()), (403, "S-INV-WRONG"));
    camille.answers(&[("action", "transfer")]).await;
    assert!(camille.shown.html.contains("data-testid=\"asked\""));
    assert_eq!(record(&house, &made).await.move_asked.unwrap().to.norm(), "camille@courriel.test");
    assert_eq!(state(&house, &made).await, InvitationState::Pending);

    camille.opens(&path(&made)).await;
    camille.answers(&[("action", "switch")]).await;
    assert_eq!(camille.shown.screen(), "S-SIGNUP-CODE", "they prove the mailbox, or go no further");
    let mut again = camille.clone();
    assert_eq!(again.opens("/account").await.screen(), "S-PICKER", "Camille is signed out here");
    // Whatever is posted, nobody but the owner of the mailbox gets on.
    camille.answers(&[("action", "other_account"), ("identifier", "camille@courriel.test")]).await;
    assert_eq!(camille.shown.screen(), "S-INV");
    let auditor = house.tools.reads().account(house.camille).await.unwrap().unwrap();
    assert!(auditor.roles.is_empty());
}

#[actix_web::test]
async fn an_invitation_redeemed_twice_at_the_same_moment_is_redeemed_once() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"given_name": "Wim", "family_name": "Janssens"})).await;
    let mut walkers = Vec::new();
    for _ in 0..4 {
        let walker = at_secret(&house, &made).await;
        house.waits(70);
        walkers.push(walker);
    }
    let walks = walkers.iter_mut().map(|walker| async move {
        walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
        walker.shown.clone()
    });
    let ends = join_all(walks).await;
    assert_eq!(ends.iter().filter(|shown| shown.left_to.is_some()).count(), 1, "{:?}", ends.iter().map(|shown| shown.screen().to_owned()).collect::<Vec<_>>());
    for shown in ends.iter().filter(|shown| shown.left_to.is_none()) {
        assert_eq!((shown.status, shown.screen()), (410, "S-INV-USED"));
    }
    assert_eq!(events(&house).await.iter().filter(|event| **event == EventName::InvitationRedeemed).count(), 1);
    assert_eq!(names_of_mails(&house, "camille@courriel.test").await, [MailName::InvitationAccepted]);
}

#[actix_web::test]
async fn an_invitation_taken_back_while_somebody_walks_lets_them_no_further() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut walker = at_secret(&house, &made).await;
    invitations::revoke(&house.tools, &camille(&house), (&house.tenant.to_string(), WIM)).await.unwrap();
    walker.answers(&[("action", "next"), ("new_password", CHOSEN)]).await;
    assert_eq!(walker.shown.status, 410);
    assert!(wim(&house).await.is_none());
}

#[actix_web::test]
async fn whoever_comes_back_to_the_link_goes_on_where_they_were() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut walker = at_secret(&house, &made).await;
    assert_eq!(walker.shown.screen(), "S-SIGNUP-SECRET");
    walker.opens(&path(&made)).await;
    assert_eq!(walker.answers(&[("action", "accept")]).await.screen(), "S-SIGNUP-SECRET", "nobody types a code twice");
    assert_eq!(names_of_mails(&house, WIM).await.iter().filter(|name| **name == MailName::ConfirmAddress).count(), 1);
}

#[actix_web::test]
async fn an_organisation_may_let_the_link_be_the_proof_but_only_of_a_link_that_nobody_else_saw() {
    let house = inviting_house().await;
    rules(&house, |tenant| tenant.settings.invitation_proof = InvitationProof::Link).await;
    let shown = invites(&house, json!({"email": "basile@morvan.test"})).await;
    assert_eq!(begun(&house, &shown).await.shown.screen(), "S-SIGNUP-CODE", "its link was shown to the inviter");
    let made = invites(&house, json!({"show_link": false})).await;
    assert!(made.invite_url.is_none());
    let (_, _, link) = mails(&house).await.into_iter().find(|(_, to, _)| to == WIM).unwrap();
    let mut walker = Walker::new(&house);
    walker.opens(link.unwrap().strip_prefix("https://id.aubepine.test").unwrap()).await;
    assert_eq!(walker.answers(&[("action", "accept")]).await.screen(), "S-SIGNUP-SECRET");
}

#[actix_web::test]
async fn an_organisation_that_is_switched_off_lets_nobody_in() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    rules(&house, |tenant| tenant.state = TenantState::Disabled { reason: "test".to_owned() }).await;
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (403, vec!["E-TENANT-OFF"]));
}

#[actix_web::test]
async fn a_code_that_cannot_be_sent_yet_is_said_on_the_page_of_the_invitation() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    begun(&house, &made).await;
    let second = begun(&house, &made).await;
    assert_eq!((second.shown.status, second.shown.screen(), second.shown.errors()), (429, "S-INV", vec!["E-RESEND"]));
    assert_eq!(second.shown.retry_after.as_deref(), Some("59"));
}

#[actix_web::test]
async fn a_journey_of_one_invitation_says_nothing_before_its_end() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let walker = at_secret(&house, &made).await;
    let id = walker.shown.path.split('/').nth(2).unwrap().to_owned();
    let journey = house.tools.reads().journey(&id.as_str().into()).await.unwrap().unwrap();
    assert!(journey.evidence.iter().any(|said| matches!(said.what, Proved::Mailbox(_))));
    assert!(wim(&house).await.is_none());
    let mut stranger = Walker::new(&house);
    stranger.opens(&format!("/ui/{id}/signup/secret")).await;
    assert_eq!(stranger.shown.status, 400, "another browser does not see it");
}

#[actix_web::test]
async fn a_lost_link_is_answered_the_same_to_everybody_and_sent_to_who_is_invited() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut walker = Walker::new(&house);
    walker.opens(&authorize(&[])).await;
    assert!(walker.shown.html.contains("href=\"/i/lost/aubepine\""));
    let mut answers = Vec::new();
    for address in [WIM, "personne@courriel.test", "camille@courriel.test"] {
        let mut walker = Walker::new(&house);
        walker.opens("/i/lost/aubepine").await;
        assert_eq!(walker.shown.screen(), "S-INV-LOST");
        walker.answers(&[("action", "send"), ("email", address)]).await;
        answers.push((walker.shown.status, walker.shown.html.contains("data-testid=\"sent\"")));
    }
    assert_eq!(answers, [(200, true); 3]);
    let sent: Vec<_> = mails(&house).await.into_iter().filter(|(name, _, _)| *name == MailName::InvitationRegenerated).collect();
    let [(_, to, link)] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((to.as_str(), link.as_ref()), (WIM, made.invite_url.as_ref()), "the same link, which stays good");
    let mut wrong = Walker::new(&house);
    wrong.opens("/i/lost/aubepine").await;
    assert_eq!(wrong.answers(&[("action", "send"), ("email", "wim")]).await.errors(), ["E-EMAIL"]);
    assert_eq!(wrong.answers(&[("action", "send"), ("email", " ")]).await.errors(), ["E-REQ"]);
    assert_eq!(Walker::new(&house).opens("/i/lost/nulle-part").await.status, 404);
}

#[actix_web::test]
async fn m_094_m_095_m_096_m_047_the_mail_names_who_invites_in_the_language_of_the_invited() {
    let house = inviting_house().await;
    for (locale, says, address) in [("fr", "vous invite à utiliser", WIM), ("en", "invites you to use", "basile@morvan.test")] {
        let made = invites(&house, json!({"email": address, "locale": locale, "message": "À bientôt"})).await;
        let waiting = house.tools.reads().queued_messages(Paging::first(100)).await.unwrap();
        let message = waiting.iter().filter_map(|message| message.mail()).find(|mail| mail.to.as_ref().unwrap().norm() == address).unwrap().clone();
        let tenant = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap();
        let link = letter::opened(&house.tools, &message).unwrap().link.unwrap();
        let page = parvis::pages::MailPage {
            content: &message.content,
            code: None,
            link: Some(link.expose()),
            until: message.not_after,
            tenant: &tenant,
            locale: message.locale,
        };
        let mail = house.tools.pages.mail(&page).unwrap();
        assert!(mail.subject.contains(says) && mail.subject.contains("Camille Éon (Cabinet Aubépine)"), "{}", mail.subject);
        assert_eq!(mail.sender, "Cabinet Aubépine");
        let url = made.invite_url.as_ref().unwrap();
        assert_eq!(mail.html.matches(&format!("href=\"{url}\"")).count(), 1);
        assert!(mail.text.contains(url) && mail.text.contains("À bientôt"));
        assert!(mail.text.replace('\u{a0}', " ").contains(if locale == "fr" { "4 février 2026" } else { "4 February 2026" }), "{}", mail.text);
    }
}

#[actix_web::test]
async fn names_and_messages_bring_neither_headers_nor_markup() {
    let house = inviting_house().await;
    let evil = "<b onclick=x>Wim</b>";
    let made = invites(&house, json!({"given_name": evil, "family_name": evil, "message": format!("{evil}\nBcc: eve@courriel.test")})).await;
    rules(&house, |tenant: &mut Tenant| tenant.names.fr = evil.to_owned()).await;
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    assert!(!walker.shown.html.contains("<b onclick") && walker.shown.html.contains("&lt;b onclick"));
    let waiting = house.tools.reads().queued_messages(Paging::first(100)).await.unwrap();
    let message = waiting.iter().filter_map(|message| message.mail()).find(|mail| matches!(mail.content, MailContent::Invitation(_))).unwrap().clone();
    let tenant = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap();
    let page = parvis::pages::MailPage {
        content: &message.content,
        code: None,
        link: Some("https://id.aubepine.test/i/x"),
        until: message.not_after,
        tenant: &tenant,
        locale: Locale::Fr,
    };
    let mail = house.tools.pages.mail(&page).unwrap();
    assert!(!mail.html.contains("<b onclick") && !mail.subject.contains(['\n', '\r']) && !mail.sender.contains(['\n', '\r']));
    assert!(!mail.text.lines().any(|line| line.starts_with("Bcc:")));
    // Names are one line of visible text, or they are refused.
    for bad in ["Wim\r\nBcc: eve@courriel.test", "Wim\u{202e}", "Wim\u{0}"] {
        let refused = invitations::create(&house.tools, &camille(&house), "aubepine", new("luc@morvan.test", json!({"given_name": bad}))).await;
        assert!(refused.is_err(), "{bad:?}");
    }
}

#[actix_web::test]
async fn the_key_of_an_address_is_not_in_any_page_or_journey() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let stored = serde_json::to_string(&record(&house, &made).await).unwrap();
    let token = path(&made).replace("/i/", "");
    assert!(!stored.contains(&token), "only a digest and a seal are kept");
    let alias = made.alias_url.unwrap().rsplit('=').next().unwrap().to_owned();
    assert!(!stored.contains(&alias));
}
