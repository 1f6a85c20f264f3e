//! The end of what a person has open: sessions, what applications hold on their behalf, and word of it to those that asked for it.

use std::collections::BTreeMap;

use super::Tools;
use crate::{
    model::{AuditEvent, EventName, Grant, Localised, Message, MessageKind, Session, SessionClient, SessionEnd, Subject, Tenant},
    storage::{Batch, Loaded, Paging, StoreError},
    values::{BrowserId, ClientId, EntropyExt as _, Fault, GrantId, Issuer, IssuerForm, SessionId, TenantId, Timestamp},
};

const MANY: usize = 1000;

/// A client that is being told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldClient {
    /// At which issuer it got tokens.
    pub issuer: Issuer,
    /// Which.
    pub client: ClientId,
    /// Its name on pages.
    pub names: Localised,
}

/// Queue a message to each client of a session that asked to be told of its end. [OpenID Connect Back-Channel Logout §2.5]
///
/// # Errors
/// The store failed.
pub async fn tell_clients(tools: &Tools, session: &Session, now: Timestamp, batch: &mut Batch) -> Result<Vec<ToldClient>, Fault> {
    let reads = tools.store.reads(now);
    let mut told = Vec::new();
    for SessionClient { issuer, client } in &session.clients {
        let Some(client) = reads.client(issuer.tenant, client).await? else { continue };
        if client.backchannel_logout_uri.is_none() {
            continue;
        }
        let kind = MessageKind::BackchannelLogout { issuer: *issuer, client: client.id.clone(), subject: session.subject, session: session.sid.clone() };
        let id = tools.entropy.uuid(now).to_string();
        batch.insert(&Message::queued(id, kind, now))?;
        told.push(ToldClient { issuer: *issuer, client: client.id.clone(), names: client.names.clone() });
    }
    Ok(told)
}

/// Whose sessions end, and who says so.
pub struct Closing<'a> {
    /// Whose.
    pub subject: Subject,
    /// The browser that keeps what it has, if one does.
    pub but: Option<&'a BrowserId>,
    /// An event of whoever does it, in a tenant.
    pub event: &'a (dyn Fn(EventName, TenantId) -> AuditEvent + Sync),
}

/// End every session of a person, revoke every grant, and write to every client that asked to be told; except what one browser has.
///
/// # Errors
/// The store failed.
pub async fn end_all(tools: &Tools, closing: &Closing<'_>, batch: &mut Batch, now: Timestamp) -> Result<(), Fault> {
    let reads = tools.store.reads(now);
    let mut grants: BTreeMap<GrantId, Loaded<Grant>> = BTreeMap::new();
    let mut kept: Vec<SessionId> = Vec::new();
    for session in reads.sessions(closing.subject, Paging::first(MANY)).await? {
        let is_live = session.is_live_at(now);
        if is_live && closing.but == Some(&session.browser) {
            kept.push(session.sid.clone());
            continue;
        }
        grants.extend(reads.grants_of_session(&session.sid, Paging::first(MANY)).await?.into_iter().map(|grant| (grant.id, grant)));
        if is_live {
            tell_clients(tools, &session, now, batch).await?;
            batch.audit(&(closing.event)(EventName::SessionRevoked, session.subject.home).on("session", &session.sid))?;
            batch.update(session.map(|session| session.end(now, SessionEnd::Revoked)))?;
        }
    }
    for (tenant, client) in clients_of(tools, closing.subject, now).await? {
        let issuer = Issuer { tenant, form: IssuerForm::Tenant };
        let found = reads.grants_of_consent(issuer, closing.subject, &client, Paging::first(MANY)).await?;
        grants.extend(found.into_iter().map(|grant| (grant.id, grant)));
    }
    for grant in grants.into_values().filter(|grant| grant.is_live_at(now) && !kept.contains(&grant.authentication.session)) {
        let event = (closing.event)(EventName::TokenRevoked, grant.issuer.tenant).on("grant", grant.id).through(&grant.client);
        batch.update(grant.map(|grant| grant.revoke(now)))?.audit(&event)?;
    }
    Ok(())
}

/// Every client that may hold something: those the person agreed to, and those of the person's organisations that need no agreement.
async fn clients_of(tools: &Tools, subject: Subject, now: Timestamp) -> Result<Vec<(TenantId, ClientId)>, StoreError> {
    let reads = tools.store.reads(now);
    let mut found: Vec<(TenantId, ClientId)> = Vec::new();
    for consent in reads.consents(subject, Paging::first(MANY)).await? {
        found.push((consent.tenant, consent.client.clone()));
    }
    let tenants: Vec<Loaded<Tenant>> = reads.tenants(Paging::first(MANY)).await?;
    for tenant in tenants {
        if tenant.id != subject.home && reads.membership(tenant.id, subject).await?.is_none() {
            continue;
        }
        for client in reads.clients(tenant.id, Paging::first(MANY)).await? {
            found.push((tenant.id, client.id.clone()));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
