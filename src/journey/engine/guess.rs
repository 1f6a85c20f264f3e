//! Guesses at secrets are counted before they are judged: sixty-four at once get as many answers as one after the other.

use super::super::{Letter, Tools, ending, facts::Facts};
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

/// The counter of a network: an IPv4 address, or the first 64 bits of an IPv6 address.
fn network(facts: &Facts, tools: &Tools) -> Option<Digest> {
    let ip: std::net::IpAddr = facts.visitor.ip.as_deref()?.parse().ok()?;
    let prefix = match ip {
        std::net::IpAddr::V4(address) => address.octets().to_vec(),
        std::net::IpAddr::V6(address) => address.octets().iter().take(8).copied().collect(),
    };
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
