//! What happened.

use super::Reads;
use crate::{
    model::{AuditRecord, Index, Key},
    storage::{Loaded, Paging, StoreError},
    values::TenantId,
};

impl Reads<'_> {
    /// The events of a tenant, in the order they happened.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn audit_of(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<AuditRecord>>, StoreError> {
        self.store.all(Index::AuditByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// One event by its place in a chain.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn audit_at(&self, stream: u8, sequence: u64) -> Result<Option<Loaded<AuditRecord>>, StoreError> {
        self.store.load(&AuditRecord::key_of(stream, sequence), self.now).await
    }
}
