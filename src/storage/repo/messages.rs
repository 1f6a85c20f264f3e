//! What is still to be sent.

use super::Reads;
use crate::{
    model::{Index, Key, Message},
    storage::{Loaded, Paging, StoreError},
    values::TenantId,
};

impl Reads<'_> {
    /// Messages to be sent, in the order they were made; some are not due yet.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn queued_messages(&self, page: Paging) -> Result<Vec<Loaded<Message>>, StoreError> {
        self.store.all(Index::MessageByDue, &Key::of(["queued"]), page, self.now).await
    }

    /// An organisation's mails that wait or were given up.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn mails_of(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Message>>, StoreError> {
        self.store.all(Index::MailByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// Messages given up.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn failed_messages(&self, page: Paging) -> Result<Vec<Loaded<Message>>, StoreError> {
        self.store.all(Index::MessageByDue, &Key::of(["failed"]), page, self.now).await
    }
}
