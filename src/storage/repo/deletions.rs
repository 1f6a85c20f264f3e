//! Accounts that go.

use super::Reads;
use crate::{
    model::{AccountDeletion, Index, Key, Subject},
    storage::{Loaded, Paging, StoreError},
    values::Digest,
};

impl Reads<'_> {
    /// The end that somebody wants of their account.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn deletion(&self, subject: Subject) -> Result<Option<Loaded<AccountDeletion>>, StoreError> {
        self.store.load(&AccountDeletion::key_of(subject), self.now).await
    }

    /// The end that this link puts off for good.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn deletion_by_link(&self, link: &Digest) -> Result<Option<Loaded<AccountDeletion>>, StoreError> {
        self.store.by(Index::AccountDeletionByLink, &Key::of([&link.text()]), self.now).await
    }

    /// All accounts that go, now or later.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn deletions(&self, page: Paging) -> Result<Vec<Loaded<AccountDeletion>>, StoreError> {
        self.store.all(Index::AccountDeletions, &Key::of(["all"]), page, self.now).await
    }
}
