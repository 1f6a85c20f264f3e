//! J12, J43: who invites, what becomes of it, and who may not.

use parvis::{
    jobs::reminders,
    model::{EventName, InvitationState, MailName, Message, Role},
    policy::admin::Caller,
    service::admin::{
        By, PageAsked, Refused,
        invitations::{self, BounceTold, InvitationChange, InvitationMade, LineReported},
    },
    storage::Paging,
    values::{ClientId, TenantId},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    harness::{House, Walker},
    journeys::invited::{camille, events, invites, inviting_house, mails, new, path, record},
};

const DAY: u64 = 86_400;
const WIM: &str = "wim@morvan.test";

fn machine(house: &House, scopes: &str) -> By {
    By::client(Caller::Client { tenant: house.tenant, of_system: false, scopes: scopes.parse().unwrap() }, &ClientId::from("paie"))
}

fn inviter(house: &House, role: Role) -> By {
    let scopes = "invitation.read invitation.write".parse().unwrap();
    By::person(Caller::Person { tenant: house.tenant, of_system: false, scopes, roles: [role].into() }, house.camille, &ClientId::from("console"))
}

async fn names_to(house: &House, address: &str) -> Vec<MailName> {
    mails(house).await.into_iter().filter(|(_, to, _)| to == address).map(|(name, _, _)| name).collect()
}

async fn state(house: &House, made: &InvitationMade) -> InvitationState {
    record(house, made).await.state(house.tools.now())
}

#[tokio::test]
async fn j12_an_invitation_is_made_with_its_mail_and_its_link_is_told_once() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    assert!(made.invite_url.as_ref().unwrap().starts_with("https://id.aubepine.test/i/"));
    assert_eq!(
        (made.shown.it.state, made.shown.it.has_account, made.shown.it.inviter.as_deref()),
        (InvitationState::Pending, Some(false), Some("Camille Éon"))
    );
    assert_eq!(names_to(&house, WIM).await, [MailName::Invitation]);
    let shown = invitations::show(&house.tools, &camille(&house), "aubepine", WIM).await.unwrap();
    let text = serde_json::to_string(&shown).unwrap();
    let token = path(&made).replace("/i/", "");
    assert!(!text.contains(&token));
    let again = invitations::create(&house.tools, &camille(&house), "aubepine", new("WIM@morvan.test", json!({}))).await;
    assert!(matches!(again, Err(Refused::Taken("email"))));
}

#[tokio::test]
async fn j12_an_expired_invitation_gives_way_to_a_new_one() {
    let house = inviting_house().await;
    let old = invites(&house, json!({})).await;
    house.waits(31 * DAY);
    let new = invites(&house, json!({})).await;
    assert_eq!((state(&house, &old).await, state(&house, &new).await), (InvitationState::Superseded, InvitationState::Pending));
    assert_eq!(record(&house, &new).await.regenerated_from, Some(old.shown.it.id));
}

#[tokio::test]
async fn whether_there_is_an_account_is_told_to_those_only_who_may_see_accounts() {
    let house = inviting_house().await;
    let tools = &house.tools;
    let told = invitations::create(tools, &camille(&house), "aubepine", new("camille@courriel.test", json!({}))).await.unwrap();
    assert_eq!(told.shown.it.has_account, Some(true));
    let untold = invitations::create(tools, &inviter(&house, Role::Inviter), "aubepine", new(WIM, json!({}))).await.unwrap();
    assert_eq!(untold.shown.it.has_account, None);
    let untold = invitations::show(tools, &machine(&house, "invitation.read"), "aubepine", "camille@courriel.test").await.unwrap();
    assert_eq!(untold.it.has_account, None);
}

#[tokio::test]
async fn nobody_gives_by_invitation_what_they_may_not_give_by_hand() {
    let house = inviting_house().await;
    let with_role = || new(WIM, json!({"roles": ["global_administrator"]}));
    for by in [inviter(&house, Role::Inviter), inviter(&house, Role::AccountAdministrator), machine(&house, "invitation.write")] {
        let refused = invitations::create(&house.tools, &by, "aubepine", with_role()).await;
        assert!(matches!(refused, Err(Refused::LacksRole | Refused::LacksScope("tenant.write"))), "{refused:?}");
    }
    let operator = invitations::create(&house.tools, &By::local(), "aubepine", new(WIM, json!({"roles": ["operator"]}))).await;
    assert!(matches!(operator, Err(Refused::Invalid { field: "roles", .. })));
    // Nor do they take over one that gives more, by its link or its address.
    invitations::create(&house.tools, &camille(&house), "aubepine", with_role()).await.unwrap();
    let (by, at) = (inviter(&house, Role::Inviter), ("aubepine", WIM));
    let change = InvitationChange { email: Some("eve@courriel.test".to_owned()), expires_at: None };
    assert!(invitations::update(&house.tools, &by, at, None, change).await.is_err());
    assert!(invitations::link(&house.tools, &by, at).await.is_err());
    assert!(invitations::regenerate(&house.tools, &by, at).await.is_err());
}

#[tokio::test]
async fn roles_without_the_right_do_nothing_and_scopes_are_needed_besides() {
    let house = inviting_house().await;
    for role in [Role::Auditor, Role::ApplicationAdministrator] {
        let refused = invitations::create(&house.tools, &inviter(&house, role), "aubepine", new(WIM, json!({}))).await;
        assert!(matches!(refused, Err(Refused::LacksRole)), "{role:?}");
    }
    let refused = invitations::create(&house.tools, &machine(&house, "invitation.read"), "aubepine", new(WIM, json!({}))).await;
    assert!(matches!(refused, Err(Refused::LacksScope("invitation.write"))));
    assert!(invitations::create(&house.tools, &machine(&house, "invitation.write"), "aubepine", new(WIM, json!({"inviter": "Sam Okoye"}))).await.is_ok());
}

#[tokio::test]
async fn another_organisations_administrator_finds_nothing() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let scopes = "invitation.read invitation.write account.read tenant.write mail.write";
    let elsewhere = TenantId(Uuid::from_u128(4711));
    let by = By::client(Caller::Client { tenant: elsewhere, of_system: false, scopes: scopes.parse().unwrap() }, &ClientId::from("eve"));
    let (tools, id) = (&house.tools, made.shown.it.id.to_string());
    let message = tools.reads().queued_messages(Paging::first(10)).await.unwrap()[0].id.clone();
    for which in [id.as_str(), WIM] {
        let at = ("aubepine", which);
        let change = || InvitationChange { email: Some("eve@courriel.test".to_owned()), expires_at: None };
        let told = BounceTold { mail: message.clone(), recipient: None, reason: "550".to_owned() };
        let all = [
            invitations::list(tools, &by, "aubepine", &PageAsked::default()).await.err(),
            invitations::create(tools, &by, "aubepine", new("eve@courriel.test", json!({}))).await.err(),
            invitations::import(tools, &by, "aubepine", b"email\neve@courriel.test\n").await.err(),
            invitations::show(tools, &by, at.0, at.1).await.err(),
            invitations::update(tools, &by, at, None, change()).await.err(),
            invitations::resend(tools, &by, at).await.err(),
            invitations::regenerate(tools, &by, at).await.err(),
            invitations::link(tools, &by, at).await.err(),
            invitations::revoke(tools, &by, at).await.err(),
            invitations::bounced(tools, &by, &told).await.err(),
        ];
        assert!(all.iter().all(|refused| matches!(refused, Some(Refused::NotFound))), "{all:?}");
    }
    assert_eq!(state(&house, &made).await, InvitationState::Pending);
}

#[tokio::test]
async fn what_is_written_is_judged() {
    let house = inviting_house().await;
    for (more, field) in [
        (json!({"email": "wim"}), "email"),
        (json!({"clients": ["nobody"]}), "clients"),
        (json!({"expires_at": 5}), "expires_at"),
        (json!({"message": "x".repeat(1001)}), "message"),
        (json!({"family_name": "x".repeat(121)}), "family_name"),
    ] {
        let refused = invitations::create(&house.tools, &camille(&house), "aubepine", new(WIM, more)).await;
        assert!(matches!(&refused, Err(Refused::Invalid { field: wrong, .. }) if *wrong == field), "{field}: {refused:?}");
    }
    let built_in = invitations::create(&house.tools, &By::local(), "personal", new(WIM, json!({"clients": []}))).await;
    assert!(matches!(built_in, Err(Refused::Impossible(_))));
}

#[tokio::test]
async fn j43_the_same_link_is_sent_again_and_a_new_one_kills_the_old() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let at = ("aubepine", WIM);
    house.waits(1);
    invitations::resend(&house.tools, &camille(&house), at).await.unwrap();
    let (name, _, link) = mails(&house).await.pop().unwrap();
    assert_eq!((name, link.as_ref()), (MailName::InvitationRegenerated, made.invite_url.as_ref()));
    house.waits(1);
    invitations::regenerate(&house.tools, &camille(&house), at).await.unwrap();
    let (_, _, newer) = mails(&house).await.pop().unwrap();
    assert_ne!(newer, link);
    let mut walker = Walker::new(&house);
    walker.opens(&path(&made)).await;
    assert_eq!((walker.shown.status, walker.shown.errors()), (410, vec!["E-LINK-OLD"]));
    assert_eq!(walker.opens(newer.unwrap().strip_prefix("https://id.aubepine.test").unwrap()).await.screen(), "S-INV");
    assert!(events(&house).await.contains(&EventName::InvitationRegenerated));
}

#[tokio::test]
async fn j43_its_link_can_be_copied_once() {
    let house = inviting_house().await;
    let made = invites(&house, json!({"show_link": false})).await;
    assert!(made.invite_url.is_none());
    let links = invitations::link(&house.tools, &camille(&house), ("aubepine", WIM)).await.unwrap();
    assert_eq!(mails(&house).await[0].2.as_ref(), Some(&links.invite_url));
    assert!(matches!(invitations::link(&house.tools, &camille(&house), ("aubepine", WIM)).await, Err(Refused::Impossible(_))));
    invitations::regenerate(&house.tools, &camille(&house), ("aubepine", WIM)).await.unwrap();
    assert!(invitations::link(&house.tools, &camille(&house), ("aubepine", WIM)).await.is_ok(), "a new link is another one");
}

#[tokio::test]
async fn j43_its_address_and_its_end_can_be_changed() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let until = house.tools.now().plus(60 * DAY);
    let change = InvitationChange { email: None, expires_at: Some(until) };
    let shown = invitations::update(&house.tools, &camille(&house), ("aubepine", WIM), Some(1), change).await.unwrap();
    assert_eq!(shown.it.expires_at, until);
    let stale = invitations::update(&house.tools, &camille(&house), ("aubepine", WIM), Some(1), InvitationChange::default()).await;
    assert!(matches!(stale, Err(Refused::Stale)));
    let change = InvitationChange { email: Some("w.janssens@morvan.test".to_owned()), expires_at: None };
    invitations::update(&house.tools, &camille(&house), ("aubepine", WIM), None, change).await.unwrap();
    assert_eq!(names_to(&house, "w.janssens@morvan.test").await, [MailName::Invitation]);
    assert_eq!(Walker::new(&house).opens(&path(&made)).await.errors(), ["E-LINK-OLD"], "the old mailbox has nothing in its hands");
    invites(&house, json!({"email": "luc@morvan.test"})).await;
    let change = InvitationChange { email: Some("luc@morvan.test".to_owned()), expires_at: None };
    assert!(matches!(
        invitations::update(&house.tools, &camille(&house), ("aubepine", "w.janssens@morvan.test"), None, change).await,
        Err(Refused::Taken("email"))
    ));
}

#[tokio::test]
async fn j43_what_was_taken_back_opens_nothing() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let id = made.shown.it.id.to_string();
    let shown = invitations::revoke(&house.tools, &camille(&house), ("aubepine", WIM)).await.unwrap();
    assert_eq!(shown.it.state, InvitationState::Revoked);
    assert_eq!(Walker::new(&house).opens(&path(&made)).await.errors(), ["E-LINK-REVOKED"]);
    let at = ("aubepine", id.as_str());
    assert!(matches!(invitations::revoke(&house.tools, &camille(&house), at).await, Err(Refused::Impossible(_))));
    assert!(matches!(invitations::resend(&house.tools, &camille(&house), at).await, Err(Refused::Impossible(_))));
    invites(&house, json!({})).await;
}

#[tokio::test]
async fn reminders_go_out_on_the_seventh_and_the_twenty_fifth_day_and_no_more() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let mut counts = Vec::new();
    for _ in 0..30 {
        house.waits(DAY);
        reminders::run(&house.tools).await.unwrap();
        reminders::run(&house.tools).await.unwrap();
        counts.push(names_to(&house, WIM).await.iter().filter(|name| **name == MailName::InvitationReminder).count());
    }
    assert_eq!((counts[5], counts[6], counts[23], counts[24], counts[29]), (0, 1, 1, 2, 2));
    let (_, _, link) = mails(&house).await.into_iter().find(|(name, _, _)| *name == MailName::InvitationReminder).unwrap();
    assert_eq!(link, made.invite_url, "it is the same link");
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_over() {
    let house = inviting_house().await;
    invites(&house, json!({})).await;
    invitations::revoke(&house.tools, &camille(&house), ("aubepine", WIM)).await.unwrap();
    house.waits(8 * DAY);
    reminders::run(&house.tools).await.unwrap();
    assert!(!names_to(&house, WIM).await.contains(&MailName::InvitationReminder));
}

#[tokio::test]
async fn a_reminder_that_a_stop_delayed_is_sent_afterwards() {
    let house = inviting_house().await;
    invites(&house, json!({})).await;
    house.waits(12 * DAY);
    reminders::run(&house.tools).await.unwrap();
    assert_eq!(names_to(&house, WIM).await.iter().filter(|name| **name == MailName::InvitationReminder).count(), 1);
}

#[tokio::test]
async fn a_csv_invites_line_by_line_and_the_same_file_again_nobody() {
    let house = inviting_house().await;
    let csv = "email,given_name,family_name,locale,clients,roles\n\
        wim@morvan.test,Wim,Janssens,fr,espace-client,\n\
        pas-une-adresse,,,,,\n\
        basile@morvan.test,Basile,Roux,en,nobody,\n\
        luc@morvan.test,Luc,Petit,en,espace-client,auditor\n\
        wim@morvan.test,,,,,\n\
        \"sonia@morvan.test\",Sonia,\"Le\nBris\",,,\n";
    let report = invitations::import(&house.tools, &camille(&house), "aubepine", csv.as_bytes()).await.unwrap();
    assert_eq!((report.invited, report.already_invited, report.wrong), (2, 1, 3));
    let wrong = report.lines.iter().filter_map(|line| if let LineReported::Wrong { line, field, .. } = line { Some((*line, field.as_deref())) } else { None });
    let wrong: Vec<_> = wrong.collect();
    assert_eq!(wrong, [(3, Some("email")), (4, Some("clients")), (7, Some("family_name"))]);
    assert!(!names_to(&house, "basile@morvan.test").await.contains(&MailName::Invitation), "a wrong line does nothing");
    let again = invitations::import(&house.tools, &camille(&house), "aubepine", csv.as_bytes()).await.unwrap();
    assert_eq!((again.invited, again.already_invited, again.wrong), (0, 3, 3));
    assert_eq!(names_to(&house, WIM).await, [MailName::Invitation]);
    // An inviter's file gives no roles.
    let roles = invitations::import(&house.tools, &inviter(&house, Role::Inviter), "aubepine", b"email,roles\nemilie@morvan.test,auditor\n").await.unwrap();
    assert_eq!((roles.invited, roles.wrong), (0, 1));
}

#[tokio::test]
async fn a_bounce_that_the_mail_system_tells_is_shown_and_told_to_the_inviter() {
    let house = inviting_house().await;
    let made = invites(&house, json!({})).await;
    let queued = house.tools.reads().queued_messages(Paging::first(10)).await.unwrap();
    let message = queued.iter().find(|message| message.mail().is_some()).unwrap().id.clone();
    let told = |mail: &str, recipient: Option<&str>| BounceTold {
        mail: mail.to_owned(),
        recipient: recipient.map(str::to_owned),
        reason: "550 5.1.1 unknown\r\nBcc: eve@courriel.test".to_owned(),
    };
    let by = camille(&house);
    for wrong in [told("nobody", None), told(&message, Some("autre@morvan.test"))] {
        assert!(matches!(invitations::bounced(&house.tools, &by, &wrong).await, Err(Refused::NotFound)));
    }
    assert!(matches!(
        invitations::bounced(&house.tools, &machine(&house, "invitation.write"), &told(&message, None)).await,
        Err(Refused::LacksScope("mail.write"))
    ));
    for _ in 0..2 {
        invitations::bounced(&house.tools, &by, &told(&format!("<{message}@aubepine.test>"), Some("Wim@morvan.test"))).await.unwrap();
    }
    assert_eq!(state(&house, &made).await, InvitationState::Bounced);
    assert_eq!(names_to(&house, "camille@courriel.test").await, [MailName::InvitationBounced], "told once");
    let change = InvitationChange { email: Some("wim.janssens@morvan.test".to_owned()), expires_at: None };
    let shown = invitations::update(&house.tools, &by, ("aubepine", WIM), None, change).await.unwrap();
    assert_eq!((shown.it.state, shown.it.bounce), (InvitationState::Pending, None));
    // The old mail says nothing about the new link.
    house.waits(1);
    invitations::regenerate(&house.tools, &by, ("aubepine", "wim.janssens@morvan.test")).await.unwrap();
    invitations::bounced(&house.tools, &by, &told(&message, None)).await.unwrap();
    assert_eq!(state(&house, &made).await, InvitationState::Pending);
    assert!(house.tools.store.load::<Message>(&Message::key_of(&message), house.tools.now()).await.unwrap().is_some());
}

#[tokio::test]
async fn an_inviter_sends_as_many_as_the_organisation_allows_in_a_day() {
    let house = inviting_house().await;
    crate::journeys::rules(&house, |tenant| tenant.settings.invitations_daily = 2).await;
    let by = inviter(&house, Role::Inviter);
    let invites = async |by: &By, email: &str| invitations::create(&house.tools, by, "aubepine", new(email, json!({}))).await;
    for email in [WIM, "basile@morvan.test"] {
        invites(&by, email).await.unwrap();
    }
    assert!(matches!(invites(&by, "pauline@morvan.test").await, Err(Refused::Quota { most: 2 })));
    assert!(matches!(invites(&by, WIM).await, Err(Refused::Taken("email"))), "what is refused anyhow is refused for its own reason");
    let report = invitations::import(&house.tools, &by, "aubepine", b"email\npauline@morvan.test\nlou@morvan.test\n").await.unwrap();
    assert_eq!((report.invited, report.wrong), (0, 2));
    assert!(names_to(&house, "pauline@morvan.test").await.is_empty());
    invites(&machine(&house, "invitation.read invitation.write"), "pauline@morvan.test").await.unwrap();
    house.waits(DAY);
    invites(&by, "lou@morvan.test").await.unwrap();
    assert_eq!(names_to(&house, "lou@morvan.test").await, [MailName::Invitation]);
}
