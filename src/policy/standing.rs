//! May this person, in this organisation, through this application?

use crate::model::{Account, AccountState, Client, Tenant};

/// Why somebody who proved who they are may not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// The organisation is switched off.
    TenantOff,
    /// The application is switched off.
    AppOff,
    /// The account is archived.
    Archived,
    /// The account is locked.
    Locked,
    /// The account has no place in this organisation.
    NotMember,
}

impl Barred {
    /// A word for the audit trail.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::TenantOff => "tenant",
            Self::AppOff => "app",
            Self::Archived => "archived",
            Self::Locked => "locked",
            Self::NotMember => "not_assigned",
        }
    }
}

/// What stands in anybody's way, whoever they are.
#[must_use]
pub fn vacant(tenant: &Tenant, client: Option<&Client>) -> Option<Barred> {
    if !tenant.is_active() {
        return Some(Barred::TenantOff);
    }
    client.is_some_and(|client| !client.is_active()).then_some(Barred::AppOff)
}

/// The first obstacle, if any. The same question is asked when a code is redeemed and when a token is refreshed.
#[must_use]
pub fn standing(tenant: &Tenant, client: Option<&Client>, account: &Account, is_member: bool) -> Option<Barred> {
    if let Some(barred) = vacant(tenant, client) {
        return Some(barred);
    }
    match account.state {
        AccountState::Archived => return Some(Barred::Archived),
        AccountState::Locked => return Some(Barred::Locked),
        AccountState::Active => {}
    }
    (account.home != tenant.id && !is_member).then_some(Barred::NotMember)
}
