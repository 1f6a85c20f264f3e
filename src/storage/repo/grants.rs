//! Codes, token families, and access tokens as far as they are remembered.

use super::Reads;
use crate::{
    model::{AuthorizationCode, Grant, Index, Key, OpaqueAccessToken, RevokedToken, Subject},
    storage::{Loaded, Paging, StoreError},
    values::{ClientId, Digest, GrantId, Issuer, SessionId},
};

impl Reads<'_> {
    /// A code.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn authorization_code(&self, digest: &Digest) -> Result<Option<Loaded<AuthorizationCode>>, StoreError> {
        self.store.load(&AuthorizationCode::key_of(digest), self.now).await
    }

    /// A token family.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn grant(&self, id: GrantId) -> Result<Option<Loaded<Grant>>, StoreError> {
        self.store.load(&Grant::key_of(id), self.now).await
    }

    /// The families that came from a session.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn grants_of_session(&self, session: &SessionId, page: Paging) -> Result<Vec<Loaded<Grant>>, StoreError> {
        self.store.all(Index::GrantBySession, &Key::of([session.as_ref()]), page, self.now).await
    }

    /// The families that one person's agreement to one client covers.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn grants_of_consent(&self, issuer: Issuer, subject: Subject, client: &ClientId, page: Paging) -> Result<Vec<Loaded<Grant>>, StoreError> {
        self.store.all(Index::GrantByConsent, &Grant::by_consent(issuer, subject, client), page, self.now).await
    }

    /// An opaque access token.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn opaque_access_token(&self, digest: &Digest) -> Result<Option<Loaded<OpaqueAccessToken>>, StoreError> {
        self.store.load(&OpaqueAccessToken::key_of(digest), self.now).await
    }

    /// The opaque access tokens of a family.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn opaque_access_tokens_of(&self, grant: GrantId, page: Paging) -> Result<Vec<Loaded<OpaqueAccessToken>>, StoreError> {
        self.store.all(Index::OpaqueAccessTokenByGrant, &Key::of([&grant.to_string()]), page, self.now).await
    }

    /// Was this JWT revoked alone?
    ///
    /// # Errors
    /// The engine failed.
    pub async fn revoked_token(&self, issuer: Issuer, jti: &str) -> Result<Option<Loaded<RevokedToken>>, StoreError> {
        self.store.load(&RevokedToken::key_of(issuer, jti), self.now).await
    }
}
