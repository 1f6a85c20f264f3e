//! The browsers in which a person is signed in, and the end of that.

use crate::{
    journey::{Tools, facts::Visitor},
    model::{Actor, AuditEvent, EventName, Record as _, Session, SessionEnd, Subject},
    service::sign_out::{self, Asked},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, Locale, SessionId},
};

/// Sessions are read this many at a time.
const PAGE: usize = 200;

/// A session that counts, and the names of the applications that got something in it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The session.
    pub session: Session,
    /// Applications.
    pub apps: Vec<String>,
}

/// All that are remembered, over or not.
pub(super) async fn all(tools: &Tools, subject: Subject) -> Result<Vec<Loaded<Session>>, Fault> {
    let mut found = Vec::new();
    let mut paging = Paging::first(PAGE);
    loop {
        let page = tools.reads().sessions(subject, paging).await?;
        let next = page.last().filter(|_| page.len() == PAGE).map(|last| last.key());
        found.extend(page);
        match next {
            Some(last) => paging = Paging::after(last, PAGE),
            None => return Ok(found),
        }
    }
}

async fn live(tools: &Tools, subject: Subject) -> Result<Vec<Loaded<Session>>, Fault> {
    let now = tools.now();
    Ok(all(tools, subject).await?.into_iter().filter(|session| session.is_live_at(now)).collect())
}

/// Where a person is signed in: `here` first, then the last used.
///
/// # Errors
/// The store failed.
pub async fn list(tools: &Tools, subject: Subject, here: &SessionId, locale: Locale) -> Result<Vec<Open>, Fault> {
    let reads = tools.reads();
    let mut list = Vec::new();
    for session in live(tools, subject).await? {
        let mut apps = Vec::new();
        for known in &session.clients {
            apps.extend(reads.client(known.issuer.tenant, &known.client).await?.map(|client| client.names.get(locale).to_owned()));
        }
        apps.sort_unstable();
        apps.dedup();
        list.push(Open { session: session.into_value(), apps });
    }
    list.sort_by_key(|open| (open.session.sid != *here, std::cmp::Reverse(open.session.seen_at)));
    Ok(list)
}

/// End one of a person's sessions, as signing out there would. Returns whether there was one to end: another person's is none.
///
/// # Errors
/// The store failed.
pub async fn end(tools: &Tools, subject: Subject, sid: &SessionId, visitor: &Visitor) -> Result<bool, Fault> {
    match own(tools, subject, sid).await? {
        Some(session) => revoke(tools, session, visitor).await.map(|()| true),
        None => Ok(false),
    }
}

async fn own(tools: &Tools, subject: Subject, sid: &SessionId) -> Result<Option<Loaded<Session>>, Fault> {
    let now = tools.now();
    Ok(tools.reads().session_by_sid(sid).await?.filter(|session| session.subject == subject && session.is_live_at(now)))
}

/// End one of a person's sessions, and take the person off the list that its browser offers to choose from. The list first: a session that is over could not
/// be named again. Returns whether there was one.
///
/// # Errors
/// The store failed.
pub async fn forget(tools: &Tools, subject: Subject, sid: &SessionId, visitor: &Visitor) -> Result<bool, Fault> {
    let Some(session) = own(tools, subject, sid).await? else { return Ok(false) };
    loop {
        let now = tools.now();
        let device = tools.store.reads(now).device(&session.browser).await?;
        let Some(device) = device.filter(|device| device.known.iter().any(|known| known.subject == subject)) else { break };
        let event = AuditEvent::new(EventName::DeviceForgotten, subject.home, Actor::person(subject), now).on("account", subject.id);
        let mut batch = Batch::new(now);
        batch.update(device.map(|device| device.forget(subject)))?;
        batch.audit(&event.from(visitor.ip.as_deref(), visitor.correlation.as_deref()))?;
        match tools.store.commit(batch).await {
            Ok(()) => break,
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    revoke(tools, session, visitor).await.map(|()| true)
}

/// End all of a person's sessions but one.
///
/// # Errors
/// The store failed; some may have ended.
pub async fn end_others(tools: &Tools, subject: Subject, here: &SessionId, visitor: &Visitor) -> Result<(), Fault> {
    for session in live(tools, subject).await?.into_iter().filter(|session| session.sid != *here) {
        revoke(tools, session, visitor).await?;
    }
    Ok(())
}

async fn revoke(tools: &Tools, session: Loaded<Session>, visitor: &Visitor) -> Result<(), Fault> {
    let (tenant, actor) = (session.subject.home, Actor::person(session.subject));
    let asked = Asked { tenant, actor, client: None, ip: visitor.ip.clone(), correlation: visitor.correlation.clone() };
    sign_out::end_session(tools, session, SessionEnd::Revoked, &asked).await?;
    Ok(())
}
