//! Another password, chosen by somebody who is signed in and knows the present one.

use crate::{
    crypto::{Known, PasswordHasher},
    journey::{
        Tools,
        facts::Visitor,
        guess::{self, Counted, Guesser},
        new_password::{Chooser, kept},
    },
    model::{Account, Actor, AuditEvent, Credential, CredentialKind, EventName, Tenant},
    pages::Complaint,
    storage::{Batch, CommitError, Loaded},
    values::{Fault, Secret, Timestamp},
};

/// What the account's security looks like.
#[derive(Clone, Copy, Debug)]
pub struct Overview {
    /// Since when the password is what it is, if there is one.
    pub password_since: Option<Timestamp>,
    /// In how many browsers the account is signed in.
    pub sessions: usize,
}

/// Look.
///
/// # Errors
/// The store failed.
pub async fn overview(tools: &Tools, account: &Account) -> Result<Overview, Fault> {
    let (now, subject) = (tools.now(), account.subject());
    let password = tools.reads().password(subject).await?;
    let sessions = super::sessions::all(tools, subject).await?.iter().filter(|session| session.is_live_at(now)).count();
    Ok(Overview { password_since: password.map(|password| password.created_at), sessions })
}

/// What was typed.
#[derive(Debug)]
pub struct Asked {
    /// The present one.
    pub password: Secret<String>,
    /// The one to come.
    pub new_password: Secret<String>,
    /// Is everything that is open elsewhere to end?
    pub ends_others: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum Changing {
    /// It is another one now.
    Done,
    /// Something is wrong, with this field if with one.
    Wrong(Option<&'static str>, Complaint),
    /// Too many guesses: not before then.
    Wait(Timestamp),
}

/// How often a lost race is run again.
const ROUNDS: usize = 64;

/// Change it. Guesses at the present one are counted as those of a sign-in are.
///
/// # Errors
/// The store failed.
pub async fn change(tools: &Tools, account: &Account, (tenant, visitor): (&Tenant, &Visitor), asked: Asked) -> Result<Changing, Fault> {
    let subject = account.subject();
    if let Some(before) = tools.reads().password(subject).await?
        && let Some(refused) = prove(tools, account, (tenant, visitor), (&before, &asked.password)).await?
    {
        return Ok(refused);
    }
    for _ in 0..ROUNDS {
        let now = tools.now();
        let Some(account) = tools.store.reads(now).account(subject).await? else { return Err(Fault::new("an account went away")) };
        let chooser = Chooser { account: &account, tenant, visitor, now };
        let event = |name| event(name, (account.home, &account), visitor, now);
        let batch = match chooser.choose(asked.new_password.clone(), asked.ends_others, &event, (EventName::PasswordChanged, tools)).await? {
            Ok(batch) => batch,
            Err(Complaint::Busy) => return Ok(Changing::Wrong(None, Complaint::Busy)),
            Err(complaint) => return Ok(Changing::Wrong(Some("new_password"), complaint)),
        };
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Changing::Done),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("an account changed each time its password was to be changed"))
}

/// Is this the present password? `None` when it is.
async fn prove(
    tools: &Tools,
    account: &Account,
    (tenant, visitor): (&Tenant, &Visitor),
    (before, password): (&Loaded<Credential>, &Secret<String>),
) -> Result<Option<Changing>, Fault> {
    let wrong = |complaint| Ok(Some(Changing::Wrong(Some("password"), complaint)));
    if password.expose().is_empty() {
        return wrong(Complaint::Required { field: "password" });
    }
    if !PasswordHasher::is_acceptable(password.expose()) {
        return wrong(Complaint::BadCredentials);
    }
    let Some(_admission) = tools.hasher.admit() else { return Ok(Some(Changing::Wrong(None, Complaint::Busy))) };
    let subject = account.subject();
    let device = tools.reads().device(&visitor.browser).await?;
    let is_known_browser = device.is_some_and(|device| device.known.iter().any(|known| known.subject == subject));
    let mut rounds = 0..ROUNDS;
    let who = loop {
        let who = Guesser { now: tools.now(), visitor, tenant, subject: Some(subject), account: Some(account), is_known_browser };
        match guess::count(&who, tools).await? {
            Counted::Go => break who,
            Counted::Wait(until) => return Ok(Some(Changing::Wait(until))),
            Counted::Lost if rounds.next().is_none() => return Err(Fault::new("a counter was too busy")),
            Counted::Lost => {}
        }
    };
    let CredentialKind::Password { phc, .. } = &before.kind;
    let known = tools.hasher.know(Some(phc), password.clone(), tools.entropy.as_ref()).await?;
    let Ok(known) = known else { return Ok(Some(Changing::Wrong(None, Complaint::Busy))) };
    loop {
        let mut batch = Batch::new(who.now);
        match &known {
            Known::Wrong => guess::failed(&who, Some(event(EventName::SigninFailed, (tenant.id, account), visitor, who.now)), tools, &mut batch).await?,
            Known::Right => guess::succeeded(&who, tools, &mut batch).await?,
            Known::Anew(phc) => {
                batch.extend(kept(phc.clone(), before, who.now)?);
                guess::succeeded(&who, tools, &mut batch).await?;
            }
        }
        match tools.store.commit(batch).await {
            Ok(()) if known == Known::Wrong => return wrong(Complaint::BadCredentials),
            Ok(()) => return Ok(None),
            // Somebody changed the password meanwhile: then this is not the present one.
            Err(CommitError::Conflict(_)) if matches!(known, Known::Anew(_)) => return wrong(Complaint::BadCredentials),
            Err(CommitError::Conflict(_)) if rounds.next().is_some() => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn event(name: EventName, (tenant, account): (crate::values::TenantId, &Account), visitor: &Visitor, now: Timestamp) -> AuditEvent {
    let event = AuditEvent::new(name, tenant, Actor::person(account.subject()), now).on("account", account.id);
    event.from(visitor.ip.as_deref(), visitor.correlation.as_deref())
}
