//! People walk through the pages: every journey over HTTP, in process, on a held clock.

pub(crate) mod company;
mod check;
mod activity;
mod captcha;
mod badge;
mod consent;
mod contact;
mod deletion;
pub(crate) mod forced;
mod guessing;
pub(crate) mod invited;
pub(crate) mod org_consent;
mod invited_company;
mod mail_sign_in;
mod password;
mod places;
mod portal;
mod privacy;
mod refusals;
pub(crate) mod reset;
mod resuming;
mod said;
mod sign_in;
pub(crate) mod sign_up;
mod sign_up_told;
mod subjects;
mod table;
mod trail;
pub(crate) mod terms;

use parvis::{
    model::{Account, Credential, CredentialKind, Subject, Tenant},
    values::Secret,
};

use crate::harness::{House, PASSWORD};

/// A house in which Camille has a password and the client asks for agreement.
pub(crate) async fn house() -> House {
    let house = House::opens().await;
    gives_password(&house, house.camille).await;
    house.registers(|client| client.consent = parvis::model::ConsentMode::Ask).await;
    house
}

/// Gives somebody the password.
pub(crate) async fn gives_password(house: &House, subject: Subject) {
    let phc = house.tools.hasher.hash(Secret::from(PASSWORD), house.tools.entropy.as_ref()).await.unwrap().unwrap();
    let kind = CredentialKind::Password { phc, must_change: false };
    house.keeps(&Credential { subject, id: Credential::PASSWORD.to_owned(), kind, created_at: house.tools.now() }).await;
}

/// Makes another account in the same home.
pub(crate) async fn newcomer(house: &House, number: u128, email: &str) -> Subject {
    let like = house.tools.reads().account(house.camille).await.unwrap().unwrap();
    let mut account: Account = like.into_value();
    account.id = parvis::values::AccountId(uuid::Uuid::from_u128(number));
    account.emails[0].address = email.parse().unwrap();
    account.phones.clear();
    account.aliases.clear();
    house.keeps(&account).await;
    gives_password(house, account.subject()).await;
    account.subject()
}

/// Changes the tenant's settings.
pub(crate) async fn rules(house: &House, change: impl FnOnce(&mut Tenant)) {
    house.changes::<Tenant>(Tenant::key_of(house.tenant), change).await;
}
