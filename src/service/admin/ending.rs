//! The end of all that a person has open: sessions, and what applications hold on their behalf.

use std::collections::BTreeMap;

use crate::{
    journey::Tools,
    model::{AuditEvent, EventName, Grant, Session, SessionEnd, Subject, Tenant},
    service::sign_out::tell_clients,
    storage::{Batch, Loaded, Paging, StoreError},
    values::{ClientId, Fault, GrantId, Issuer, IssuerForm, TenantId},
};

use super::By;

const MANY: usize = 1000;

/// End every session of a person, revoke every grant, and write to every client that asked to be told.
pub(super) async fn end_everything(tools: &Tools, by: &By, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let now = tools.now();
    let reads = tools.reads();
    let mut grants: BTreeMap<GrantId, Loaded<Grant>> = BTreeMap::new();
    for session in reads.sessions(subject, Paging::first(MANY)).await? {
        grants.extend(reads.grants_of_session(&session.sid, Paging::first(MANY)).await?.into_iter().map(|grant| (grant.id, grant)));
        if session.is_live_at(now) {
            end(tools, by, session, batch).await?;
        }
    }
    for (tenant, client) in clients_of(tools, subject).await? {
        let issuer = Issuer { tenant, form: IssuerForm::Tenant };
        let found = reads.grants_of_consent(issuer, subject, &client, Paging::first(MANY)).await?;
        grants.extend(found.into_iter().map(|grant| (grant.id, grant)));
    }
    for grant in grants.into_values().filter(|grant| grant.is_live_at(now)) {
        let event: AuditEvent = by.event(EventName::TokenRevoked, grant.issuer.tenant, now).on("grant", grant.id).through(&grant.client);
        batch.update(grant.map(|grant| grant.revoke(now)))?.audit(&event)?;
    }
    Ok(())
}

async fn end(tools: &Tools, by: &By, session: Loaded<Session>, batch: &mut Batch) -> Result<(), Fault> {
    let now = tools.now();
    tell_clients(tools, &session, now, batch).await?;
    batch.audit(&by.event(EventName::SessionRevoked, session.subject.home, now).on("session", &session.sid))?;
    batch.update(session.map(|session| session.end(now, SessionEnd::Revoked)))?;
    Ok(())
}

/// Every client that may hold something: those the person agreed to, and those of the person's organisations that need no agreement.
async fn clients_of(tools: &Tools, subject: Subject) -> Result<Vec<(TenantId, ClientId)>, StoreError> {
    let reads = tools.reads();
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
