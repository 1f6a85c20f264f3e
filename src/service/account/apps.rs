//! The applications that a person let in: list them, and let them out again.

use crate::{
    journey::{
        Tools,
        facts::Visitor,
        screen::Rejected,
        steps::app_consent::report::{Told, filing},
    },
    model::{Actor, AuditEvent, Client, Consent, EventName, Grant, Subject},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{ClientId, Fault, Issuer, IssuerForm, Scope, Scopes, TenantId},
};

/// An agreement and the application it is with.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// What was agreed.
    pub consent: Consent,
    /// With whom.
    pub client: Client,
    /// Words for the scopes of APIs.
    pub apis: Vec<crate::model::Api>,
}

/// How many are shown, and how many grants are ended at once.
const PAGE: usize = 500;

/// All that a person agreed to, the latest first.
///
/// # Errors
/// The store failed.
pub async fn list(tools: &Tools, subject: Subject) -> Result<Vec<Agreement>, Fault> {
    let reads = tools.reads();
    let mut agreements = Vec::new();
    for consent in reads.consents(subject, Paging::first(PAGE)).await? {
        let Some(client) = reads.client(consent.tenant, &consent.client).await? else { continue };
        let mut apis = Vec::new();
        for scope in consent.scopes.iter().filter(|scope| !scope.is_standard()) {
            apis.extend(reads.api_by_scope(consent.tenant, scope).await?.map(Loaded::into_value));
        }
        agreements.push(Agreement { consent: consent.into_value(), client: client.into_value(), apis });
    }
    agreements.sort_by_key(|agreement| std::cmp::Reverse(agreement.consent.given_at));
    Ok(agreements)
}

/// The application that a person agreed with; `None` where nothing was agreed.
///
/// # Errors
/// The store failed.
pub async fn agreed(tools: &Tools, subject: Subject, (tenant, client): (TenantId, &ClientId)) -> Result<Option<Client>, Fault> {
    let reads = tools.reads();
    if reads.consent(tenant, subject, client).await?.is_none() {
        return Ok(None);
    }
    Ok(reads.client(tenant, client).await?.map(Loaded::into_value))
}

/// Report an application, as S-APP-REPORT does on the way into it. Answers with the reference.
///
/// # Errors
/// What was told is no report, or the store failed.
pub async fn report(tools: &Tools, subject: Subject, client: &Client, told: &Told, visitor: &Visitor) -> Result<String, Rejected> {
    let report = told.report(client, subject, tools, tools.now())?;
    tools.store.commit(filing(&report, client, visitor, tools).await?).await.map_err(Fault::from)?;
    Ok(report.reference)
}

/// The reference of a report, if it is this person's.
///
/// # Errors
/// The store failed.
pub async fn reported(tools: &Tools, subject: Subject, tenant: TenantId, reference: &str) -> Result<Option<String>, Fault> {
    let report = tools.reads().report(tenant, reference).await?;
    Ok(report.filter(|report| report.reporter == subject).map(|report| report.into_value().reference))
}

/// Take an agreement back, or one scope of it; the tokens that came of it are dead with the same commit. What is not there is not there any more either.
///
/// # Errors
/// The store failed.
pub async fn withdraw(tools: &Tools, subject: Subject, (tenant, client): (TenantId, &ClientId), scope: Option<&Scope>, visitor: &Visitor) -> Result<(), Fault> {
    loop {
        let now = tools.now();
        let reads = tools.store.reads(now);
        let Some(consent) = reads.consent(tenant, subject, client).await? else { return Ok(()) };
        let mut batch = Batch::new(now);
        let issuer = Issuer { tenant, form: IssuerForm::Tenant };
        let mut revoked = 0;
        for grant in reads.grants_of_consent(issuer, subject, client, Paging::first(PAGE)).await? {
            if grant.is_live_at(now) && scope.is_none_or(|scope| grant.scopes.has(scope.as_str())) {
                batch.update(grant.map(|grant: Grant| grant.revoke(now)))?;
                revoked += 1;
            }
        }
        let left = scope.map_or_else(Scopes::default, |scope| consent.scopes.iter().filter(|kept| *kept != scope).cloned().collect());
        if left.is_empty() {
            batch.delete(&consent);
        } else {
            batch.update(consent.map(|consent| Consent { scopes: left, ..consent }))?;
        }
        let event = |name| {
            let event = AuditEvent::new(name, tenant, Actor::person(subject), now).on("client", client).through(client);
            event.from(visitor.ip.as_deref(), visitor.correlation.as_deref())
        };
        batch.audit(&event(EventName::ConsentUserRevoked))?;
        if revoked > 0 {
            batch.audit(&AuditEvent { count: Some(revoked), ..event(EventName::TokenRevoked) })?;
        }
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
