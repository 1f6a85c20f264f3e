//! Signing keys.

use super::Reads;
use crate::{
    model::{Index, Key, SigningKey},
    storage::{Loaded, Paging, StoreError},
    values::Issuer,
};

impl Reads<'_> {
    /// The keys of an issuer, those that are not published yet or not used any more included.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn signing_keys(&self, issuer: Issuer) -> Result<Vec<Loaded<SigningKey>>, StoreError> {
        self.store.all(Index::SigningKeyByIssuer, &Key::of([&issuer.key()]), Paging::first(200), self.now).await
    }
}
