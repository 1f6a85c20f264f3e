//! What people may do.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{AccountShown, find, kept, shape::shown_at};
use crate::{
    journey::Tools,
    model::{Account, EventName, Role, Tenant, TenantKind},
    policy::admin::{Place, Right},
    service::admin::{By, Refused, Shown, as_seen, commit, invalid, tenant},
    storage::Batch,
    values::Timestamp,
};

/// Which roles a person is to have: these and no others.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolesWritten {
    /// All of them.
    pub roles: BTreeSet<Role>,
}

/// Set somebody's roles.
///
/// # Errors
/// See [`Refused`].
pub async fn set_roles(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, roles: BTreeSet<Role>) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::AccountWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    as_seen(&found, rev)?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    if found.roles.contains(&kept::chief(&tenant)) && !roles.contains(&kept::chief(&tenant)) {
        kept::not_oneself(by, &found)?;
        kept::not_the_last(tools, by, (&tenant, &found), &mut batch).await?;
    }
    let rev = found.version() + 1;
    let changed = found.try_map(|mut account| {
        give_roles(by, &tenant, &mut account, roles, (&mut batch, now))?;
        account.updated_at = now;
        Ok::<_, Refused>(account)
    })?;
    let shown = shown_at(rev, &changed);
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Judge them, and write them down.
pub(super) fn give_roles(by: &By, tenant: &Tenant, account: &mut Account, roles: BTreeSet<Role>, (batch, now): (&mut Batch, Timestamp)) -> Result<(), Refused> {
    by.must(Right::TenantWrite, Place::Tenant(tenant.id))?;
    let of_system = tenant.kind == TenantKind::System;
    if of_system {
        by.must_be_operator()?;
    }
    if roles.iter().any(|role| (*role == Role::Operator) != of_system) {
        return Err(invalid("roles", "operator is the role of the tenant system, and its only one"));
    }
    for (event, some, others) in [(EventName::RoleAssigned, &roles, &account.roles), (EventName::RoleRemoved, &account.roles, &roles)] {
        for role in some.difference(others) {
            let name = serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            batch.audit(&by.event_saying(event, tenant.id, now, name).on("account", account.id))?;
        }
    }
    account.roles = roles;
    Ok(())
}
