//! What the end of an account does to whom, and whom it would leave alone.

use crate::{
    journey::Tools,
    model::{Account, AccountState, Membership, Record as _, Role, Subject, TenantKind},
    storage::{Loaded, Paging},
    values::{Fault, Locale, TenantId},
};

/// More organisations than anybody has a place in.
const MOST: usize = 200;
/// People are read this many at a time.
const PAGE: usize = 500;

/// What it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Is the account the person's own to end, and not an organisation's?
    pub is_own: bool,
    /// The organisation that it belongs to.
    pub home: String,
    /// The organisations in which the person has a place.
    pub organisations: Vec<String>,
    /// How many applications have access.
    pub apps: usize,
    /// An organisation that nobody else administers.
    pub left_alone: Option<String>,
}

/// Look.
///
/// # Errors
/// The store failed.
pub async fn effects(tools: &Tools, account: &Account, locale: Locale) -> Result<Effects, Fault> {
    let (reads, subject) = (tools.reads(), account.subject());
    let mut effects = Effects { apps: reads.consents(subject, Paging::first(MOST)).await?.len(), ..Effects::default() };
    if let Some(home) = reads.tenant(account.home).await? {
        home.names.get(locale).clone_into(&mut effects.home);
        effects.is_own = home.kind == TenantKind::Personal;
        if account.roles.contains(&Role::GlobalAdministrator) && !has_another(tools, home.id, subject).await? {
            effects.left_alone = Some(effects.home.clone());
        }
    }
    for place in reads.memberships(subject, Paging::first(MOST)).await? {
        let Some(tenant) = reads.tenant(place.tenant).await? else { continue };
        let name = tenant.names.get(locale).to_owned();
        if place.roles.contains(&Role::GlobalAdministrator) && !has_another(tools, tenant.id, subject).await? {
            effects.left_alone = Some(name.clone());
        }
        effects.organisations.push(name);
    }
    Ok(effects)
}

/// Has this organisation a global administrator besides this one who may sign in?
async fn has_another(tools: &Tools, tenant: TenantId, but: Subject) -> Result<bool, Fault> {
    let reads = tools.reads();
    let counts = |account: &Loaded<Account>| account.subject() != but && account.state == AccountState::Active;
    let at_home = reads.accounts_with_roles(tenant, Paging::first(PAGE)).await?;
    if at_home.iter().any(|account| counts(account) && account.roles.contains(&Role::GlobalAdministrator)) {
        return Ok(true);
    }
    let mut page = Paging::first(PAGE);
    loop {
        let places: Vec<Loaded<Membership>> = reads.members(tenant, page).await?;
        for place in places.iter().filter(|place| place.roles.contains(&Role::GlobalAdministrator)) {
            if reads.account(place.subject).await?.is_some_and(|account| counts(&account)) {
                return Ok(true);
            }
        }
        match places.last().filter(|_| places.len() == PAGE) {
            Some(last) => page = Paging::after(last.key(), PAGE),
            None => return Ok(false),
        }
    }
}
