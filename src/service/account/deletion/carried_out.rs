//! A deletion whose time has come: the account at once, what hangs on it afterwards in small commits. Each may be the last before a crash: the next pass finds
//! what is left.

use crate::{
    crypto::Purpose,
    journey::{
        Tools,
        hook::{self, Audience},
    },
    model::{
        Account, AccountDeletion, Actor, AddressChange, AuditEvent, Consent, Credential, Device, EventName, HookEvent, Index, Key, Membership,
        OpaqueAccessToken, OrganisationConsent, Record, Subject, TermsAcceptance, Tombstone,
    },
    service::account::export,
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, GrantId},
};

/// How many rows go in one commit.
const SLICE: usize = 50;
/// Deletions are read this many at a time.
const PAGE: usize = 100;

/// Carry out what is due. Returns how many accounts are gone for good.
///
/// # Errors
/// The store failed.
pub async fn pass(tools: &Tools) -> Result<usize, Fault> {
    let mut gone = 0;
    let mut page = Paging::first(PAGE);
    loop {
        let found = tools.reads().deletions(page).await?;
        let last = found.last().filter(|_| found.len() == PAGE).map(|last| last.key());
        for deletion in found {
            if deletion.due_at <= tools.now() && carry_out(tools, &deletion).await? {
                gone += 1;
            }
        }
        match last {
            Some(key) => page = Paging::after(key, PAGE),
            None => return Ok(gone),
        }
    }
}

/// All of one. False where somebody was faster: the owner who signed in, or another pass.
async fn carry_out(tools: &Tools, deletion: &Loaded<AccountDeletion>) -> Result<bool, Fault> {
    let subject = deletion.subject;
    if let Some(account) = tools.reads().account(subject).await?
        && !commit(tools, ends(tools, deletion, &account).await?).await?
    {
        return Ok(false);
    }
    while let Some(batch) = rest(tools, subject).await? {
        if !commit(tools, batch).await? {
            return Ok(false);
        }
    }
    let mut batch = Batch::new(tools.now());
    batch.delete(deletion);
    commit(tools, batch).await
}

async fn commit(tools: &Tools, batch: Batch) -> Result<bool, Fault> {
    match tools.store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The account itself, and what it is proved with. From here on there is no such person, and the address is anybody's.
///
/// Whoever wants to know that the account is gone is told in this batch: the places it had are still there to be read.
async fn ends(tools: &Tools, deletion: &Loaded<AccountDeletion>, account: &Loaded<Account>) -> Result<Batch, Fault> {
    let (now, subject) = (tools.now(), account.subject());
    let of = tools.sealer.digest_of(Purpose::Tombstone, &[subject.home.0.as_bytes(), subject.id.0.as_bytes()]);
    let mut batch = Batch::new(now);
    batch.unchanged(deletion).delete(account);
    slice::<Credential>(tools, Index::CredentialByAccount, subject, &mut batch).await?;
    if tools.store.load::<Tombstone>(&Tombstone::key_of(&of), now).await?.is_none() {
        batch.insert(&Tombstone { of, at: now })?;
    }
    batch.audit(&AuditEvent::new(EventName::AccountDeleted, subject.home, Actor::SYSTEM, now).on("tombstone", of.text()))?;
    let places = tools.reads().memberships(subject, Paging::first(PAGE)).await?;
    for tenant in std::iter::once(subject.home).chain(places.iter().map(|place| place.tenant)) {
        hook::append(tools, &mut batch, &HookEvent::AccountDeleted { tenant, account: subject.id }, Audience::Everyone).await?;
    }
    Ok(batch)
}

fn key_of(subject: Subject) -> Key {
    Key::of([&subject.home.to_string(), &subject.id.to_string()])
}

/// Some of the rows that are listed by the account.
async fn slice<T: Record>(tools: &Tools, index: Index, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    for row in tools.store.all::<T>(index, &key_of(subject), Paging::first(SLICE), tools.now()).await? {
        batch.delete(&row);
    }
    Ok(())
}

/// Some of what is left; `None` when nothing is. A record that is about people has its line here.
async fn rest(tools: &Tools, subject: Subject) -> Result<Option<Batch>, Fault> {
    let now = tools.now();
    let mut batch = Batch::new(now);
    sessions(tools, subject, &mut batch).await?;
    if batch.is_empty() {
        consents(tools, subject, &mut batch).await?;
    }
    if batch.is_empty() {
        slice::<Credential>(tools, Index::CredentialByAccount, subject, &mut batch).await?;
    }
    if batch.is_empty() {
        export::forget(tools, subject, &mut batch).await?;
    }
    if batch.is_empty() {
        slice::<OrganisationConsent>(tools, Index::OrganisationConsentByAccount, subject, &mut batch).await?;
    }
    if batch.is_empty() {
        slice::<TermsAcceptance>(tools, Index::TermsAcceptanceByAccount, subject, &mut batch).await?;
    }
    if batch.is_empty() {
        slice::<Membership>(tools, Index::MembershipByAccount, subject, &mut batch).await?;
    }
    if batch.is_empty()
        && let Some(change) = tools.store.load::<AddressChange>(&AddressChange::key_of(subject), now).await?
    {
        batch.delete(&change);
    }
    Ok((!batch.is_empty()).then_some(batch))
}

/// One session: what was got in it first, then itself, and its browser forgets whose it was.
async fn sessions(tools: &Tools, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let reads = tools.reads();
    let Some(session) = reads.sessions(subject, Paging::first(1)).await?.into_iter().next() else { return Ok(()) };
    for grant in reads.grants_of_session(&session.sid, Paging::first(SLICE)).await? {
        if !opaque(tools, grant.id, batch).await? {
            batch.delete(&grant);
        }
    }
    if !batch.is_empty() {
        return Ok(());
    }
    batch.delete(&session);
    if let Some(device) = reads.device(&session.browser).await?.filter(|device| device.known.iter().any(|known| known.subject == subject)) {
        batch.update(device.map(|device: Device| device.forget(subject)))?;
    }
    Ok(())
}

/// One agreement: what came of it first, then itself.
async fn consents(tools: &Tools, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let reads = tools.reads();
    let consents: Vec<Loaded<Consent>> = reads.consents(subject, Paging::first(1)).await?;
    let Some(consent) = consents.into_iter().next() else { return Ok(()) };
    let issuer = crate::values::Issuer { tenant: consent.tenant, form: crate::values::IssuerForm::Tenant };
    for grant in reads.grants_of_consent(issuer, subject, &consent.client, Paging::first(SLICE)).await? {
        if !opaque(tools, grant.id, batch).await? {
            batch.delete(&grant);
        }
    }
    if batch.is_empty() {
        batch.delete(&consent);
    }
    Ok(())
}

/// Some of the tokens of a grant. Returns whether there were any: then the grant waits for the next commit.
async fn opaque(tools: &Tools, grant: GrantId, batch: &mut Batch) -> Result<bool, Fault> {
    let tokens: Vec<Loaded<OpaqueAccessToken>> = tools.reads().opaque_access_tokens_of(grant, Paging::first(SLICE)).await?;
    for token in &tokens {
        batch.delete(token);
    }
    Ok(!tokens.is_empty())
}
