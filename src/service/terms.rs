//! Terms of use as others read them: the text of a version, and the version that somebody accepted.

use crate::{
    journey::Tools,
    model::{Client, Subject, TermsDocument},
    storage::Paging,
    values::{Fault, TenantId},
};

/// More documents than an organisation has.
const MOST: usize = 100;

/// The text of a published version in one language, exactly as it was published.
///
/// # Errors
/// The store failed.
pub async fn text(tools: &Tools, (tenant, document, version): (&str, &str, u32), tag: &str) -> Result<Option<String>, Fault> {
    let reads = tools.reads();
    let Some(tenant) = reads.tenant_named(tenant).await? else { return Ok(None) };
    let Some(document) = reads.terms_document(tenant.id, document).await? else { return Ok(None) };
    let wording = document.issue(version).and_then(|issue| issue.wordings.iter().find(|wording| wording.locale.tag() == tag));
    match wording {
        Some(wording) => Ok(reads.terms_text(tenant.id, wording).await?),
        None => Ok(None),
    }
}

/// Which version somebody accepted, for a client's claim `tou_version`: of the application's own document where there is one, else of the organisation's.
///
/// # Errors
/// The store failed.
pub async fn accepted_version(tools: &Tools, tenant: TenantId, client: &Client, subject: Subject) -> Result<Option<u32>, Fault> {
    let reads = tools.reads();
    let documents = reads.terms_documents(tenant, Paging::first(MOST)).await?;
    let applies = |document: &&TermsDocument| document.retired_at.is_none() && document.client.as_ref().is_none_or(|only| *only == client.id);
    let mut applying: Vec<&TermsDocument> = documents.iter().map(|document| &**document).filter(applies).collect();
    applying.sort_by_key(|document| document.client.is_none());
    let accepted = reads.terms_accepted(tenant, subject).await?;
    let last = |document: &&TermsDocument| accepted.iter().filter(|one| one.document == document.id).map(|one| one.version).max();
    Ok(applying.iter().find_map(last))
}
