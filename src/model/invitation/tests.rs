use uuid::Uuid;

use super::*;
use crate::values::AccountId;

const NOW: Timestamp = Timestamp(1_767_603_600);

fn link(n: u8) -> InvitationLink {
    InvitationLink { token: Digest([n; 32]), alias: Digest([n + 100; 32]), made_at: NOW }
}

fn invitation() -> Invitation {
    Invitation {
        tenant: TenantId(Uuid::from_u128(1)),
        id: InvitationId(Uuid::from_u128(2)),
        email: "Wim@Morvan.test".parse().unwrap(),
        given_name: None,
        family_name: None,
        locale: Locale::Fr,
        clients: Vec::new(),
        roles: BTreeSet::new(),
        message: None,
        inviter: Inviter { by: InvitedBy::Local, name: None },
        company: None,
        required_home: RequiredHome::Any,
        links: vec![link(1)],
        sealed: Some("sealed".to_owned()),
        was_shown: false,
        regenerated_from: None,
        created_at: NOW,
        updated_at: NOW,
        expires_at: NOW.plus(30 * DAY),
        sent_at: None,
        opened_at: None,
        bounce: None,
        remind_at: Some(NOW.plus(7 * DAY)),
        move_asked: None,
        self_service: SelfService::default(),
        end: InvitationEnd::NotYet,
    }
}

fn somebody() -> Subject {
    Subject { home: TenantId(Uuid::from_u128(3)), id: AccountId(Uuid::from_u128(4)) }
}

#[test]
fn where_it_stands_comes_from_what_happened_and_what_time_it_is() {
    let mut one = invitation();
    assert_eq!(one.state(NOW), InvitationState::Pending);
    one.sent_at = Some(NOW);
    assert_eq!(one.state(NOW), InvitationState::Sent);
    one.opened_at = Some(NOW);
    assert_eq!(one.state(NOW), InvitationState::Opened);
    one.bounce = Some(Bounce { at: NOW, reason: "550".to_owned() });
    assert_eq!(one.state(NOW), InvitationState::Bounced);
    assert_eq!(one.state(NOW.plus(30 * DAY)), InvitationState::Expired);
    let redeemed = one.redeemed(somebody(), NOW).unwrap();
    assert_eq!(redeemed.state(NOW.plus(31 * DAY)), InvitationState::Redeemed);
}

#[test]
fn it_is_redeemed_once_and_only_in_its_time() {
    let late = invitation().redeemed(somebody(), NOW.plus(30 * DAY));
    assert_eq!(late.unwrap_err(), InvitationOver);
    let redeemed = invitation().redeemed(somebody(), NOW).unwrap();
    assert!(redeemed.sealed.is_none() && redeemed.remind_at.is_none());
    assert_eq!(redeemed.clone().redeemed(somebody(), NOW).unwrap_err(), InvitationOver);
    assert_eq!(redeemed.clone().ended(InvitationEnd::Revoked { at: NOW }).unwrap_err(), InvitationOver);
    assert_eq!(redeemed.relinked(link(2), String::new(), NOW).unwrap_err(), InvitationOver);
}

#[test]
fn a_new_link_replaces_the_old_one_which_is_still_known() {
    let two = invitation().relinked(link(2), "anew".to_owned(), NOW.plus(40 * DAY)).unwrap();
    assert!(two.is_newest(&Digest([2; 32])) && two.is_newest(&Digest([102; 32])) && !two.is_newest(&Digest([1; 32])));
    assert_eq!(two.unique().iter().filter(|(index, _)| *index == Index::InvitationByLink).count(), 4);
    let many = (3..40).fold(two, |one, n| one.relinked(link(n), String::new(), NOW).unwrap());
    assert_eq!(many.links.len(), 20);
}

#[test]
fn reminders_come_on_the_seventh_and_the_twenty_fifth_day_while_it_is_open() {
    let one = invitation();
    assert_eq!(one.next_reminder(NOW), Some(NOW.plus(7 * DAY)));
    assert_eq!(one.next_reminder(NOW.plus(7 * DAY)), Some(NOW.plus(25 * DAY)));
    assert_eq!(one.next_reminder(NOW.plus(25 * DAY)), None);
    let short = Invitation { expires_at: NOW.plus(5 * DAY), ..one };
    assert_eq!(short.next_reminder(NOW), None);
}

#[test]
fn a_person_may_ask_for_three_links_a_day() {
    let mut one = invitation();
    for _ in 0..3 {
        one = one.served(NOW).unwrap();
    }
    assert!(one.clone().served(NOW.plus(DAY - 1)).is_none());
    assert_eq!(one.served(NOW.plus(DAY)).unwrap().self_service.count, 1);
}

#[test]
fn an_address_is_masked_down_to_its_first_letter() {
    assert_eq!(invitation().masked(), "W•••@Morvan.test");
}
