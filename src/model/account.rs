//! People.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Table};
use crate::values::{AccountId, Email, Locale, TenantId, Timestamp, folded};

/// Who: an account and the tenant that is its home. Evidence, sessions and grants name their subject by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The home tenant, for ever.
    pub home: TenantId,
    /// The person there.
    pub id: AccountId,
}

/// An address of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEmail {
    /// The address.
    pub address: Email,
    /// Since when its owner proved it; only a proof sets this.
    pub verified_at: Option<Timestamp>,
}

/// An address of before: whoever has not heard of the new one still finds the account by it, and nobody else gets it meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailAlias {
    /// As it was.
    #[serde(flatten)]
    pub was: AccountEmail,
    /// Since when another is in its place.
    pub since: Timestamp,
}

impl EmailAlias {
    /// For how long it stays.
    pub const LIFETIME: u64 = 30 * 86_400;

    /// Is it over?
    #[must_use]
    pub fn is_over_at(&self, now: Timestamp) -> bool {
        self.since.plus(Self::LIFETIME) <= now
    }
}

/// A telephone number of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPhone {
    /// In E.164 form.
    pub number: String,
    /// Since when its owner proved it.
    pub verified_at: Option<Timestamp>,
}

/// May this person sign in?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Yes.
    Active,
    /// No; kept, hidden, restorable.
    Archived,
    /// No, until somebody unlocks it.
    Locked,
}

impl AccountState {
    /// Its name in the store and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Locked => "locked",
        }
    }
}

/// What a person may do for an organisation beyond using it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, in every tenant; only in the tenant `system`.
    Operator,
    /// Everything in its tenant.
    GlobalAdministrator,
    /// Applications of its tenant.
    ApplicationAdministrator,
    /// Accounts of its tenant.
    AccountAdministrator,
    /// Invites people.
    Inviter,
    /// Helps people who call: finds one account at a time, and invites again.
    Helpdesk,
    /// Reads the audit trail.
    Auditor,
}

/// The standard claims of the scope `profile` that are not computed. [OpenID Connect Core §5.1]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Given names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Family names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Middle names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// What friends say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Page about the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Picture's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The person's own page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// As the person says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthdate: Option<String>,
    /// IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
}

/// A postal address. [OpenID Connect Core §5.1.1]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PostalAddress {
    /// Street and number, lines.
    pub street_address: Option<String>,
    /// City.
    pub locality: Option<String>,
    /// State or region.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// Whether somebody wishes to have news, as they chose beside the sentence that they read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marketing {
    /// Do they?
    pub agreed: bool,
    /// The sentence, word for word: its version.
    pub text: String,
    /// Since when.
    pub at: Timestamp,
}

/// One person in one home tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The home tenant.
    pub home: TenantId,
    /// Clients see it as `sub` and `oid`.
    pub id: AccountId,
    /// A login name beside the address, where the tenant uses them; lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Names and the like.
    #[serde(default)]
    pub profile: Profile,
    /// Preferred language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// Addresses; the first is the primary one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<AccountEmail>,
    /// Addresses of before, for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<EmailAlias>,
    /// Numbers; the first is the primary one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<AccountPhone>,
    /// Where the person lives or works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<PostalAddress>,
    /// News from the organisation, where they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marketing: Option<Marketing>,
    /// May this person sign in?
    pub state: AccountState,
    /// What this person may do in the home tenant.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<Role>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change of what clients see: the claim `updated_at`.
    pub updated_at: Timestamp,
}

impl Account {
    /// Somebody of whom nothing is known.
    #[must_use]
    pub fn blank(subject: Subject, now: Timestamp) -> Self {
        Self {
            home: subject.home,
            id: subject.id,
            login: None,
            profile: Profile::default(),
            locale: None,
            emails: Vec::new(),
            aliases: Vec::new(),
            phones: Vec::new(),
            address: None,
            marketing: None,
            state: AccountState::Active,
            roles: BTreeSet::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Who this is.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject { home: self.home, id: self.id }
    }

    /// The key of an account: without its home tenant nobody finds it.
    #[must_use]
    pub fn key_of(subject: Subject) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string()])
    }

    /// What the person is looked for by beside the addresses, folded: the parts of the names, the parts of what is before the at sign, the login name. What an
    /// address or another word begins with is left out, as whoever looks for it finds that one.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let profile = &self.profile;
        let mut words: Vec<String> = Vec::new();
        for address in self.addresses() {
            let whole = folded(address);
            let local = whole.split_once('@').map_or(whole.as_str(), |(local, _)| local);
            words.extend(parts(local).filter(|part| !address.starts_with(part.as_str())));
            if whole != address {
                words.push(whole);
            }
        }
        if let Some(login) = self.login.as_deref().map(folded) {
            words.extend(parts(&login));
            words.push(login);
        }
        let names = [&profile.given_name, &profile.family_name, &profile.middle_name, &profile.nickname];
        words.extend(names.into_iter().flatten().flat_map(|name| parts(&folded(name)).collect::<Vec<_>>()));
        for word in &mut words {
            *word = word.chars().take(Self::LONGEST_WORD).collect();
        }
        words.sort_unstable();
        words.dedup();
        // In their order, what a word begins stands right after it.
        let covered: Vec<bool> = words.iter().zip(words.iter().skip(1)).map(|(word, next)| next.starts_with(word.as_str())).collect();
        let mut place = 0;
        words.retain(|_| {
            place += 1;
            !covered.get(place - 1).copied().unwrap_or_default()
        });
        words.truncate(Self::MOST_WORDS);
        words
    }

    /// The addresses that lead to it, those of before too, as an index has them.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.emails.iter().chain(self.aliases.iter().map(|alias| &alias.was)).map(|email| email.address.norm())
    }

    /// Is it found by a word that begins so? Folded.
    #[must_use]
    pub fn is_found_by(&self, start: &str) -> bool {
        self.words().iter().any(|word| word.starts_with(start)) || self.addresses().any(|address| address.starts_with(start))
    }

    /// Words are looked for by no more characters than this.
    pub const LONGEST_WORD: usize = 64;
    /// Nobody is looked for by more words.
    const MOST_WORDS: usize = 16;

    /// The name to show: given and family name, else the address, else the login name.
    #[must_use]
    pub fn display_name(&self) -> String {
        let parts = [&self.profile.given_name, &self.profile.family_name];
        let name = parts.into_iter().flatten().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            return name;
        }
        self.primary_email().map(|email| email.address.spelt().to_owned()).or_else(|| self.login.clone()).unwrap_or_default()
    }

    /// Where mail goes.
    #[must_use]
    pub fn primary_email(&self) -> Option<&AccountEmail> {
        self.emails.first()
    }

    /// Is this one of its addresses, or one of before?
    #[must_use]
    pub fn answers_to(&self, address: &Email) -> bool {
        self.addresses().any(|own| own == address.norm())
    }

    /// A new primary address, whose owner proved it; the one before becomes an alias.
    #[must_use]
    pub fn moved_to(mut self, address: Email, now: Timestamp) -> Self {
        self.aliases.retain(|alias| alias.was.address.norm() != address.norm());
        self.emails.retain(|email| email.address.norm() != address.norm());
        let proved = AccountEmail { address, verified_at: Some(now) };
        if let Some(primary) = self.emails.first_mut() {
            let was = std::mem::replace(primary, proved);
            self.aliases.push(EmailAlias { was, since: now });
        } else {
            self.emails.push(proved);
        }
        self.updated_at = now;
        self
    }

    /// The address that was left at this time, if the account can still go back to it.
    #[must_use]
    pub fn left_at(&self, old: &Email, since: Timestamp) -> Option<&EmailAlias> {
        self.aliases.iter().find(|alias| alias.since == since && alias.was.address.norm() == old.norm())
    }

    /// Back to the address that was left at this time; what came in its place since then is gone. Nothing where it is no alias any more.
    #[must_use]
    pub fn moved_back(mut self, old: &Email, since: Timestamp, now: Timestamp) -> Self {
        let Some(alias) = self.left_at(old, since).cloned() else { return self };
        self.aliases.retain(|alias| alias.since < since);
        if let Some(primary) = self.emails.first_mut() {
            *primary = alias.was;
        }
        self.updated_at = now;
        self
    }

    /// What stands on pages beside the name: address or login.
    #[must_use]
    pub fn identifier(&self) -> String {
        self.primary_email().map(|email| email.address.spelt().to_owned()).or_else(|| self.login.clone()).unwrap_or_default()
    }
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '+' | '\'')).filter(|part| !part.is_empty()).map(str::to_owned)
}

impl Record for Account {
    const TABLE: Table = Table::Account;
    fn key(&self) -> Key {
        Self::key_of(self.subject())
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        let home = self.home.to_string();
        let emails = self.emails.iter().map(|email| (Index::AccountByEmail, Key::of([&home, email.address.norm()])));
        let phones = self.phones.iter().map(|phone| (Index::AccountByPhone, Key::of([&home, &phone.number])));
        let login = self.login.iter().map(|login| (Index::AccountByLogin, Key::of([&home, login])));
        let aliases = self.aliases.iter().map(|alias| &alias.was.address).filter(|alias| self.emails.iter().all(|email| email.address.norm() != alias.norm()));
        let aliases = aliases.map(|alias| (Index::AccountByEmail, Key::of([&home, alias.norm()])));
        emails.chain(aliases).chain(phones).chain(login).collect()
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        let home = self.home.to_string();
        let mut values = Vec::new();
        if !self.roles.is_empty() {
            values.push((Index::AccountByRole, Key::of([&home])));
        }
        if !self.aliases.is_empty() {
            values.push((Index::AccountByAlias, Key::of(["alias"])));
        }
        if self.state != AccountState::Active {
            values.push((Index::AccountByState, Key::of([&home, self.state.as_str()])));
        }
        values.extend(self.words().iter().map(|word| (Index::AccountByWord, Key::of([&home, word]))));
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_looked_for_by_names_and_addresses_and_no_word_stands_twice() {
        let subject = Subject { home: TenantId(uuid::Uuid::from_u128(1)), id: AccountId(uuid::Uuid::from_u128(2)) };
        let mut account = Account::blank(subject, Timestamp(0));
        account.profile.given_name = Some("Jean-Émile".to_owned());
        account.profile.family_name = Some("d’Éon".to_owned());
        account.login = Some("je.eon".to_owned());
        account.emails = vec![AccountEmail { address: "Emile.Eon@courriel.test".parse().unwrap(), verified_at: None }];
        assert_eq!(account.words(), ["d", "emile", "eon", "je.eon", "jean"]);
        for start in ["em", "emile.e", "emile.eon@courriel.test", "eon", "je.", "d"] {
            assert!(account.is_found_by(start), "{start}");
        }
        assert!(!account.is_found_by("mile") && !account.is_found_by("courriel"));
        account.profile.given_name = Some("a".repeat(200));
        assert!(account.words().iter().all(|word| word.len() <= Account::LONGEST_WORD));
    }
}
