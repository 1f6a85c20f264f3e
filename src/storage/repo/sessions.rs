//! Signed-in browsers.

use super::Reads;
use crate::{
    model::{Index, Key, Session, Subject},
    storage::{Loaded, Paging, StoreError},
    values::{Digest, SessionId},
};

impl Reads<'_> {
    /// The session whose cookie has this digest; it may have ended.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn session(&self, digest: &Digest) -> Result<Option<Loaded<Session>>, StoreError> {
        self.store.load(&Session::key_of(digest), self.now).await
    }

    /// The session that clients call so.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn session_by_sid(&self, sid: &SessionId) -> Result<Option<Loaded<Session>>, StoreError> {
        self.store.by(Index::SessionBySid, &Key::of([sid.as_ref()]), self.now).await
    }

    /// The sessions of a person.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn sessions(&self, subject: Subject, page: Paging) -> Result<Vec<Loaded<Session>>, StoreError> {
        self.store.all(Index::SessionByAccount, &Key::of([&subject.home.to_string(), &subject.id.to_string()]), page, self.now).await
    }
}
