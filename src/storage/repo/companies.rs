//! Companies within organisations.

use super::Reads;
use crate::{
    model::{Company, Index, Key},
    storage::{Loaded, Paging, StoreError},
    values::{CompanyId, TenantId},
};

impl Reads<'_> {
    /// A company.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn company(&self, tenant: TenantId, id: CompanyId) -> Result<Option<Loaded<Company>>, StoreError> {
        self.store.load(&Company::key_of(tenant, id), self.now).await
    }

    /// The company that is there with this number in its country's register.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn company_by_number(&self, tenant: TenantId, country: &str, number: &str) -> Result<Option<Loaded<Company>>, StoreError> {
        self.store.by(Index::CompanyByNumber, &Company::by_number(tenant, country, number), self.now).await
    }

    /// The companies of an organisation, drafts among them.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn companies(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Company>>, StoreError> {
        self.store.all(Index::CompanyByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }
}
