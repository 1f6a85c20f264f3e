//! Helping people who call: one account at a time, by the whole address that the person says, and nothing that is secret. Each look is noted.

use super::{
    By, Refused, audit, commit,
    invitations::{self, InvitationShown},
    tenant,
};
use crate::{
    journey::{Tools, facts::account_of},
    model::{Account, AuditEvent, EventName, Outcome, Tenant},
    policy::admin::{Place, Right},
    storage::{Batch, Loaded, Paging},
    values::{Email, Timestamp},
};

/// How many events are told of.
const LATELY: usize = 10;
const MANY: usize = 200;

/// What a person who calls can be told.
#[derive(Clone, Debug)]
pub struct Card {
    /// Who.
    pub account: Account,
    /// Have they a password?
    pub has_password: bool,
    /// In how many browsers they are signed in.
    pub sessions: usize,
    /// The last sign-in that is noted.
    pub signed_in: Option<Timestamp>,
    /// What failed lately, the latest first.
    pub failures: Vec<AuditEvent>,
}

/// The invitations of a person, as far as who helps may see them: the one that stands under their address, and those that they accepted. Somebody who is invited
/// and has no account yet is found here only.
///
/// # Errors
/// See [`Refused`].
pub async fn invitations(tools: &Tools, by: &By, name: &str, who: &str) -> Result<Vec<InvitationShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::SupportRead).await?;
    if !by.may(Right::InvitationRead, Place::Tenant(tenant.id)) {
        return Ok(Vec::new());
    }
    let account = match account(tools, &tenant, who).await {
        Ok(account) => Some(account),
        Err(Refused::NotFound) => None,
        Err(refused) => return Err(refused),
    };
    let now = tools.now();
    let reads = tools.store.reads(now);
    let mut found = Vec::new();
    let typed = who.trim().parse::<Email>().ok();
    let own = account.as_ref().and_then(|account| account.primary_email()).map(|address| address.address.clone());
    for email in typed.into_iter().chain(own) {
        found.extend(reads.invitation_of(tenant.id, &email).await?);
    }
    if let Some(account) = &account {
        found.extend(reads.invitations_redeemed_by(account.subject()).await?.into_iter().filter(|invitation| invitation.tenant == tenant.id));
    }
    let mut shown: Vec<InvitationShown> = Vec::new();
    for invitation in found.iter().filter(|invitation| invitation.tenant == tenant.id) {
        if shown.iter().all(|known| known.id != invitation.id) {
            shown.push(invitations::shown_at(invitation.version(), invitation, now).it);
        }
    }
    if account.is_none() && !shown.is_empty() {
        let mut batch = Batch::new(now);
        for invitation in &shown {
            batch.audit(&by.event(EventName::SupportViewed, tenant.id, now).on("invitation", invitation.id))?;
        }
        commit(tools, batch).await?;
    }
    Ok(shown)
}

/// By the whole address or login name: nobody is found by a part of it.
async fn account(tools: &Tools, tenant: &Tenant, who: &str) -> Result<Loaded<Account>, Refused> {
    let (who, now) = (who.trim(), tools.now());
    let reads = tools.store.reads(now);
    let found = match who.parse::<Email>() {
        Ok(email) => account_of(tools, tenant.id, &email, now).await?,
        Err(_) => reads.account_by_login(tenant.id, &who.to_lowercase()).await?,
    };
    let found = found.ok_or(Refused::NotFound)?;
    // An account whose home is elsewhere is this organisation's business only where it has a place here.
    if found.home != tenant.id && reads.membership(tenant.id, found.subject()).await?.is_none() {
        return Err(Refused::NotFound);
    }
    Ok(found)
}

/// Look at an account, and note that it was looked at.
///
/// # Errors
/// See [`Refused`].
pub async fn card(tools: &Tools, by: &By, name: &str, who: &str) -> Result<Card, Refused> {
    let tenant = tenant(tools, by, name, Right::SupportRead).await?;
    let account = account(tools, &tenant, who).await?;
    let now = tools.now();
    let reads = tools.store.reads(now);
    let mut batch = Batch::new(now);
    batch.audit(&by.event(EventName::SupportViewed, tenant.id, now).on("account", account.id))?;
    let events = audit::events_of(tools, tenant.id, account.id, MANY).await?;
    let card = Card {
        has_password: reads.password(account.subject()).await?.is_some(),
        sessions: reads.sessions(account.subject(), Paging::first(MANY)).await?.iter().filter(|session| session.is_live_at(now)).count(),
        signed_in: events.iter().find(|event| event.event == EventName::SigninSucceeded).map(|event| event.at),
        failures: events.into_iter().filter(|event| event.outcome != Outcome::Success).take(LATELY).collect(),
        account: account.into_value(),
    };
    commit(tools, batch).await?;
    Ok(card)
}
