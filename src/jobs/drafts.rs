//! Lets go what inviters knew of companies to which nobody will come: of drafts whose every invitation was refused, taken back or replaced.
//!
//! An invitation whose time is over can be made anew, and one that was accepted left its draft to a person: either keeps it.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    journey::Tools,
    model::{Company, CompanyState, InvitationEnd, Record as _},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{CompanyId, Fault, TenantId, Timestamp},
};

/// How often.
pub const PERIOD: Duration = Duration::from_hours(6);
/// How many in one go.
const PAGE: usize = 200;
/// A draft this young may have an invitation that is being made.
const YOUNG: u64 = 86_400;

/// Let go what is due.
///
/// # Errors
/// The store failed.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    let now = tools.now();
    let mut page = Paging::first(PAGE);
    loop {
        let tenants = tools.store.reads(now).tenants(page).await?;
        for tenant in &tenants {
            clear(tools, tenant.id, now).await?;
        }
        let Some(last) = tenants.last().map(|last| last.key()).filter(|_| tenants.len() == PAGE) else { return Ok(()) };
        page = Paging::after(last, PAGE);
    }
}

/// The drafts of an organisation that only an inviter knows.
async fn drafts(tools: &Tools, tenant: TenantId, now: Timestamp) -> Result<BTreeMap<CompanyId, Loaded<Company>>, Fault> {
    let (mut found, mut page) = (BTreeMap::new(), Paging::first(PAGE));
    loop {
        let companies = tools.store.reads(now).companies(tenant, page).await?;
        let last = companies.last().map(|last| last.key()).filter(|_| companies.len() == PAGE);
        let is_old = |company: &Loaded<Company>| company.state == CompanyState::Draft && company.created_by.is_none() && now.since(company.updated_at) >= YOUNG;
        found.extend(companies.into_iter().filter(is_old).map(|company| (company.id, company)));
        let Some(last) = last else { return Ok(found) };
        page = Paging::after(last, PAGE);
    }
}

async fn clear(tools: &Tools, tenant: TenantId, now: Timestamp) -> Result<(), Fault> {
    let mut drafts = drafts(tools, tenant, now).await?;
    let (mut ended, mut page) = (BTreeMap::new(), Paging::first(PAGE));
    while !drafts.is_empty() {
        let invitations = tools.store.reads(now).invitations(tenant, page).await?;
        for invitation in &invitations {
            let Some(company) = invitation.company else { continue };
            if matches!(invitation.end, InvitationEnd::NotYet | InvitationEnd::Redeemed { .. }) {
                drafts.remove(&company);
            } else if let Some(draft) = drafts.get(&company) {
                ended.insert(company, draft.clone());
            }
        }
        let Some(last) = invitations.last().map(|last| last.key()).filter(|_| invitations.len() == PAGE) else { break };
        page = Paging::after(last, PAGE);
    }
    for (company, draft) in ended.into_iter().filter(|(company, _)| drafts.contains_key(company)) {
        let mut batch = Batch::new(now);
        batch.delete(&draft);
        match tools.store.commit(batch).await {
            Ok(()) => tracing::debug!(company = %company, "a draft that nobody comes for is let go"),
            // Somebody took it up at this moment.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
