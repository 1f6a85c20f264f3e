//! Organisations.

use super::Reads;
use crate::{
    model::{Index, Key, Tenant},
    storage::{Loaded, Paging, StoreError},
    values::TenantId,
};

impl Reads<'_> {
    /// An organisation.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn tenant(&self, id: TenantId) -> Result<Option<Loaded<Tenant>>, StoreError> {
        self.store.load(&Tenant::key_of(id), self.now).await
    }

    /// The organisation that an address names by id, name or verified domain, in any case.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn tenant_named(&self, text: &str) -> Result<Option<Loaded<Tenant>>, StoreError> {
        if let Ok(id) = text.parse() {
            return self.tenant(id).await;
        }
        let name = Key::of([&text.to_ascii_lowercase()]);
        let index = if text.contains('.') { Index::TenantByDomain } else { Index::TenantBySlug };
        self.store.by(index, &name, self.now).await
    }

    /// The organisation that answers at the root addresses.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn default_tenant(&self) -> Result<Option<Loaded<Tenant>>, StoreError> {
        self.store.by(Index::TenantByDefault, &Key::of(["default"]), self.now).await
    }

    /// All organisations.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn tenants(&self, page: Paging) -> Result<Vec<Loaded<Tenant>>, StoreError> {
        self.store.all(Index::Tenants, &Key::of(["all"]), page, self.now).await
    }
}
