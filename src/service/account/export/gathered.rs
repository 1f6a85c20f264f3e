//! All that is kept of a person, but for what they prove themselves with.

use serde::Serialize;

use crate::{
    journey::Tools,
    model::{Account, ActorKind, AuditEvent, Localised, OrganisationConsent, Record as _, Role, Subject, TermsAcceptance},
    service::account::sessions,
    storage::{Loaded, Paging},
    values::{Fault, Scopes, TenantId, Timestamp},
};

/// Rows are read this many at a time.
const PAGE: usize = 500;

/// A place in an organisation.
#[derive(Debug, Serialize)]
pub struct Place {
    /// Which.
    pub organisation: Localised,
    /// What the person may do there.
    pub roles: Vec<Role>,
    /// Since when.
    pub since: Timestamp,
}

/// An application with access.
#[derive(Debug, Serialize)]
pub struct Allowed {
    /// Which.
    pub application: Localised,
    /// To what.
    pub scopes: Scopes,
    /// Since when.
    pub given_at: Timestamp,
    /// Last time it was used, to the day.
    pub used_at: Option<Timestamp>,
}

/// A browser that is or was signed in.
#[derive(Debug, Serialize)]
pub struct SignedIn {
    /// Which, as far as it said so.
    pub browser: Option<String>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// When it ends or ended.
    pub until: Timestamp,
}

/// All of it. Times are seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Serialize)]
pub struct Gathered {
    /// As of when.
    pub made_at: Timestamp,
    /// The organisation that the account belongs to.
    pub home: Option<Localised>,
    /// The account as it is kept.
    pub account: Account,
    /// Places in other organisations.
    pub organisations: Vec<Place>,
    /// Applications with access.
    pub applications: Vec<Allowed>,
    /// What organisations may have of the person, as it was agreed.
    pub permissions: Vec<OrganisationConsent>,
    /// Terms of use that were accepted.
    pub terms: Vec<TermsAcceptance>,
    /// Browsers.
    pub sessions: Vec<SignedIn>,
    /// What happened to the account, and what its owner did.
    pub events: Vec<AuditEvent>,
}

/// Gather it.
///
/// # Errors
/// The store failed.
pub async fn gathered(tools: &Tools, account: &Account) -> Result<Gathered, Fault> {
    let (reads, subject) = (tools.reads(), account.subject());
    let home = reads.tenant(subject.home).await?.map(|home| home.names.clone());
    let (mut organisations, mut tenants) = (Vec::new(), vec![subject.home]);
    for place in reads.memberships(subject, Paging::first(PAGE)).await? {
        tenants.push(place.tenant);
        let Some(tenant) = reads.tenant(place.tenant).await? else { continue };
        organisations.push(Place { organisation: tenant.names.clone(), roles: place.roles.iter().copied().collect(), since: place.created_at });
    }
    let mut applications = Vec::new();
    for consent in reads.consents(subject, Paging::first(PAGE)).await? {
        let Some(client) = reads.client(consent.tenant, &consent.client).await? else { continue };
        let (scopes, given_at, used_at) = (consent.scopes.clone(), consent.given_at, consent.used_at);
        applications.push(Allowed { application: client.names.clone(), scopes, given_at, used_at });
    }
    let permissions = reads.organisation_consents(subject, Paging::first(PAGE)).await?.into_iter().map(Loaded::into_value).collect();
    let terms = reads.terms_accepted_anywhere(subject, Paging::first(PAGE)).await?.into_iter().map(Loaded::into_value).collect();
    let sessions = sessions::all(tools, subject).await?;
    let sessions = sessions.iter().map(|session| SignedIn {
        browser: session.agent.name(),
        began_at: session.created_at,
        used_at: session.seen_at,
        until: session.ended.as_ref().map_or(session.until, |(at, _)| *at),
    });
    let sessions = sessions.collect();
    let mut events = Vec::new();
    for tenant in tenants {
        events.extend(of_person(tools, tenant, subject).await?);
    }
    events.sort_by_key(|event| event.at);
    Ok(Gathered { made_at: tools.now(), home, account: account.clone(), organisations, applications, permissions, terms, sessions, events })
}

/// What the trail of an organisation says about a person. Who else acted is not theirs to know, only what kind of actor it was.
async fn of_person(tools: &Tools, tenant: TenantId, subject: Subject) -> Result<Vec<AuditEvent>, Fault> {
    let id = subject.id.to_string();
    let mut found = Vec::new();
    let mut page = Paging::first(PAGE);
    loop {
        let records = tools.reads().audit_of(tenant, page).await?;
        for record in &records {
            let Ok(mut event) = serde_json::from_str::<AuditEvent>(&record.event) else { continue };
            let is_own = event.actor.kind == ActorKind::Person && event.actor.id.as_ref() == Some(&id);
            if !is_own {
                if !event.subject.as_ref().is_some_and(|target| target.kind == "account" && target.id == id) {
                    continue;
                }
                (event.actor.id, event.ip, event.correlation) = (None, None, None);
            }
            found.push(event);
        }
        match records.last().filter(|_| records.len() == PAGE) {
            Some(last) => page = Paging::after(last.key(), PAGE),
            None => return Ok(found),
        }
    }
}
