//! Who sits at a console: somebody who is signed in in this browser and has a role in the organisation that the address names.

use std::collections::BTreeSet;

use super::By;
use crate::{
    journey::{Tools, facts::Visitor},
    model::{Account, AccountState, Role, Session, Settings, Tenant, TenantKind},
    policy::admin::{Caller, Place, Right},
    service::end_session,
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, Timestamp},
};

/// Use of a console is noted once in so many seconds.
const TOUCH: u64 = 60;
/// More places than anybody has.
const MOST: usize = 200;

/// Somebody with a role there.
#[derive(Clone, Debug)]
pub struct Seated {
    /// In which session.
    pub session: Loaded<Session>,
    /// Who.
    pub account: Loaded<Account>,
    /// As services know them.
    pub by: By,
}

impl Seated {
    /// Was the console used lately, or entered by a proof of who it is? A proof that is good enough for a sensitive act is good enough to look.
    #[must_use]
    pub fn is_open_at(&self, now: Timestamp, rules: &Settings) -> bool {
        let used = self.session.authenticated_at().max(self.session.console_at.unwrap_or_default());
        now < used.plus(rules.console_idle.max(rules.reauthentication))
    }
}

/// Who asks for a page of a console.
#[derive(Clone, Debug)]
pub enum Seat {
    /// Nobody is signed in.
    Nobody,
    /// Somebody without a role there.
    Outside(Box<Account>),
    /// Somebody with one.
    Taken(Box<Seated>),
}

/// Look among those who are signed in in this browser.
///
/// # Errors
/// The store failed.
pub async fn seat(tools: &Tools, tenant: &Tenant, visitor: &Visitor) -> Result<Seat, Fault> {
    let mut outside = None;
    for session in end_session::sessions(tools, visitor).await? {
        let Some(account) = active(tools, &session).await? else { continue };
        let Some(caller) = caller(tools, tenant, &account).await? else { continue };
        let by = By::console(caller, account.subject()).from(visitor.ip.as_deref(), visitor.correlation.as_deref());
        if by.may(Right::TenantRead, Place::Tenant(tenant.id)) {
            return Ok(Seat::Taken(Box::new(Seated { session, account, by })));
        }
        outside.get_or_insert(account);
    }
    Ok(outside.map_or(Seat::Nobody, |account| Seat::Outside(Box::new(account.into_value()))))
}

async fn active(tools: &Tools, session: &Session) -> Result<Option<Loaded<Account>>, Fault> {
    Ok(tools.reads().account(session.subject).await?.filter(|account| account.state == AccountState::Active))
}

/// As the one permission question knows the person: with the roles of the place, or of the operators' own tenant. In an organisation that is switched off
/// only operators sit.
async fn caller(tools: &Tools, tenant: &Tenant, account: &Account) -> Result<Option<Caller>, Fault> {
    let reads = tools.reads();
    let home = if account.home == tenant.id { None } else { reads.tenant(account.home).await? };
    if home.as_ref().is_some_and(|home| home.kind == TenantKind::System && home.is_active()) {
        return Ok(Some(Caller::at_console(account.home, true, account.roles.clone())));
    }
    let roles: BTreeSet<Role> = if !tenant.is_active() {
        BTreeSet::new()
    } else if account.home == tenant.id {
        account.roles.clone()
    } else {
        reads.membership(tenant.id, account.subject()).await?.map(|membership| membership.roles.clone()).unwrap_or_default()
    };
    Ok(Some(Caller::at_console(tenant.id, tenant.kind == TenantKind::System, roles)))
}

/// The organisations in which somebody signed in in this browser has a role; `None` when nobody is signed in.
///
/// # Errors
/// The store failed.
pub async fn places(tools: &Tools, visitor: &Visitor) -> Result<Option<Vec<Tenant>>, Fault> {
    let reads = tools.reads();
    let mut found: Vec<Tenant> = Vec::new();
    let mut is_anybody = false;
    for session in end_session::sessions(tools, visitor).await? {
        let Some(account) = active(tools, &session).await? else { continue };
        is_anybody = true;
        let mut tenants = Vec::new();
        if !account.roles.is_empty() {
            tenants.push(account.home);
        }
        let memberships = reads.memberships(account.subject(), Paging::first(MOST)).await?;
        tenants.extend(memberships.iter().filter(|membership| !membership.roles.is_empty()).map(|membership| membership.tenant));
        for id in tenants {
            if let Some(tenant) = reads.tenant(id).await?.filter(|tenant| found.iter().all(|known| known.id != tenant.id)) {
                found.push(tenant.into_value());
            }
        }
    }
    Ok(is_anybody.then_some(found))
}

/// Note that a console was used. Whoever changes the session at the same moment is right.
///
/// # Errors
/// The store failed.
pub async fn touch(tools: &Tools, session: Loaded<Session>) -> Result<(), Fault> {
    let now = tools.now();
    if session.console_at.is_some_and(|at| now.since(at) < TOUCH) {
        return Ok(());
    }
    let mut batch = Batch::new(now);
    batch.update(session.map(|session| Session { console_at: Some(now), ..session }))?;
    match tools.store.commit(batch).await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
