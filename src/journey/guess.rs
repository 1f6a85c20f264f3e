//! Guesses at passwords are counted before they are judged, on every page that asks for one: sixty-four at once get as many answers as one after the other.

use super::{
    Letter, Tools,
    facts::{Facts, Visitor},
};
use crate::{
    crypto::Purpose,
    model::{Account, Actor, ActorKind, Attempts, AuditEvent, EventName, MailContent, Outcome as Went, Subject, Tenant},
    storage::{Batch, CommitError, Loaded},
    values::{Digest, Fault, Timestamp},
};

/// How often unusual attempts are told of, in seconds.
const DAY: u64 = 86_400;

/// Who guesses at what is whose.
#[derive(Clone, Copy)]
pub struct Guesser<'a> {
    /// When.
    pub now: Timestamp,
    /// From where.
    pub visitor: &'a Visitor,
    /// By whose rules.
    pub tenant: &'a Tenant,
    /// Whose secret: somebody, or whom there is not.
    pub subject: Option<Subject>,
    /// Their account, where there is one.
    pub account: Option<&'a Account>,
    /// Did the person use this browser before? A stranger's failures do not lock them out there.
    pub is_known_browser: bool,
}

impl<'a> Guesser<'a> {
    /// Who walks through a journey.
    #[must_use]
    pub fn of(facts: &'a Facts) -> Self {
        let account = facts.person.as_ref().map(|person| &*person.account);
        let (visitor, tenant) = (&facts.visitor, &*facts.tenant);
        Self { now: facts.now, visitor, tenant, subject: facts.subject(), account, is_known_browser: facts.is_known_browser() }
    }

    /// The counter of an account, by what was typed, whether it exists or not. A browser that the person used before has a counter of its own.
    fn counter(&self, tools: &Tools) -> Digest {
        let subject = self.subject.map(|subject| format!("{}:{}", subject.home, subject.id)).unwrap_or_default();
        let browser = if self.is_known_browser { self.visitor.browser.as_ref() } else { "" };
        tools.sealer.digest_of(Purpose::Attempts, &[b"account", subject.as_bytes(), browser.as_bytes()])
    }

    /// The counter of a network.
    fn network(&self, tools: &Tools) -> Option<Digest> {
        let prefix = self.visitor.network()?;
        Some(tools.sealer.digest_of(Purpose::Attempts, &[b"network", self.tenant.id.0.as_bytes(), &prefix]))
    }

    async fn load(&self, of: Digest, tools: &Tools) -> Result<(Option<Loaded<Attempts>>, Attempts), Fault> {
        let before = tools.store.reads(self.now).attempts(&of).await?;
        let attempts = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, self.now));
        Ok((before, attempts))
    }

    /// Until when this network has to wait, if it has.
    ///
    /// # Errors
    /// The store failed.
    pub async fn pause(&self, tools: &Tools) -> Result<Option<Timestamp>, Fault> {
        let Some(of) = self.network(tools) else { return Ok(None) };
        Ok(self.load(of, tools).await?.1.pause_at(self.now))
    }
}

/// May the guess be judged?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Yes: it is counted, on disk.
    Go,
    /// No, not before then.
    Wait(Timestamp),
    /// Somebody else counted first: look again.
    Lost,
}

/// Count a guess against its account, durably. While a pause lasts nothing is counted and nothing is judged.
///
/// # Errors
/// The store failed.
pub async fn count(who: &Guesser<'_>, tools: &Tools) -> Result<Counted, Fault> {
    if let Some(until) = who.pause(tools).await? {
        return Ok(Counted::Wait(until));
    }
    let (before, attempts) = who.load(who.counter(tools), tools).await?;
    if let Some(until) = attempts.pause_at(who.now) {
        return Ok(Counted::Wait(until));
    }
    let mut batch = Batch::new(who.now);
    batch.put(before.as_ref(), &attempts.count_account(who.now, &who.tenant.settings))?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(Counted::Go),
        Err(CommitError::Conflict(_)) => Ok(Counted::Lost),
        Err(error) => Err(error.into()),
    }
}

/// It was wrong: count it against the network, and tell the audit trail by this event; and, where it began a pause, of that. What is tried while a pause lasts
/// leaves no event: whoever hammers at a door fills no trail.
///
/// # Errors
/// The store failed.
pub async fn failed(who: &Guesser<'_>, event: Option<AuditEvent>, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    failed_anywhere(who, tools, batch).await?;
    let (_, attempts) = who.load(who.counter(tools), tools).await?;
    if let Some(event) = event {
        let event = event.failed(Went::Failure, "bad_credentials").by("password");
        batch.audit(&event)?;
        if attempts.pause_at(who.now).is_some() {
            batch.audit(&AuditEvent { event: EventName::SigninThrottled, ..event.failed(Went::Refused, "account") })?;
        }
    }
    if attempts.failures < who.tenant.settings.throttle_failures {
        return Ok(());
    }
    warn(who, (attempts.failures, attempts.since), tools, batch).await
}

/// Count a failure of any kind against the network; the one that begins a pause is told to the audit trail.
///
/// # Errors
/// The store failed.
pub async fn failed_anywhere(who: &Guesser<'_>, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    if let Some(of) = who.network(tools) {
        let (before, attempts) = who.load(of, tools).await?;
        let was_paused = attempts.pause_at(who.now).is_some();
        let attempts = attempts.count_network(who.now, &who.tenant.settings);
        if attempts.pause_at(who.now).is_some() && !was_paused {
            let event = AuditEvent::new(EventName::SigninThrottled, who.tenant.id, Actor { kind: ActorKind::Person, id: None }, who.now);
            batch.audit(&event.from(who.visitor.ip.as_deref(), who.visitor.correlation.as_deref()).failed(Went::Refused, "network"))?;
        }
        batch.put(before.as_ref(), &attempts)?;
    }
    Ok(())
}

/// Many wrong tries are told to the person, once a day. Where there is none the same is read and written, and nothing sent.
///
/// # Errors
/// The store failed.
pub async fn warn(who: &Guesser<'_>, (count, since): (u32, Timestamp), tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    let Some(subject) = who.subject else { return Ok(()) };
    let content = MailContent::UnusualAttempts { count, since };
    let letter = Letter::to_account(content, who.account, who.tenant).with_link(format!("{}/account", tools.public_url));
    letter.post_once_in(DAY, &[&subject.home.to_string(), &subject.id.to_string()], (tools, batch), who.now).await.map(|_| ())
}

/// It was right: the account's counter starts anew.
///
/// # Errors
/// The store failed.
pub async fn succeeded(who: &Guesser<'_>, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    if let (Some(before), _) = who.load(who.counter(tools), tools).await? {
        batch.delete(&before);
    }
    Ok(())
}
