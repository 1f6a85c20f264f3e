//! People, as administrators see and change them.

mod judged;
mod kept;
mod password;
mod roles;
mod search;
mod shape;
mod standing;
mod vouched;

use self::{password::credential, roles::give_roles, shape::shown_at};
use super::{By, Refused, Shown, as_seen, audit::events_of, commit, ending, invalid, members, patched, tenant};
use crate::{
    journey::Tools,
    model::{Account, AuditEvent, EventName, Subject, Tenant},
    policy::admin::{Place, Right},
    storage::{Batch, Loaded, Paging},
    values::{AccountId, Email, EntropyExt as _, TenantId},
};

pub(in crate::service::admin) use judged::apply;
pub use password::{NewPassword, set_password};
pub use roles::{RolesWritten, set_roles};
pub use search::{AccountsAsked, StateAsked, list};
pub(in crate::service::admin) use shape::written_of;
pub use shape::{AccountShown, AccountWritten, NewAccount};
pub use standing::{Standing, set_standing};
pub use vouched::{Contact, vouch};

/// How many events stand beside an account.
const LATELY: usize = 10;
/// More sessions than anybody has.
const MANY: usize = 200;

/// One person, by id, address or login name.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, who: &str) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let found = find(tools, tenant.id, who).await?;
    Ok(shown_at(found.version(), &found))
}

async fn find(tools: &Tools, home: TenantId, who: &str) -> Result<Loaded<Account>, Refused> {
    let reads = tools.reads();
    let found = match (who.parse::<AccountId>(), who.parse::<Email>()) {
        (Ok(id), _) => reads.account(Subject { home, id }).await?,
        (_, Ok(email)) => reads.account_by_email(home, &email).await?,
        _ => reads.account_by_login(home, &who.to_lowercase()).await?,
    };
    found.ok_or(Refused::NotFound)
}

/// One whom this caller may change: those who have a role are changed only by who may give roles, or else a lesser administrator could take over a
/// greater one's account.
async fn find_to_change(tools: &Tools, by: &By, name: &str, who: &str) -> Result<(Loaded<Tenant>, Loaded<Account>), Refused> {
    let tenant = tenant(tools, by, name, Right::AccountWrite).await?;
    let found = find(tools, tenant.id, who).await?;
    if !found.roles.is_empty() {
        by.must(Right::TenantWrite, Place::Tenant(tenant.id))?;
    }
    Ok((tenant, found))
}

/// A new person.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewAccount) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountWrite).await?;
    let now = tools.now();
    let mut account = Account::blank(Subject { home: tenant.id, id: AccountId(tools.entropy.uuid(now)) }, now);
    apply(&mut account, new.account)?;
    if account.emails.is_empty() && account.login.is_none() {
        return Err(invalid("email", "an account has an address or a login name"));
    }
    let mut batch = Batch::new(now);
    batch.unchanged(&tenant).audit(&by.event(EventName::AccountCreated, tenant.id, now).on("account", account.id))?;
    if !new.roles.is_empty() {
        give_roles(by, &tenant, &mut account, new.roles, (&mut batch, now))?;
    }
    if let Some(password) = new.password {
        let credential = credential(tools, &tenant, &account, NewPassword { password, must_change: new.must_change }).await?;
        batch.insert(&credential)?.audit(&by.event(EventName::PasswordSet, tenant.id, now).on("account", account.id))?;
    }
    batch.insert(&account)?;
    commit(tools, batch).await?;
    Ok(shown_at(1, &account))
}

/// Change what is written.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<AccountShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    as_seen(&found, rev)?;
    let after: AccountWritten = patched(&written_of(&found), patch)?;
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.try_map(|mut account| {
        apply(&mut account, after)?;
        account.updated_at = now;
        Ok::<_, Refused>(account)
    })?;
    if changed.emails.is_empty() && changed.login.is_none() {
        return Err(invalid("email", "an account has an address or a login name"));
    }
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::AccountUpdated, tenant.id, now, members(patch)).on("account", changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Sign somebody out everywhere: sessions, and what applications hold on the person's behalf.
///
/// # Errors
/// See [`Refused`].
pub async fn sign_out(tools: &Tools, by: &By, place: (&str, &str)) -> Result<(), Refused> {
    let (_, found) = find_to_change(tools, by, place.0, place.1).await?;
    let mut batch = Batch::new(tools.now());
    ending::end_everything(tools, by, found.subject(), &mut batch).await?;
    batch.unchanged(&found);
    commit(tools, batch).await
}

/// May this caller change this person?
///
/// # Errors
/// See [`Refused`].
pub async fn may_change(tools: &Tools, by: &By, place: (&str, &str)) -> Result<bool, Refused> {
    match find_to_change(tools, by, place.0, place.1).await {
        Ok(_) => Ok(true),
        Err(Refused::LacksRole | Refused::LacksScope(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// What happened to this person or by them in this organisation, the latest first.
///
/// # Errors
/// See [`Refused`].
pub async fn history(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Vec<AuditEvent>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::AccountRead).await?;
    let found = find(tools, tenant.id, place.1).await?;
    events_of(tools, tenant.id, found.id, LATELY).await
}

/// In how many browsers this person is signed in.
///
/// # Errors
/// See [`Refused`].
pub async fn open_sessions(tools: &Tools, by: &By, place: (&str, &str)) -> Result<usize, Refused> {
    let tenant = tenant(tools, by, place.0, Right::AccountRead).await?;
    let found = find(tools, tenant.id, place.1).await?;
    let now = tools.now();
    Ok(tools.store.reads(now).sessions(found.subject(), Paging::first(MANY)).await?.iter().filter(|session| session.is_live_at(now)).count())
}
