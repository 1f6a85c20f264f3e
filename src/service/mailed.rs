//! What links in mails lead to. Opening one reads and writes nothing else; only what is pressed there acts. [RU-24]

use crate::{
    crypto::Purpose,
    journey::{
        Tools,
        closing::{self, Closing},
        facts::Visitor,
    },
    model::{Actor, AuditEvent, CodeUse, Credential, CredentialKind, EventName, Tenant, UndoLink},
    storage::{Batch, CommitError, Loaded},
    values::{EntropyExt as _, Fault, TenantId},
};

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    /// It never was one.
    Bad,
    /// It is over: its time, its use, or a newer one. In whose name it was mailed.
    Over(TenantId),
}

/// A code to be typed where it was asked for.
#[derive(Debug)]
pub struct ShownCode {
    /// The code, as the mail has it.
    pub code: String,
    /// What it is for.
    pub of: CodeUse,
    /// In whose name it was mailed.
    pub tenant: Loaded<Tenant>,
}

/// The code behind a link.
///
/// # Errors
/// The store failed, or the seal does not open.
pub async fn code(tools: &Tools, token: &str) -> Result<Result<ShownCode, LinkRefused>, Fault> {
    let (now, reads) = (tools.now(), tools.reads());
    let Some(link) = reads.code_link(&tools.sealer.digest(Purpose::CodeLink, token)).await? else { return Ok(Err(LinkRefused::Bad)) };
    let Some(sealed) = link.sealed.as_ref().filter(|_| now < link.until) else { return Ok(Err(LinkRefused::Over(link.tenant))) };
    let Some(tenant) = reads.tenant(link.tenant).await? else { return Ok(Err(LinkRefused::Bad)) };
    let plain = tools.sealer.open(Purpose::CodeLink, sealed).map_err(|error| Fault::because("a mailed code cannot be read", error))?;
    let code = String::from_utf8(plain.expose().clone()).map_err(|error| Fault::because("a mailed code is none", error))?;
    Ok(Ok(ShownCode { code, of: link.of, tenant }))
}

/// A change of password that may be taken back, or was.
#[derive(Debug)]
pub struct Undoable {
    link: Loaded<UndoLink>,
    /// In whose name it was told.
    pub tenant: Loaded<Tenant>,
}

impl Undoable {
    /// Was it taken back already?
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.link.used_at.is_some()
    }
}

/// What a link would take back.
///
/// # Errors
/// The store failed.
pub async fn undoable(tools: &Tools, token: &str) -> Result<Result<Undoable, LinkRefused>, Fault> {
    let (now, reads) = (tools.now(), tools.reads());
    let Some(link) = reads.undo_link(&tools.sealer.digest(Purpose::UndoLink, token)).await? else { return Ok(Err(LinkRefused::Bad)) };
    let Some(tenant) = reads.tenant(link.tenant).await? else { return Ok(Err(LinkRefused::Bad)) };
    if link.used_at.is_none() && link.until <= now {
        return Ok(Err(LinkRefused::Over(link.tenant)));
    }
    Ok(Ok(Undoable { link, tenant }))
}

/// What came of it.
#[derive(Debug)]
pub enum Undone {
    /// Nobody knows the password any more, and nobody is signed in.
    Done,
    /// Too many passwords at once.
    Busy,
    /// The link does nothing.
    Refused(LinkRefused),
}

/// How often a lost race is run again.
const ROUNDS: usize = 16;

/// Take a new password back. The one before does not come back, somebody may have known it: a password that nobody knows takes its place, everything that is
/// open ends, and the owner of the mailbox chooses a new one by a code.
///
/// # Errors
/// The store failed.
pub async fn undo(tools: &Tools, token: &str, visitor: &Visitor) -> Result<Undone, Fault> {
    let Ok(phc) = tools.hasher.hash(tools.entropy.token(), tools.entropy.as_ref()).await? else { return Ok(Undone::Busy) };
    for _ in 0..ROUNDS {
        let now = tools.now();
        let Undoable { link, .. } = match undoable(tools, token).await? {
            Ok(found) if found.is_undone() => return Ok(Undone::Done),
            Ok(found) => found,
            Err(refused) => return Ok(Undone::Refused(refused)),
        };
        let reads = tools.store.reads(now);
        let Some(account) = reads.account(link.subject).await? else { return Ok(Undone::Refused(LinkRefused::Bad)) };
        let subject = account.subject();
        let before = reads.password(subject).await?;
        let kind = CredentialKind::Password { phc: phc.clone(), must_change: true };
        let credential = Credential { subject, id: Credential::PASSWORD.to_owned(), kind, created_at: now };
        let event = |name, tenant| AuditEvent::new(name, tenant, Actor::person(subject), now).from(visitor.ip.as_deref(), visitor.correlation.as_deref());
        let mut batch = Batch::new(now);
        batch.put(before.as_ref(), &credential)?.unchanged(&account);
        batch.audit(&event(EventName::PasswordReset, link.tenant).on("account", subject.id).by("undo"))?;
        closing::end_all(tools, &Closing { subject, but: None, event: &event }, &mut batch, now).await?;
        batch.update(link.map(|link| UndoLink { used_at: Some(now), ..link }))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Undone::Done),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("an account changed each time its password was to be taken back"))
}
