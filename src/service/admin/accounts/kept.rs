//! Whom nobody takes away: oneself, and the last one who can give roles. Whoever is on this machine can always give them, and is not held back.

use crate::{
    journey::Tools,
    model::{Account, AccountState, ActorKind, Role, Tenant, TenantKind},
    policy::admin::Caller,
    service::admin::{By, Refused},
    storage::{Batch, Loaded, Paging},
};

const PAGE: usize = 200;

/// The role that gives roles.
pub(super) fn chief(tenant: &Tenant) -> Role {
    if tenant.kind == TenantKind::System { Role::Operator } else { Role::GlobalAdministrator }
}

/// Whoever acts is not whom it is done to.
pub(super) fn not_oneself(by: &By, account: &Account) -> Result<(), Refused> {
    let is_person = matches!(by.actor.kind, ActorKind::Person | ActorKind::Admin | ActorKind::Operator);
    if is_person && by.actor.id.as_deref() == Some(account.id.to_string().as_str()) {
        return Err(Refused::Oneself);
    }
    Ok(())
}

/// Somebody else can still give roles. Two who take each other's role at the same moment do not both succeed: each rests on the other staying as they are.
pub(super) async fn not_the_last(tools: &Tools, by: &By, (tenant, account): (&Tenant, &Account), batch: &mut Batch) -> Result<(), Refused> {
    let chief = chief(tenant);
    if by.caller == Caller::Local || account.state != AccountState::Active || !account.roles.contains(&chief) {
        return Ok(());
    }
    let mut paging = Paging::first(PAGE);
    loop {
        let holders: Vec<Loaded<Account>> = tools.reads().accounts_with_roles(tenant.id, paging).await?;
        let stays = |holder: &&Loaded<Account>| holder.id != account.id && holder.state == AccountState::Active && holder.roles.contains(&chief);
        if let Some(other) = holders.iter().find(stays) {
            batch.unchanged(other);
            return Ok(());
        }
        let Some(last) = holders.last() else {
            return Err(Refused::LastAdministrator);
        };
        paging = Paging::after(Account::key_of(last.subject()), PAGE);
    }
}
