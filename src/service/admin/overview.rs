//! An organisation at a glance, as far as the caller may see it.

use super::{By, Refused, tenant};
use crate::{
    journey::Tools,
    model::{AccountState, MessageState, Role, TenantKind},
    policy::admin::{Place, Right},
    storage::Paging,
};

/// Nobody counts further: a number that is read on every visit must cost the same in every organisation.
pub const MOST: usize = 200;

/// What there is. What the caller may not see is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Accounts, up to one more than [`MOST`].
    pub accounts: Option<usize>,
    /// Mails that wait to be sent.
    pub mails_waiting: Option<usize>,
    /// Mails that were given up.
    pub mails_failed: Option<usize>,
    /// Applications that people reported.
    pub reports: Option<usize>,
    /// Is there but one who can give roles?
    pub is_administrator_alone: bool,
}

/// Look.
///
/// # Errors
/// See [`Refused`].
pub async fn overview(tools: &Tools, by: &By, name: &str) -> Result<Overview, Refused> {
    let tenant = tenant(tools, by, name, Right::TenantRead).await?;
    let may = |right| by.may(right, Place::Tenant(tenant.id));
    let reads = tools.reads();
    let mut seen = Overview::default();
    if may(Right::AccountRead) {
        seen.accounts = Some(reads.accounts(tenant.id, Paging::first(MOST + 1)).await?.len());
    }
    if may(Right::MailRead) {
        let mails = reads.mails_of(tenant.id, Paging::first(MOST + 1)).await?;
        let failed = mails.iter().filter(|mail| matches!(mail.state, MessageState::Failed)).count();
        (seen.mails_waiting, seen.mails_failed) = (Some(mails.len() - failed), Some(failed));
    }
    if may(Right::ClientRead) {
        seen.reports = Some(reads.reports(tenant.id, Paging::first(MOST + 1)).await?.len());
    }
    if may(Right::TenantWrite) {
        let chief = if tenant.kind == TenantKind::System { Role::Operator } else { Role::GlobalAdministrator };
        let holders = reads.accounts_with_roles(tenant.id, Paging::first(MOST)).await?;
        seen.is_administrator_alone = holders.iter().filter(|holder| holder.state == AccountState::Active && holder.roles.contains(&chief)).count() == 1;
    }
    Ok(seen)
}
