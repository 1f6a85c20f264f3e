//! Terms of use as a journey needs them: the documents that apply, what was accepted, and the text that is to be read.

use super::Tools;
use crate::{
    model::{Subject, TermsAcceptance, TermsDocument, TermsIssue},
    storage::{Loaded, Paging, StoreError},
    values::{ClientId, Locale, TenantId, Timestamp},
};

/// More documents than an organisation has.
const MOST: usize = 100;

/// A text to be read, and what changed in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// In which language it is.
    pub locale: Locale,
    /// The text.
    pub text: String,
    /// What changed in each version since the last one that the person accepted, the oldest first.
    pub changes: Vec<(u32, String)>,
}

/// What is known about terms of use on the way into an application.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The documents that apply: the organisation's, then the application's.
    pub documents: Vec<Loaded<TermsDocument>>,
    /// What the person accepted here, ever.
    pub accepted: Vec<TermsAcceptance>,
    /// The text of what is due, loaded only where it is shown.
    pub reading: Option<Reading>,
}

impl Terms {
    /// What applies to somebody who enters an application.
    ///
    /// # Errors
    /// The store failed.
    pub async fn load(tools: &Tools, (tenant, client): (TenantId, &ClientId), subject: Subject, now: Timestamp) -> Result<Self, StoreError> {
        let reads = tools.store.reads(now);
        let mut documents = reads.terms_documents(tenant, Paging::first(MOST)).await?;
        documents.retain(|document| document.retired_at.is_none() && document.client.as_ref().is_none_or(|only| only == client));
        documents.sort_by_key(|document| document.client.is_some());
        let accepted = if documents.is_empty() { Vec::new() } else { reads.terms_accepted(tenant, subject).await? };
        Ok(Self { documents, accepted: accepted.into_iter().map(Loaded::into_value).collect(), reading: None })
    }

    /// The last version of a document that the person accepted.
    #[must_use]
    pub fn last_accepted(&self, document: &str) -> Option<u32> {
        self.accepted.iter().filter(|acceptance| acceptance.document == document).map(|acceptance| acceptance.version).max()
    }

    /// Load what is to be read.
    ///
    /// # Errors
    /// The store failed, or a text has lost a piece.
    pub async fn read(&mut self, tools: &Tools, (document, issue): (&TermsDocument, &TermsIssue), locale: Locale, now: Timestamp) -> Result<(), StoreError> {
        let reads = tools.store.reads(now);
        let Some(wording) = issue.wording(locale) else { return Ok(()) };
        let text = reads.terms_text(document.tenant, wording).await?;
        let text = text.ok_or_else(|| StoreError(format!("a piece of the terms {} is missing", wording.hash)))?;
        let mut changes = Vec::new();
        if let Some(last) = self.last_accepted(&document.id) {
            for since in document.issues.iter().filter(|since| since.number > last && since.number <= issue.number) {
                let release = reads.terms_release(document.tenant, &document.id, since.number).await?;
                changes.extend(release.map(|release| (since.number, release.summary.get(locale).to_owned())).filter(|(_, said)| !said.is_empty()));
            }
        }
        self.reading = Some(Reading { locale: wording.locale, text, changes });
        Ok(())
    }
}
