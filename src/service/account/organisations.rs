//! The organisations that a person has a place in, what they let them have, and the end of both.

use crate::{
    journey::{Tools, facts::Visitor},
    model::{Actor, AuditEvent, Client, EventName, Grant, Membership, OrganisationConsent, Subject, Tenant, TenantKind},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, Issuer, IssuerForm, TenantId, Timestamp},
};

/// More than anybody has.
const MOST: usize = 500;
/// Clients are read this many at a time.
const PAGE: usize = 200;

/// An organisation and what a person has to do with it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The organisation.
    pub tenant: Tenant,
    /// Is the account at home there?
    pub is_home: bool,
    /// The person's place there, where that is not their home.
    pub membership: Option<Membership>,
    /// What they let it have.
    pub permission: Option<OrganisationConsent>,
}

/// All of them: home first, if it is an organisation, then the others by their ids.
///
/// # Errors
/// The store failed.
pub async fn list(tools: &Tools, subject: Subject) -> Result<Vec<Place>, Fault> {
    let reads = tools.reads();
    let mut places = Vec::new();
    if let Some(home) = reads.tenant(subject.home).await?.filter(|home| home.kind == TenantKind::Organisation) {
        places.push(Place { tenant: home.into_value(), is_home: true, membership: None, permission: None });
    }
    for membership in reads.memberships(subject, Paging::first(MOST)).await? {
        let Some(tenant) = reads.tenant(membership.tenant).await? else { continue };
        let permission = reads.organisation_consent(tenant.id, subject).await?.map(Loaded::into_value);
        places.push(Place { tenant: tenant.into_value(), is_home: false, membership: Some(membership.into_value()), permission });
    }
    Ok(places)
}

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The organisation may have nothing any more; it can ask again.
    Withdraw,
    /// No place there any more, either.
    Leave,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is so, or was so already.
    Yes,
    /// The person has a role there, which somebody else has to take first.
    HasRole,
}

/// Take back what an organisation was let have, or leave it. All tokens that came of being there are dead with the same commit.
///
/// # Errors
/// The store failed.
pub async fn end(tools: &Tools, subject: Subject, tenant: TenantId, wish: Wish, visitor: &Visitor) -> Result<Done, Fault> {
    loop {
        let now = tools.now();
        let reads = tools.store.reads(now);
        let (membership, permission) = (reads.membership(tenant, subject).await?, reads.organisation_consent(tenant, subject).await?);
        if membership.is_none() && permission.is_none() || wish == Wish::Withdraw && permission.is_none() {
            return Ok(Done::Yes);
        }
        if wish == Wish::Leave && membership.as_ref().is_some_and(|membership| !membership.roles.is_empty()) {
            return Ok(Done::HasRole);
        }
        let mut batch = Batch::new(now);
        if let Some(permission) = &permission {
            batch.delete(permission);
        }
        if wish == Wish::Leave {
            if let Some(membership) = &membership {
                batch.delete(membership);
            }
            for consent in reads.consents(subject, Paging::first(MOST)).await?.iter().filter(|consent| consent.tenant == tenant) {
                batch.delete(consent);
            }
        }
        let revoked = revoke(tools, subject, tenant, &mut batch, now).await?;
        let event = |name| {
            let event = AuditEvent::new(name, tenant, Actor::person(subject), now).on("account", subject.id);
            event.from(visitor.ip.as_deref(), visitor.correlation.as_deref())
        };
        let mut withdrawn = event(EventName::ConsentOrgRevoked);
        withdrawn.reason = (wish == Wish::Leave).then(|| "left".to_owned());
        batch.audit(&withdrawn)?;
        if revoked > 0 {
            batch.audit(&AuditEvent { count: Some(revoked), ..event(EventName::TokenRevoked) })?;
        }
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Done::Yes),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Every token family that this person's presence there made, through whichever application.
async fn revoke(tools: &Tools, subject: Subject, tenant: TenantId, batch: &mut Batch, now: Timestamp) -> Result<u64, Fault> {
    let reads = tools.store.reads(now);
    let issuer = Issuer { tenant, form: IssuerForm::Tenant };
    let (mut revoked, mut paging) = (0, Paging::first(PAGE));
    loop {
        let clients = reads.clients(tenant, paging).await?;
        for client in &clients {
            for grant in reads.grants_of_consent(issuer, subject, &client.id, Paging::first(MOST)).await? {
                if grant.is_live_at(now) {
                    batch.update(grant.map(|grant: Grant| grant.revoke(now)))?;
                    revoked += 1;
                }
            }
        }
        match clients.last() {
            Some(last) if clients.len() == PAGE => paging = Paging::after(Client::key_of(last.tenant, &last.id), PAGE),
            _ => return Ok(revoked),
        }
    }
}
