//! The fictional people.

use std::collections::BTreeSet;

use super::tenants::fixed;
use crate::{
    model::{Account, AccountEmail, AccountPhone, AccountState, Localised, PostalAddress, Profile, Role},
    values::{AccountId, Email, EmailRefused, Locale, TenantId, Timestamp},
};

/// One person, before there is a record.
pub(super) struct Person {
    number: u16,
    /// Where the account is.
    pub(super) home: &'static str,
    /// What is typed to sign in.
    pub(super) address: &'static str,
    names: (&'static str, Option<&'static str>),
    role: Option<Role>,
    /// Organisations besides home.
    pub(super) member_of: &'static [&'static str],
    note: (&'static str, &'static str),
}

#[rustfmt::skip]
/// All of them.
pub(super) const PEOPLE: &[Person] = &[
    Person { number: 101, home: "personal", address: "camille@courriel.test", names: ("Camille", Some("Éon")), role: None, member_of: &["aubepine", "fournil"],
        note: ("cliente de Cabinet Aubépine et du Fournil Machines, toutes les informations remplies", "client of Cabinet Aubépine and of Le Fournil Machines, every claim filled") },
    Person { number: 102, home: "aubepine", address: "theo@aubepine.test", names: ("Théo", None), role: Some(Role::Helpdesk), member_of: &[],
        note: ("assistance de Cabinet Aubépine", "support at Cabinet Aubépine") },
    Person { number: 103, home: "morvan", address: "nadia.ferrand@morvan.test", names: ("Nadia", Some("Ferrand")), role: Some(Role::GlobalAdministrator), member_of: &[],
        note: ("administratrice générale des Ateliers Morvan", "global administrator of Ateliers Morvan") },
    Person { number: 104, home: "morvan", address: "luc.petit@morvan.test", names: ("Luc", Some("Petit")), role: Some(Role::ApplicationAdministrator), member_of: &[],
        note: ("administrateur des applications des Ateliers Morvan", "application administrator of Ateliers Morvan") },
    Person { number: 105, home: "morvan", address: "basile.roux@morvan.test", names: ("Basile", Some("Roux")), role: None, member_of: &[],
        note: ("des Ateliers Morvan", "of Ateliers Morvan") },
    Person { number: 106, home: "etude", address: "pauline@etude.test", names: ("Pauline", None), role: Some(Role::AccountAdministrator), member_of: &[],
        note: ("administratrice de comptes de l’Étude Lacaze", "account administrator of Étude Lacaze") },
    Person { number: 107, home: "etude", address: "sonia@etude.test", names: ("Sonia", None), role: Some(Role::Auditor), member_of: &[],
        note: ("lit le journal de l’Étude Lacaze", "auditor of Étude Lacaze") },
    Person { number: 108, home: "etude", address: "emilie@etude.test", names: ("Émilie", None), role: None, member_of: &[],
        note: ("de l’Étude Lacaze", "of Étude Lacaze") },
    Person { number: 109, home: "system", address: "ines@system.test", names: ("Ines", None), role: Some(Role::Operator), member_of: &[],
        note: ("opératrice de ce serveur", "operator of this server") },
];

impl Person {
    /// What stands on the front page beside the name.
    pub(super) fn note(&self) -> Localised {
        Localised { fr: self.note.0.to_owned(), en: self.note.1.to_owned() }
    }

    /// The name on the front page.
    pub(super) fn name(&self) -> String {
        [Some(self.names.0), self.names.1].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The address as a value.
    pub(super) fn email(&self) -> Result<Email, EmailRefused> {
        self.address.parse()
    }

    /// The account, if there is none yet.
    pub(super) fn record(&self, home: TenantId, now: Timestamp) -> Result<Account, EmailRefused> {
        let profile = Profile { given_name: Some(self.names.0.to_owned()), family_name: self.names.1.map(str::to_owned), ..Profile::default() };
        let account = Account {
            home,
            id: AccountId(fixed(self.number)),
            login: None,
            profile,
            locale: Some(Locale::Fr),
            emails: vec![AccountEmail { address: self.email()?, verified_at: Some(now) }],
            phones: Vec::new(),
            address: None,
            marketing: None,
            state: AccountState::Active,
            roles: self.role.into_iter().collect::<BTreeSet<_>>(),
            created_at: now,
            updated_at: now,
        };
        Ok(if self.address == "camille@courriel.test" { filled(account, now) } else { account })
    }
}

/// Every standard claim, for whoever wants to see them all.
fn filled(account: Account, now: Timestamp) -> Account {
    let some = |text: &str| Some(text.to_owned());
    let profile = Profile {
        middle_name: some("Jeanne"),
        nickname: some("Cam"),
        profile: some("https://courriel.test/camille"),
        picture: some("https://courriel.test/camille.png"),
        website: some("https://camille.courriel.test/"),
        gender: some("female"),
        birthdate: some("1986-05-04"),
        zoneinfo: some("Europe/Paris"),
        ..account.profile
    };
    let address = PostalAddress {
        street_address: some("12 rue des Tilleuls"),
        locality: some("Dijon"),
        region: some("Bourgogne-Franche-Comté"),
        postal_code: some("21000"),
        country: some("France"),
    };
    let phones = vec![AccountPhone { number: "+33199001234".to_owned(), verified_at: Some(now) }];
    Account { profile, phones, address: Some(address), ..account }
}
