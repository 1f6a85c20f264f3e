//! What happened to an account, as its owner reads it.

use crate::{
    journey::{Tools, facts::Visitor},
    model::{Actor, AuditEvent, AuditRecord, Credential, CredentialKind, EventName, Key, Subject},
    service::account::sessions,
    storage::{Batch, CommitError, Paging},
    values::{Fault, SessionId},
};

/// So many of each chain are looked at.
const LATELY: usize = 50;

/// The latest events by this person or about them, in every organisation: they are the person's own.
///
/// # Errors
/// The store failed.
pub async fn lately(tools: &Tools, subject: Subject) -> Result<Vec<AuditEvent>, Fault> {
    let mut events: Vec<AuditEvent> = Vec::new();
    // Each organisation's events are in one chain, and the chains stand one after another: the last event of all tells which chain to begin with.
    let mut before: Key = AuditRecord::key_of(AuditEvent::STREAMS, 0);
    loop {
        let rows = tools.reads().audit_of_account(subject.id, Paging::before(before.clone(), LATELY)).await?;
        let Some(first) = rows.first() else { break };
        let stream = first.stream;
        let of_chain = rows.iter().take_while(|row| row.stream == stream);
        events.extend(of_chain.filter_map(|row| serde_json::from_str(&row.event).ok()));
        if rows.len() < LATELY && rows.iter().all(|row| row.stream == stream) {
            break;
        }
        before = AuditRecord::key_of(stream, 0);
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events.truncate(LATELY);
    Ok(events)
}

/// «Ce n'était pas moi»: every other browser is signed out, and the password has to be changed at the next sign-in.
///
/// # Errors
/// The store failed; some sessions may have ended.
pub async fn disown(tools: &Tools, subject: Subject, here: &SessionId, visitor: &Visitor) -> Result<(), Fault> {
    sessions::end_others(tools, subject, here, visitor).await?;
    loop {
        let now = tools.now();
        let Some(password) = tools.store.reads(now).password(subject).await? else { return Ok(()) };
        let event = AuditEvent::new(EventName::ActivityDisowned, subject.home, Actor::person(subject), now).on("account", subject.id);
        let mut batch = Batch::new(now);
        batch.audit(&event.from(visitor.ip.as_deref(), visitor.correlation.as_deref()))?;
        batch.update(password.map(|password| {
            let CredentialKind::Password { phc, .. } = password.kind;
            Credential { kind: CredentialKind::Password { phc, must_change: true }, ..password }
        }))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
