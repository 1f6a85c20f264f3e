//! J44: who is archived hears of it, and comes in by no invitation; who is restored hears of that.

use parvis::{
    model::{EventName, InvitationState, MailName, Role},
    policy::admin::Caller,
    service::admin::{
        By, Refused,
        accounts::{Standing, set_standing},
    },
    values::ClientId,
};
use serde_json::json;

use crate::{
    harness::House,
    journeys::{
        invited::{events, invites, inviting_house, mails, record},
        newcomer,
    },
};

const SONIA: &str = "sonia@courriel.test";

fn administrator(house: &House) -> By {
    let scopes = "account.read account.write tenant.write tenant.read".parse().unwrap();
    let caller = Caller::Person { tenant: house.tenant, of_system: false, scopes, roles: [Role::GlobalAdministrator].into() };
    By::person(caller, house.camille, &ClientId::from("console"))
}

async fn told(house: &House) -> Vec<(MailName, Option<String>)> {
    mails(house).await.into_iter().filter(|(_, to, _)| to == SONIA).map(|(name, _, link)| (name, link)).collect()
}

#[tokio::test]
async fn j44_who_is_archived_is_told_once_and_invited_no_more() {
    let house = inviting_house().await;
    let (by, sonia) = (administrator(&house), newcomer(&house, 0x20, SONIA).await);
    let waiting = invites(&house, json!({"email": SONIA})).await;
    let other = invites(&house, json!({})).await;
    let sets = async |standing| set_standing(&house.tools, &by, ("aubepine", &sonia.id.to_string()), standing).await;
    for _ in 0..2 {
        sets(Standing::Archive).await.unwrap();
    }
    let now = house.tools.now();
    assert_eq!(record(&house, &waiting).await.state(now), InvitationState::Revoked);
    assert_ne!(record(&house, &other).await.state(now), InvitationState::Revoked, "of others nothing");
    assert_eq!(events(&house).await.iter().filter(|event| **event == EventName::InvitationRevoked).count(), 1);
    let archived = told(&house).await.into_iter().filter(|(name, _)| *name == MailName::AccountArchived).count();
    assert_eq!(archived, 1, "once");

    sets(Standing::Restore).await.unwrap();
    let restored: Vec<_> = told(&house).await.into_iter().filter(|(name, _)| *name == MailName::AccountRestored).collect();
    assert_eq!(restored, [(MailName::AccountRestored, Some("https://id.aubepine.test/account".to_owned()))]);
    sets(Standing::Lock).await.unwrap();
    sets(Standing::Unlock).await.unwrap();
    assert_eq!(told(&house).await.len(), 3, "the invitation, and two words about the account");
}

#[tokio::test]
async fn j44_nobody_archives_themselves_and_nobody_is_told_of_what_was_refused() {
    let house = inviting_house().await;
    let came = set_standing(&house.tools, &administrator(&house), ("aubepine", &house.camille.id.to_string()), Standing::Archive).await;
    assert!(matches!(came, Err(Refused::Oneself)));
    assert!(mails(&house).await.iter().all(|(name, _, _)| *name != MailName::AccountArchived));
}
