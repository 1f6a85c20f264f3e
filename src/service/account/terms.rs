//! What a person accepted.

use crate::{
    journey::Tools,
    model::{Localised, Subject, TermsAcceptance},
    storage::{Loaded, Paging},
    values::Fault,
};

/// More than anybody accepted.
const MOST: usize = 500;

/// An acceptance, and what it was of.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The document's name.
    pub document: Localised,
    /// The organisation's.
    pub organisation: Localised,
    /// What was accepted, and when.
    pub acceptance: TermsAcceptance,
}

/// All of it, the latest first.
///
/// # Errors
/// The store failed.
pub async fn list(tools: &Tools, subject: Subject) -> Result<Vec<Accepted>, Fault> {
    let reads = tools.reads();
    let mut list = Vec::new();
    for acceptance in reads.terms_accepted_anywhere(subject, Paging::first(MOST)).await? {
        let Some(tenant) = reads.tenant(acceptance.tenant).await? else { continue };
        let Some(document) = reads.terms_document(acceptance.tenant, &acceptance.document).await? else { continue };
        list.push(Accepted { document: document.names.clone(), organisation: tenant.names.clone(), acceptance: Loaded::into_value(acceptance) });
    }
    list.sort_by_key(|accepted| std::cmp::Reverse(accepted.acceptance.at));
    Ok(list)
}
