//! Links that stand in mails.

use super::Reads;
use crate::{
    model::{CodeLink, UndoLink},
    storage::{Loaded, StoreError},
    values::Digest,
};

impl Reads<'_> {
    /// The link that shows a mailed code.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn code_link(&self, digest: &Digest) -> Result<Option<Loaded<CodeLink>>, StoreError> {
        self.store.load(&CodeLink::key_of(digest), self.now).await
    }

    /// The link that takes a new password back.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn undo_link(&self, digest: &Digest) -> Result<Option<Loaded<UndoLink>>, StoreError> {
        self.store.load(&UndoLink::key_of(digest), self.now).await
    }
}
