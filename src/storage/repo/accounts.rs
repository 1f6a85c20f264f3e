//! People, their credentials, their places, and what they agreed to.

use super::Reads;
use crate::{
    model::{Account, AccountState, Attempts, Consent, Credential, Index, Key, Membership, OrganisationConsent, Subject},
    storage::{Beginning, Entry, Loaded, Paging, StoreError},
    values::{ClientId, Digest, Email, TenantId},
};

type Found<T> = Result<Option<Loaded<T>>, StoreError>;
type Listed<T> = Result<Vec<Loaded<T>>, StoreError>;

impl Reads<'_> {
    /// A person.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn account(&self, subject: Subject) -> Found<Account> {
        self.store.load(&Account::key_of(subject), self.now).await
    }

    /// The person with this address in this home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn account_by_email(&self, home: TenantId, email: &Email) -> Found<Account> {
        self.store.by(Index::AccountByEmail, &Key::of([&home.to_string(), email.norm()]), self.now).await
    }

    /// The person with this login name in this home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn account_by_login(&self, home: TenantId, login: &str) -> Found<Account> {
        self.store.by(Index::AccountByLogin, &Key::of([&home.to_string(), login]), self.now).await
    }

    /// The people of a home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts(&self, home: TenantId, page: Paging) -> Listed<Account> {
        self.store.all(Index::AccountByTenant, &Key::of([&home.to_string()]), page, self.now).await
    }

    /// The people of a home who have a role there.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts_with_roles(&self, home: TenantId, page: Paging) -> Listed<Account> {
        self.store.all(Index::AccountByRole, &Key::of([&home.to_string()]), page, self.now).await
    }

    /// People who had another address lately, of all homes.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts_with_aliases(&self, page: Paging) -> Listed<Account> {
        self.store.all(Index::AccountByAlias, &Key::of(["alias"]), page, self.now).await
    }

    /// The people of a home who have a word that begins like this, each with that word.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts_by_word(&self, home: TenantId, start: &str, after: Option<&Entry>, limit: usize) -> Result<Vec<(Key, Loaded<Account>)>, StoreError> {
        self.store.all_beginning(Index::AccountByWord, &Beginning { start: &Key::of([&home.to_string(), start]), after, limit }, self.now).await
    }

    /// The people of a home who have an address that begins like this, each with that address.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts_by_address(
        &self,
        home: TenantId,
        start: &str,
        after: Option<&Entry>,
        limit: usize,
    ) -> Result<Vec<(Key, Loaded<Account>)>, StoreError> {
        self.store.all_beginning(Index::AccountByEmail, &Beginning { start: &Key::of([&home.to_string(), start]), after, limit }, self.now).await
    }

    /// The people of a home who are in this state, which is not the usual one.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn accounts_in_state(&self, home: TenantId, state: AccountState, page: Paging) -> Listed<Account> {
        self.store.all(Index::AccountByState, &Key::of([&home.to_string(), state.as_str()]), page, self.now).await
    }

    /// A person's password.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn password(&self, subject: Subject) -> Found<Credential> {
        self.store.load(&Credential::key_of(subject, Credential::PASSWORD), self.now).await
    }

    /// A person's place in an organisation that is not home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn membership(&self, tenant: TenantId, subject: Subject) -> Found<Membership> {
        self.store.load(&Membership::key_of(tenant, subject), self.now).await
    }

    /// The people of an organisation who have their home elsewhere.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn members(&self, tenant: TenantId, page: Paging) -> Listed<Membership> {
        self.store.all(Index::MembershipByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// A person's places in organisations that are not home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn memberships(&self, subject: Subject, page: Paging) -> Listed<Membership> {
        self.store.all(Index::MembershipByAccount, &Key::of([&subject.home.to_string(), &subject.id.to_string()]), page, self.now).await
    }

    /// What a person allows a client.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn consent(&self, tenant: TenantId, subject: Subject, client: &ClientId) -> Found<Consent> {
        self.store.load(&Consent::key_of(tenant, subject, client), self.now).await
    }

    /// All that a person allows.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn consents(&self, subject: Subject, page: Paging) -> Listed<Consent> {
        self.store.all(Index::ConsentByAccount, &Key::of([&subject.home.to_string(), &subject.id.to_string()]), page, self.now).await
    }

    /// What a person allows an organisation that is not home.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn organisation_consent(&self, tenant: TenantId, subject: Subject) -> Found<OrganisationConsent> {
        self.store.load(&OrganisationConsent::key_of(tenant, subject), self.now).await
    }

    /// All that a person allows organisations.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn organisation_consents(&self, subject: Subject, page: Paging) -> Listed<OrganisationConsent> {
        self.store.all(Index::OrganisationConsentByAccount, &Key::of([&subject.home.to_string(), &subject.id.to_string()]), page, self.now).await
    }

    /// Failures counted.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn attempts(&self, of: &Digest) -> Found<Attempts> {
        self.store.load(&Attempts::key_of(of), self.now).await
    }
}
