//! Walks through the pages, and the browsers they happen in.

use super::Reads;
use crate::{
    model::{Device, Index, Journey, SetupLink},
    storage::{Loaded, Paging, StoreError},
    values::{BrowserId, JourneyId, TenantId},
};

impl Reads<'_> {
    /// A journey.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn journey(&self, id: &JourneyId) -> Result<Option<Loaded<Journey>>, StoreError> {
        self.store.load(&Journey::key_of(id), self.now).await
    }

    /// The unfinished journeys of a browser in a tenant.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn journeys_of(&self, browser: &BrowserId, tenant: TenantId) -> Result<Vec<Loaded<Journey>>, StoreError> {
        self.store.all(Index::JourneyByBrowser, &Journey::by_browser(browser, tenant), Paging::first(50), self.now).await
    }

    /// A browser.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn device(&self, id: &BrowserId) -> Result<Option<Loaded<Device>>, StoreError> {
        self.store.load(&Device::key_of(id), self.now).await
    }

    /// The set-up link, while there is one.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn setup_link(&self) -> Result<Option<Loaded<SetupLink>>, StoreError> {
        self.store.load(&SetupLink::the_key(), self.now).await
    }
}
