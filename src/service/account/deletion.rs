//! The end of an account: asked for by its owner, put off for the time of grace, called off by signing in or by a mailed link, and carried out by a job.

pub mod carried_out;
mod effects;

pub use effects::{Effects, effects};

use super::contact::{Owner, UndoRefused};
use crate::{
    crypto::Purpose,
    journey::{
        Letter, Tools,
        closing::{self, Closing},
        facts::Visitor,
    },
    model::{AccountDeletion, Actor, AuditEvent, EventName, MailContent, Subject, Tenant},
    pages::Complaint,
    storage::{Batch, CommitError, Loaded},
    values::{Email, EntropyExt as _, Fault, Timestamp},
};

/// How often a decision is made anew that somebody else was faster than.
const ATTEMPTS: usize = 8;

/// What asking came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// The account goes when its time of grace is over, and nobody is signed in to it any more.
    Done,
    /// Not so.
    Not(Complaint),
    /// The account belongs to an organisation: it decides.
    NotOurs,
}

/// Ask for the end of one's own account. `typed` is the account's address, typed to show that it is meant.
///
/// # Errors
/// The store failed.
pub async fn ask(tools: &Tools, owner: &Owner<'_>, typed: &str) -> Result<Asking, Fault> {
    for _ in 0..ATTEMPTS {
        let effects = effects(tools, owner.account, owner.visitor.locale).await?;
        if !effects.is_own {
            return Ok(Asking::NotOurs);
        }
        if typed.trim().is_empty() {
            return Ok(Asking::Not(Complaint::Required { field: "confirm_email" }));
        }
        if !is_meant(owner, typed) {
            return Ok(Asking::Not(Complaint::NotThisAddress));
        }
        if let Some(organisation) = effects.left_alone {
            return Ok(Asking::Not(Complaint::LastAdministrator { organisation: Some(organisation) }));
        }
        match tools.store.commit(asked(tools, owner).await?).await {
            Ok(()) => return Ok(Asking::Done),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("the end of an account could not be asked for: it changed each time"))
}

fn is_meant(owner: &Owner<'_>, typed: &str) -> bool {
    match owner.account.primary_email() {
        Some(email) => typed.parse::<Email>().is_ok_and(|typed| typed.norm() == email.address.norm()),
        None => typed.trim().to_lowercase() == owner.account.identifier(),
    }
}

/// The account is to go, its owner knows by mail, and everything that is open is ended.
async fn asked(tools: &Tools, owner: &Owner<'_>) -> Result<Batch, Fault> {
    let (now, subject) = (tools.now(), owner.account.subject());
    let mut batch = Batch::new(now);
    let token = tools.entropy.token();
    let deletion = AccountDeletion {
        subject,
        tenant: owner.tenant.id,
        link: tools.sealer.digest(Purpose::DeletionLink, token.expose()),
        asked_at: now,
        due_at: now.plus(owner.tenant.settings.deletion_grace),
    };
    batch.put(tools.reads().deletion(subject).await?.as_ref(), &deletion)?;
    batch.unchanged(owner.account);
    let letter = Letter::to_account(MailContent::AccountToGo { due: deletion.due_at }, Some(&**owner.account), owner.tenant);
    letter.with_link(format!("{}/account/delete/undo/{}", tools.public_url, token.expose())).until(deletion.due_at).post(tools, &mut batch, now)?;
    let event = |name, tenant| event(name, tenant, subject, owner.visitor, now);
    batch.audit(&event(EventName::AccountDeletionRequested, subject.home).on("account", subject.id))?;
    closing::end_all(tools, &Closing { subject, but: None, event: &event }, &mut batch, now).await?;
    Ok(batch)
}

fn event(name: EventName, tenant: crate::values::TenantId, subject: Subject, visitor: &Visitor, now: Timestamp) -> AuditEvent {
    AuditEvent::new(name, tenant, Actor::person(subject), now).from(visitor.ip.as_deref(), visitor.correlation.as_deref())
}

/// Whoever signs in keeps the account: goes into the batch of the sign-in. Returns whether the account was to go.
///
/// # Errors
/// The store failed.
pub async fn called_off(tools: &Tools, subject: Subject, visitor: &Visitor, batch: &mut Batch) -> Result<bool, Fault> {
    let now = tools.now();
    let Some(deletion) = tools.store.reads(now).deletion(subject).await? else { return Ok(false) };
    let mut kept = event(EventName::AccountUpdated, subject.home, subject, visitor, now).on("account", subject.id);
    kept.reason = Some("deletion called off".to_owned());
    batch.delete(&deletion).audit(&kept)?;
    Ok(true)
}

/// An account that can still be kept.
pub struct Keepable {
    deletion: Loaded<AccountDeletion>,
    /// In whose name the link was mailed.
    pub tenant: Loaded<Tenant>,
    /// When it would go.
    pub due: Timestamp,
}

/// What does this link keep? Looking changes nothing. A link that was used is not told from one that never was: nothing is left of it.
///
/// # Errors
/// The store failed.
pub async fn look(tools: &Tools, token: &str) -> Result<Result<Keepable, UndoRefused>, Fault> {
    let reads = tools.reads();
    let digest = tools.sealer.digest(Purpose::DeletionLink, token);
    let Some(deletion) = reads.deletion_by_link(&digest).await? else { return Ok(Err(UndoRefused::Bad)) };
    if deletion.due_at <= tools.now() || reads.account(deletion.subject).await?.is_none() {
        return Ok(Err(UndoRefused::Expired));
    }
    let tenant = reads.tenant(deletion.tenant).await?.ok_or_else(|| Fault::new("an account was to go in the name of nobody"))?;
    Ok(Ok(Keepable { due: deletion.due_at, tenant, deletion }))
}

/// Keep it.
///
/// # Errors
/// The store failed.
pub async fn keep(tools: &Tools, token: &str, visitor: &Visitor) -> Result<Result<(), UndoRefused>, Fault> {
    for _ in 0..ATTEMPTS {
        let found = match look(tools, token).await? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut batch = Batch::new(tools.now());
        called_off(tools, found.deletion.subject, visitor, &mut batch).await?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Ok(())),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("an account could not be kept: it changed each time"))
}
