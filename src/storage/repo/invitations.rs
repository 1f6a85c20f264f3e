//! Invitations.

use super::Reads;
use crate::{
    model::{Index, Invitation, Key, Subject},
    storage::{Loaded, Paging, StoreError},
    values::{Digest, Email, InvitationId, TenantId},
};

impl Reads<'_> {
    /// An invitation of an organisation.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitation(&self, tenant: TenantId, id: InvitationId) -> Result<Option<Loaded<Invitation>>, StoreError> {
        self.store.load(&Invitation::key_of(tenant, id), self.now).await
    }

    /// The invitation that a link is of, or was.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitation_by_link(&self, digest: &Digest) -> Result<Option<Loaded<Invitation>>, StoreError> {
        self.store.by(Index::InvitationByLink, &Key::of([&digest.text()]), self.now).await
    }

    /// The invitation of an address into an organisation that is open, or over by time only.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitation_of(&self, tenant: TenantId, email: &Email) -> Result<Option<Loaded<Invitation>>, StoreError> {
        self.store.by(Index::InvitationByEmail, &Key::of([&tenant.to_string(), email.norm()]), self.now).await
    }

    /// The invitations of an organisation.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitations(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Invitation>>, StoreError> {
        self.store.all(Index::InvitationByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// The invitations that somebody redeemed.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitations_redeemed_by(&self, subject: Subject) -> Result<Vec<Loaded<Invitation>>, StoreError> {
        let value = Key::of([&subject.home.to_string(), &subject.id.to_string()]);
        self.store.all(Index::InvitationByRedeemer, &value, Paging::first(100), self.now).await
    }

    /// The invitations whose person is to be reminded on a day.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn invitations_to_remind(&self, day: u64, page: Paging) -> Result<Vec<Loaded<Invitation>>, StoreError> {
        self.store.all(Index::InvitationByReminder, &Invitation::reminders_of(day), page, self.now).await
    }
}
