//! The address of an account: another one, and the old one back.

use crate::{
    crypto::Purpose,
    journey::{
        Letter, Tools,
        closing::{self, Closing},
        codes::Asked,
        facts::Visitor,
        new_address,
    },
    model::{Account, Actor, ActorKind, AddressChange, AddressUndo, AuditEvent, EventName, MailContent, Record as _, Tenant},
    pages::Complaint,
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Email, EntropyExt as _, Fault, SessionId, Timestamp},
};

/// How often a decision is made anew that somebody else was faster than.
const ATTEMPTS: usize = 8;
/// Accounts are read this many at a time.
const PAGE: usize = 200;

/// Who changes what: the account, in the session in which it was proved whose it is.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// The account.
    pub account: &'a Loaded<Account>,
    /// The session.
    pub session: &'a SessionId,
    /// Whose pages these are.
    pub tenant: &'a Tenant,
    /// From where.
    pub visitor: &'a Visitor,
}

impl Owner<'_> {
    fn asked(&self, now: Timestamp) -> Asked<'_> {
        Asked { tenant: self.tenant, visitor: self.visitor, now }
    }

    fn event(&self, name: EventName, now: Timestamp) -> AuditEvent {
        let event = AuditEvent::new(name, self.account.home, Actor::person(self.account.subject()), now).on("account", self.account.id);
        event.from(self.visitor.ip.as_deref(), self.visitor.correlation.as_deref())
    }
}

/// The change that waits for its code here, if there is one. What was begun in another browser is nothing here.
///
/// # Errors
/// The store failed.
pub async fn pending(tools: &Tools, owner: &Owner<'_>) -> Result<Option<Loaded<AddressChange>>, Fault> {
    let change = tools.store.load::<AddressChange>(&AddressChange::key_of(owner.account.subject()), tools.now()).await?;
    Ok(change.filter(|change| change.session == *owner.session))
}

/// Mail a code to an address that the account is to have.
///
/// # Errors
/// The store failed.
pub async fn ask(tools: &Tools, owner: &Owner<'_>, address: &Email) -> Result<Result<(), Complaint>, Fault> {
    if owner.account.primary_email().is_some_and(|email| email.address.norm() == address.norm()) {
        return Ok(Err(Complaint::SameAddress));
    }
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let (_, mut batch) = match new_address::send(tools, owner.account, owner.session, address, &owner.asked(now)).await? {
            Ok(sending) => sending,
            Err(seconds) => return Ok(Err(Complaint::Resend { seconds })),
        };
        batch.audit(&owner.event(EventName::EmailVerificationSent, now))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Ok(())),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("a code could not be sent for others that were sent"))
}

/// Leave it as it is.
///
/// # Errors
/// The store failed.
pub async fn cancel(tools: &Tools, owner: &Owner<'_>) -> Result<(), Fault> {
    let Some(change) = pending(tools, owner).await? else { return Ok(()) };
    let mut batch = Batch::new(tools.now());
    batch.delete(&change);
    match tools.store.commit(batch).await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What a code came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirming {
    /// The account has the new address.
    Done,
    /// Not so.
    Not(Complaint),
    /// There is nothing to confirm.
    Nothing,
}

/// Judge a code. A try is counted before it is judged, and the account has the new address in the commit that uses up the right one.
///
/// # Errors
/// The store failed.
pub async fn confirm(tools: &Tools, owner: &Owner<'_>, typed: &str) -> Result<Confirming, Fault> {
    for _ in 0..ATTEMPTS {
        let Some(change) = pending(tools, owner).await? else { return Ok(Confirming::Nothing) };
        let now = tools.now();
        let asked = owner.asked(now);
        let digest = match new_address::read(tools, &change, typed, &asked) {
            Ok(digest) => digest,
            Err(complaint) => return Ok(Confirming::Not(complaint)),
        };
        let spent = Complaint::CodeSpent { seconds: asked.pause(change.address.norm(), tools).await? };
        let most = owner.tenant.settings.mail_code_tries;
        if change.tries >= most {
            return Ok(Confirming::Not(spent));
        }
        let is_right = change.code == digest;
        let tried = change.tries.saturating_add(1);
        let batch = if is_right {
            moved(tools, owner, change, now).await?
        } else {
            let complaint = match most.saturating_sub(tried) {
                _ if change.replaced.contains(&digest) => Complaint::CodeExpired,
                0 => spent,
                left => Complaint::Code { left },
            };
            let mut batch = Batch::new(now);
            batch.update(change.map(|change| AddressChange { tries: tried, ..change }))?;
            match tools.store.commit(batch).await {
                Ok(()) => return Ok(Confirming::Not(complaint)),
                Err(CommitError::Conflict(_)) => continue,
                Err(error) => return Err(error.into()),
            }
        };
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Confirming::Done),
            Err(CommitError::Conflict(_)) => {}
            // Said only to whom the mailbox is.
            Err(CommitError::Taken(_)) => return Ok(Confirming::Not(Complaint::AccountExists)),
            Err(error @ CommitError::Store(_)) => return Err(error.into()),
        }
    }
    Err(Fault::new("an address could not be changed for other changes of the account"))
}

/// The new address is the account's, and the old mailbox is told so with the way back.
async fn moved(tools: &Tools, owner: &Owner<'_>, change: Loaded<AddressChange>, now: Timestamp) -> Result<Batch, Fault> {
    let account = tools.store.reads(now).account(owner.account.subject()).await?.ok_or_else(|| Fault::new("an address changes of nobody"))?;
    let mut batch = Batch::new(now);
    batch.delete(&change);
    if let Some(old) = account.primary_email() {
        let token = tools.entropy.token();
        let undo = AddressUndo {
            digest: tools.sealer.digest(Purpose::AddressUndo, token.expose()),
            tenant: owner.tenant.id,
            subject: account.subject(),
            old: old.address.clone(),
            since: now,
        };
        let content = MailContent::AddressReplaced { new: change.address.masked(), at: now, from: owner.visitor.origin() };
        let letter = Letter::to_account(content, Some(&*account), owner.tenant);
        letter.with_link(format!("{}/account/contact/undo/{}", tools.public_url, token.expose())).until(undo.until()).post(tools, &mut batch, now)?;
        batch.insert(&undo)?;
    }
    batch.audit(&owner.event(EventName::EmailVerified, now))?.audit(&owner.event(EventName::EmailChanged, now))?;
    batch.update(account.map(|account| account.moved_to(change.address.clone(), now)))?;
    Ok(batch)
}

/// Why a link in an old mailbox does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoRefused {
    /// It never was one.
    Bad,
    /// Its time is over.
    Expired,
    /// It was used, or what it would bring back is gone.
    Used,
}

/// A change that can be taken back.
pub struct Undoable {
    undo: Loaded<AddressUndo>,
    /// Whose account, as it is.
    pub account: Loaded<Account>,
    /// In whose name the link was mailed.
    pub tenant: Loaded<Tenant>,
    /// The address that comes back.
    pub old: Email,
}

/// What does this link take back? Looking changes nothing: whoever checks links in mails may open it.
///
/// # Errors
/// The store failed.
pub async fn look(tools: &Tools, token: &str) -> Result<Result<Undoable, UndoRefused>, Fault> {
    let (now, reads) = (tools.now(), tools.reads());
    let key = AddressUndo::key_of(&tools.sealer.digest(Purpose::AddressUndo, token));
    let Some(undo) = tools.store.load::<AddressUndo>(&key, now).await? else { return Ok(Err(UndoRefused::Bad)) };
    if undo.until() <= now {
        return Ok(Err(UndoRefused::Expired));
    }
    let (account, tenant) = (reads.account(undo.subject).await?, reads.tenant(undo.tenant).await?);
    let account = account.filter(|account| account.left_at(&undo.old, undo.since).is_some());
    Ok(match (account, tenant) {
        (Some(account), Some(tenant)) => Ok(Undoable { old: undo.old.clone(), undo, account, tenant }),
        _ => Err(UndoRefused::Used),
    })
}

/// Take it back: the old address, and an end to every session. Whoever has the old mailbox decides, so no session is asked for.
///
/// # Errors
/// The store failed.
pub async fn undo(tools: &Tools, token: &str, visitor: &Visitor) -> Result<Result<Undoable, UndoRefused>, Fault> {
    for _ in 0..ATTEMPTS {
        let found = match look(tools, token).await? {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        let (now, subject) = (tools.now(), found.account.subject());
        let person = Actor { kind: ActorKind::Person, id: Some(subject.id.to_string()) };
        let event = |name, tenant| AuditEvent::new(name, tenant, person.clone(), now).from(visitor.ip.as_deref(), visitor.correlation.as_deref());
        let mut batch = Batch::new(now);
        closing::end_all(tools, &Closing { subject, but: None, event: &event }, &mut batch, now).await?;
        let mut changed = event(EventName::EmailChanged, subject.home).on("account", subject.id);
        changed.reason = Some("undone".to_owned());
        batch.audit(&changed)?;
        if let Some(pending) = tools.store.load::<AddressChange>(&AddressChange::key_of(subject), now).await? {
            batch.delete(&pending);
        }
        batch.unchanged(&found.undo);
        batch.update(found.account.clone().map(|account| account.moved_back(&found.undo.old, found.undo.since, now)))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Ok(found)),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("an address could not be taken back for other changes of the account"))
}

/// Forget addresses of before whose time is over. Returns how many accounts lost one.
///
/// # Errors
/// The store failed.
pub async fn forget_aliases(tools: &Tools) -> Result<usize, Fault> {
    let mut forgotten = 0;
    let mut page = Paging::first(PAGE);
    loop {
        let now = tools.now();
        let accounts = tools.store.reads(now).accounts_with_aliases(page).await?;
        let last = accounts.last().filter(|_| accounts.len() == PAGE).map(|account| account.key());
        for account in accounts.into_iter().filter(|account| account.aliases.iter().any(|alias| alias.is_over_at(now))) {
            let mut batch = Batch::new(now);
            batch.update(account.map(|mut account| {
                account.aliases.retain(|alias| !alias.is_over_at(now));
                account
            }))?;
            match tools.store.commit(batch).await {
                Ok(()) => forgotten += 1,
                // Somebody changes the account just now: the next time, then.
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        match last {
            Some(key) => page = Paging::after(key, PAGE),
            None => return Ok(forgotten),
        }
    }
}
