//! The consoles, walked through as administrators do.

mod accounts;
mod audit;
mod companies;
mod frame;
mod invitations;
mod strangers;
mod support;
mod terms;

use parvis::{
    model::{Account, Localised, Role, Subject, Tenant, TenantKind},
    values::TenantId,
};
use uuid::Uuid;

use crate::{
    harness::{House, PASSWORD, Walker},
    journeys::{house, newcomer},
};

/// The console of the organisation in which Camille is.
pub(crate) const ADMIN: &str = "/admin/aubepine";

/// A house in which Camille has these roles.
pub(crate) async fn staffed(roles: &[Role]) -> House {
    let house = house().await;
    gives(&house, house.camille, roles).await;
    house
}

/// Gives somebody these roles and no others.
pub(crate) async fn gives(house: &House, subject: Subject, roles: &[Role]) {
    let roles = roles.iter().copied().collect();
    house.changes::<Account>(Account::key_of(subject), |account| account.roles = roles).await;
}

/// Somebody, signed in at the console.
pub(crate) async fn at_console(house: &House, identifier: &str) -> Walker {
    let mut walker = Walker::new(house);
    walker.opens(ADMIN).await;
    walker.signs_in(identifier, PASSWORD).await;
    walker.walked();
    walker
}

/// Camille, signed in at the console of a house in which she has these roles.
pub(crate) async fn camille(roles: &[Role]) -> (House, Walker) {
    let house = staffed(roles).await;
    let walker = at_console(&house, "camille@courriel.test").await;
    (house, walker)
}

/// Another organisation, and somebody there.
pub(crate) async fn etude(house: &House) -> (TenantId, Subject) {
    let id = TenantId(Uuid::from_u128(0xe7));
    let names = Localised::same("Étude Lacaze");
    let tenant = Tenant { slug: "etude".to_owned(), names, ..Tenant::blank(id, TenantKind::Organisation, house.tools.now()) };
    house.keeps(&tenant).await;
    let pauline = newcomer_at(house, id, 0x106, "pauline@etude.test").await;
    (id, pauline)
}

/// Makes an account in another home.
pub(crate) async fn newcomer_at(house: &House, home: TenantId, number: u128, email: &str) -> Subject {
    let here = newcomer(house, number, email).await;
    let loaded = house.tools.reads().account(here).await.unwrap().unwrap();
    let password = house.tools.reads().password(here).await.unwrap().unwrap();
    let mut batch = parvis::storage::Batch::new(house.tools.now());
    batch.delete(&loaded).delete(&password);
    let subject = Subject { home, id: here.id };
    batch.insert(&Account { home, roles: [].into(), ..loaded.into_value() }).unwrap();
    batch.insert(&parvis::model::Credential { subject, ..password.into_value() }).unwrap();
    house.tools.store.commit(batch).await.unwrap();
    subject
}
