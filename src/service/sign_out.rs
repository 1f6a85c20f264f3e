//! A session ends: for the browser, for the tokens that lived by it, and for the clients that must hear of it.

use crate::{
    journey::{
        Tools,
        closing::{ToldClient, tell_clients},
    },
    model::{Actor, AuditEvent, EventName, Grant, Key, Record, Session, SessionEnd},
    storage::{Batch, CommitError, Loaded, Paging, Reads},
    values::{ClientId, Fault, SessionId, TenantId, Timestamp},
};

/// How often a session that somebody else is changing is read anew.
const ATTEMPTS: usize = 16;
/// Grants are read this many at a time.
const PAGE: usize = 500;

/// Who ends a session, and from where: for the audit trail.
#[derive(Clone, Debug)]
pub struct Asked {
    /// In which tenant it is done.
    pub tenant: TenantId,
    /// By whom.
    pub actor: Actor,
    /// Through which client.
    pub client: Option<ClientId>,
    /// From which address.
    pub ip: Option<String>,
    /// In which request.
    pub correlation: Option<String>,
}

impl Asked {
    fn event(&self, name: EventName, session: &Session, now: Timestamp) -> AuditEvent {
        let event = AuditEvent::new(name, self.tenant, self.actor.clone(), now).on("session", &session.sid);
        AuditEvent { client: self.client.clone(), ..event }.from(self.ip.as_deref(), self.correlation.as_deref())
    }
}

/// What the end of a session set in motion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedOut {
    /// Who is being told. Clients that gave no address for it are not.
    pub clients: Vec<ToldClient>,
}

/// End a session, in one commit: the session itself, its grants except those for offline access, and a message to each client that asked to be told, sent
/// afterwards by the outbox. A session that is over already stays as it ended. [OpenID Connect Back-Channel Logout §2.7]
///
/// # Errors
/// The store failed, or the session never stood still.
pub async fn end_session(tools: &Tools, session: Loaded<Session>, how: SessionEnd, asked: &Asked) -> Result<SignedOut, Fault> {
    let sid = session.sid.clone();
    let mut current = Some(session);
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let session = match current.take() {
            Some(session) => session,
            None => match tools.store.reads(now).session_by_sid(&sid).await? {
                Some(session) => session,
                None => return Ok(SignedOut::default()),
            },
        };
        if session.ended.is_some() {
            return Ok(SignedOut::default());
        }
        let (batch, clients) = decide(tools, session, &how, asked, now).await?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(SignedOut { clients }),
            Err(CommitError::Conflict(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(Fault::new("a session changed each time it was to be ended"))
}

async fn decide(tools: &Tools, session: Loaded<Session>, how: &SessionEnd, asked: &Asked, now: Timestamp) -> Result<(Batch, Vec<ToldClient>), Fault> {
    let reads = tools.store.reads(now);
    let mut batch = Batch::new(now);
    for grant in grants_that_end(reads, &session.sid, now).await? {
        batch.update(grant.map(|grant| grant.revoke(now)))?;
    }
    let told = tell_clients(tools, &session, now, &mut batch).await?;
    if *how == SessionEnd::SignedOut {
        batch.audit(&asked.event(EventName::LogoutRequested, &session, now))?;
    }
    let ended = if *how == SessionEnd::Revoked { EventName::SessionRevoked } else { EventName::SessionEnded };
    batch.audit(&AuditEvent { count: Some(told.len() as u64), ..asked.event(ended, &session, now) })?;
    batch.update(session.map(|session| session.end(now, how.clone())))?;
    Ok((batch, told))
}

/// The grants that live by the session. A refresh token for offline access outlives it: that is what the person agreed to. [OpenID Connect Core §11]
async fn grants_that_end(reads: Reads<'_>, session: &SessionId, now: Timestamp) -> Result<Vec<Loaded<Grant>>, Fault> {
    let mut ending = Vec::new();
    let mut after: Option<Key> = None;
    loop {
        let page = reads.grants_of_session(session, Paging { after: after.take(), ..Paging::first(PAGE) }).await?;
        let is_last = page.len() < PAGE;
        after = page.last().map(|grant| grant.key());
        ending.extend(page.into_iter().filter(|grant| grant.is_live_at(now) && !grant.scopes.has("offline_access")));
        if is_last {
            return Ok(ending);
        }
    }
}
