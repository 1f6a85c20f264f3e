//! Guesses at secrets are counted before they are judged: sixty-four at once get as many answers as one after the other.

use super::super::{Letter, Tools, ending, facts::Facts, mail_code};
use crate::{
    crypto::Purpose,
    model::{Attempts, EventName, MailContent, Outcome as Went},
    storage::{Batch, CommitError, Loaded},
    values::{Digest, Fault, Timestamp},
};

/// How often unusual attempts are told of, in seconds.
const DAY: u64 = 86_400;

/// May the guess be judged?
pub(super) enum Counted {
    /// Yes: it is counted, on disk.
    Go,
    /// No, not before then.
    Wait(Timestamp),
    /// Somebody else counted first: look again.
    Lost,
}

/// The counter of an account, by what was typed, whether it exists or not. A browser that the person used before has a counter of its own: a stranger's
/// failures do not lock them out there.
fn account(facts: &Facts, tools: &Tools) -> Digest {
    let subject = facts.subject().map(|subject| format!("{}:{}", subject.home, subject.id)).unwrap_or_default();
    let browser = if facts.is_known_browser() { facts.visitor.browser.as_ref() } else { "" };
    tools.sealer.digest_of(Purpose::Attempts, &[b"account", subject.as_bytes(), browser.as_bytes()])
}

/// The counter of a network.
fn network(facts: &Facts, tools: &Tools) -> Option<Digest> {
    let prefix = facts.visitor.network()?;
    Some(tools.sealer.digest_of(Purpose::Attempts, &[b"network", facts.tenant.id.0.as_bytes(), &prefix]))
}

async fn load(of: Digest, facts: &Facts, tools: &Tools) -> Result<(Option<Loaded<Attempts>>, Attempts), Fault> {
    let before = tools.store.reads(facts.now).attempts(&of).await?;
    let attempts = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, facts.now));
    Ok((before, attempts))
}

/// Count a guess against its account, durably. While a pause lasts nothing is counted and nothing is judged.
pub(super) async fn count(facts: &Facts, tools: &Tools) -> Result<Counted, Fault> {
    if let Some(of) = network(facts, tools)
        && let (_, attempts) = load(of, facts, tools).await?
        && let Some(until) = attempts.pause_at(facts.now)
    {
        return Ok(Counted::Wait(until));
    }
    let (before, attempts) = load(account(facts, tools), facts, tools).await?;
    if let Some(until) = attempts.pause_at(facts.now) {
        return Ok(Counted::Wait(until));
    }
    let mut batch = Batch::new(facts.now);
    batch.put(before.as_ref(), &attempts.count_account(facts.now, &facts.tenant.settings))?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(Counted::Go),
        Err(CommitError::Conflict(_)) => Ok(Counted::Lost),
        Err(error) => Err(error.into()),
    }
}

/// May a guess at a mailed code be judged?
pub(super) enum CodeCounted {
    /// Yes: it is counted, on disk.
    Go {
        /// How often the code may be tried after this.
        left: u32,
    },
    /// No: the code is dead.
    Spent {
        /// Seconds until there can be another.
        seconds: u64,
    },
    /// No, nothing from this network before then.
    Wait(Timestamp),
    /// Somebody else counted first: look again.
    Lost,
}

/// Count a guess against the code that it is at, durably. A code that has had its tries is not judged any more, not even when it is right.
pub(super) async fn count_code(facts: &Facts, tools: &Tools) -> Result<CodeCounted, Fault> {
    let Some(code) = mail_code::live(facts) else { return Ok(CodeCounted::Lost) };
    if let Some(of) = network(facts, tools)
        && let (_, attempts) = load(of, facts, tools).await?
        && let Some(until) = attempts.pause_at(facts.now)
    {
        return Ok(CodeCounted::Wait(until));
    }
    let (before, attempts) = load(mail_code::tries_of(&code.digest, tools), facts, tools).await?;
    let most = facts.tenant.settings.mail_code_tries;
    if attempts.failures >= most {
        return Ok(CodeCounted::Spent { seconds: mail_code::pause(facts, tools).await? });
    }
    let attempts = attempts.count_code(facts.now);
    let left = most.saturating_sub(attempts.failures);
    let mut batch = Batch::new(facts.now);
    batch.put(before.as_ref(), &attempts)?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(CodeCounted::Go { left }),
        Err(CommitError::Conflict(_)) => Ok(CodeCounted::Lost),
        Err(error) => Err(error.into()),
    }
}

/// A code was wrong: count it against the network, and tell the audit trail.
pub(super) async fn failed_code(facts: &Facts, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    if let Some(of) = network(facts, tools) {
        let (before, attempts) = load(of, facts, tools).await?;
        batch.put(before.as_ref(), &attempts.count_network(facts.now, &facts.tenant.settings))?;
    }
    batch.audit(&mail_code::event(facts, EventName::SigninFailed).failed(Went::Failure, "bad_code").by("mail_code"))?;
    Ok(())
}

/// It was wrong: count it against the network, and tell the audit trail.
pub(super) async fn failed(facts: &Facts, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    if let Some(of) = network(facts, tools) {
        let (before, attempts) = load(of, facts, tools).await?;
        batch.put(before.as_ref(), &attempts.count_network(facts.now, &facts.tenant.settings))?;
    }
    if let Some(subject) = facts.subject() {
        batch.audit(&ending::event(facts, EventName::SigninFailed, subject).failed(Went::Failure, "bad_credentials").by("password"))?;
    }
    warn(facts, tools, batch).await
}

/// The first pause of a day is told to the person. Where there is none the same is read and written, and nothing sent.
async fn warn(facts: &Facts, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    let (Some(subject), (_, attempts)) = (facts.subject(), load(account(facts, tools), facts, tools).await?) else { return Ok(()) };
    if attempts.failures < facts.tenant.settings.throttle_failures {
        return Ok(());
    }
    let content = MailContent::UnusualAttempts { count: attempts.failures, since: attempts.since };
    let account = facts.person.as_ref().map(|person| &*person.account);
    let letter = Letter::to_account(content, account, &facts.tenant).with_link(format!("{}/account", tools.public_url));
    letter.post_once_in(DAY, &[&subject.home.to_string(), &subject.id.to_string()], (tools, batch), facts.now).await.map(|_| ())
}

/// It was right: the account's counter starts anew.
pub(super) async fn succeeded(facts: &Facts, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    if let (Some(before), _) = load(account(facts, tools), facts, tools).await? {
        batch.delete(&before);
    }
    Ok(())
}
