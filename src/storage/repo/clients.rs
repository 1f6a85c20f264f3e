//! Applications and the APIs they call.

use super::Reads;
use crate::{
    model::{Api, AppReport, Client, Index, Key},
    storage::{Loaded, Paging, StoreError},
    values::{ApiIdentifier, ClientId, Scope, TenantId},
};

impl Reads<'_> {
    /// A client.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn client(&self, tenant: TenantId, id: &ClientId) -> Result<Option<Loaded<Client>>, StoreError> {
        self.store.load(&Client::key_of(tenant, id), self.now).await
    }

    /// The clients of a tenant.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn clients(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Client>>, StoreError> {
        self.store.all(Index::ClientByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// A client of a tenant that runs in a browser at this origin; one is enough to know that there are some.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn clients_at_origin(&self, tenant: TenantId, origin: &str) -> Result<Vec<Loaded<Client>>, StoreError> {
        self.store.all(Index::ClientByOrigin, &Key::of([&tenant.to_string(), origin]), Paging::first(1), self.now).await
    }

    /// An API.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn api(&self, tenant: TenantId, identifier: &ApiIdentifier) -> Result<Option<Loaded<Api>>, StoreError> {
        self.store.load(&Api::key_of(tenant, identifier), self.now).await
    }

    /// The API that a scope belongs to.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn api_by_scope(&self, tenant: TenantId, scope: &Scope) -> Result<Option<Loaded<Api>>, StoreError> {
        self.store.by(Index::ApiByScope, &Key::of([&tenant.to_string(), scope.as_str()]), self.now).await
    }

    /// The APIs of a tenant.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn apis(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<Api>>, StoreError> {
        self.store.all(Index::ApiByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// A report, by what its person quotes.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn report(&self, tenant: TenantId, reference: &str) -> Result<Option<Loaded<AppReport>>, StoreError> {
        let report: Option<Loaded<AppReport>> = self.store.load(&AppReport::key_of(reference), self.now).await?;
        Ok(report.filter(|report| report.tenant == tenant))
    }

    /// Applications that people reported.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn reports(&self, tenant: TenantId, page: Paging) -> Result<Vec<Loaded<AppReport>>, StoreError> {
        self.store.all(Index::AppReportByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }
}
