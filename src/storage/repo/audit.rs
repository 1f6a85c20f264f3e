//! What happened.

use super::Reads;
use crate::{
    model::{AuditRecord, Index, Key},
    storage::{Loaded, Paging, StoreError},
    values::{AccountId, TenantId},
};

impl Reads<'_> {
    /// The events of a tenant, in the order they happened.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn audit_of(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<AuditRecord>>, StoreError> {
        self.store.all(Index::AuditByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// The events by an account or about it, in all organisations. Whoever shows them to anybody else than its owner must leave out what is of others.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn audit_of_account(&self, account: AccountId, page: Paging) -> Result<Vec<Loaded<AuditRecord>>, StoreError> {
        self.store.all(Index::AuditByAccount, &Key::of([&account.to_string()]), page, self.now).await
    }

    /// One event by its place in a chain.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn audit_at(&self, stream: u8, sequence: u64) -> Result<Option<Loaded<AuditRecord>>, StoreError> {
        self.store.load(&AuditRecord::key_of(stream, sequence), self.now).await
    }
}
