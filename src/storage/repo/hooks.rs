//! Endpoints of webhooks, and what is on its way to them.

use super::Reads;
use crate::{
    model::{Endpoint, Hook, Index, Key, Message},
    storage::{Loaded, Paging, StoreError},
    values::TenantId,
};

impl Reads<'_> {
    /// An endpoint.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn endpoint(&self, tenant: TenantId, id: &str) -> Result<Option<Loaded<Endpoint>>, StoreError> {
        self.store.load(&Endpoint::key_of(tenant, id), self.now).await
    }

    /// The endpoints of an organisation's clients.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn endpoints(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Endpoint>>, StoreError> {
        self.store.all(Index::EndpointByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// Of the messages to one endpoint about one thing, the one that goes next.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn first_of_line(&self, hook: &Hook) -> Result<Option<Loaded<Message>>, StoreError> {
        Ok(self.store.all(Index::HookByLine, &hook.line(), Paging::first(1), self.now).await?.into_iter().next())
    }

    /// An organisation's webhooks that wait or were given up.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn open_hooks(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Message>>, StoreError> {
        self.store.all(Index::HookByTenant, &Key::of([&tenant.to_string(), "open"]), page, self.now).await
    }

    /// An organisation's webhooks that arrived.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn sent_hooks(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Message>>, StoreError> {
        self.store.all(Index::HookByTenant, &Key::of([&tenant.to_string(), "sent"]), page, self.now).await
    }
}
