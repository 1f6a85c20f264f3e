//! Terms of use and who accepted them.

use super::Reads;
use crate::{
    model::{Index, Key, Subject, TermsAcceptance, TermsDocument, TermsRelease, TermsText, TermsWording},
    storage::{Loaded, Paging, StoreError},
    values::TenantId,
};

type Found<T> = Result<Option<Loaded<T>>, StoreError>;
type Listed<T> = Result<Vec<Loaded<T>>, StoreError>;

impl Reads<'_> {
    /// A document.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_document(&self, tenant: TenantId, id: &str) -> Found<TermsDocument> {
        self.store.load(&TermsDocument::key_of(tenant, id), self.now).await
    }

    /// An organisation's documents.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_documents(&self, tenant: TenantId, page: Paging) -> Listed<TermsDocument> {
        self.store.all(Index::TermsDocumentByTenant, &Key::of([&tenant.to_string()]), page, self.now).await
    }

    /// What changed in a version.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_release(&self, tenant: TenantId, document: &str, number: u32) -> Found<TermsRelease> {
        self.store.load(&TermsRelease::key_of(tenant, document, number), self.now).await
    }

    /// Versions about which people are still to be told.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_to_announce(&self, page: Paging) -> Listed<TermsRelease> {
        self.store.all(Index::TermsReleaseToAnnounce, &Key::of(["all"]), page, self.now).await
    }

    /// The first piece of a text.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_piece(&self, tenant: TenantId, hash: &str, place: u32) -> Found<TermsText> {
        self.store.load(&TermsText::key_of(tenant, hash, place), self.now).await
    }

    /// A whole text; `None` where a piece is missing.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_text(&self, tenant: TenantId, wording: &TermsWording) -> Result<Option<String>, StoreError> {
        let mut text = String::with_capacity(wording.bytes);
        for place in 0..wording.parts {
            let Some(piece) = self.terms_piece(tenant, &wording.hash, place).await? else { return Ok(None) };
            text.push_str(&piece.text);
        }
        Ok(Some(text))
    }

    /// What a person accepted in an organisation.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_accepted(&self, tenant: TenantId, subject: Subject) -> Listed<TermsAcceptance> {
        self.store.all(Index::TermsAcceptanceByPerson, &TermsAcceptance::by_person(tenant, subject), Paging::first(1000), self.now).await
    }

    /// All that a person accepted.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_accepted_anywhere(&self, subject: Subject, page: Paging) -> Listed<TermsAcceptance> {
        self.store.all(Index::TermsAcceptanceByAccount, &Key::of([&subject.home.to_string(), &subject.id.to_string()]), page, self.now).await
    }

    /// Who accepted a document.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn terms_acceptances(&self, tenant: TenantId, document: &str, page: Paging) -> Listed<TermsAcceptance> {
        self.store.all(Index::TermsAcceptanceByDocument, &Key::of([&tenant.to_string(), document]), page, self.now).await
    }
}
