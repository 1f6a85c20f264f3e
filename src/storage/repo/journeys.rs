//! Walks through the pages, and the browsers they happen in.

use super::Reads;
use crate::{
    model::{Device, Journey, SetupLink},
    storage::{Loaded, StoreError},
    values::{BrowserId, JourneyId},
};

impl Reads<'_> {
    /// A journey.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn journey(&self, id: &JourneyId) -> Result<Option<Loaded<Journey>>, StoreError> {
        self.store.load(&Journey::key_of(id), self.now).await
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
