//! Codes that prove a mailbox: made, mailed and compared.
//!
//! What is kept of a code is a keyed digest over subject, address and code. The subject of a sign-up is one that nobody had before, so a code counts in the
//! journey and for the address that it was made for, and nowhere else.

use super::{Letter, Tools, facts::Facts};
use crate::{
    crypto::Purpose,
    model::{Actor, ActorKind, Attempts, AuditEvent, Delivery, EventName, MailContent, Proved, Subject},
    pages::Complaint,
    storage::{Batch, Loaded, StoreError},
    values::{Digest, Email, Entropy, EntropyExt as _, Fault, Secret, Timestamp},
};

/// The code that counts: the newest.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// What is kept of it.
    pub digest: Digest,
    /// It ends then.
    pub until: Timestamp,
}

/// What somebody who waits for a mailed code has to be told about the mail.
#[must_use]
pub fn standing_complaint(facts: &Facts) -> Option<Complaint> {
    match facts.delivery? {
        Delivery::Delayed => Some(Complaint::MailDown),
        Delivery::Refused => Some(Complaint::MailboxRefused { address: facts.identifier() }),
        Delivery::Waiting | Delivery::Sent => None,
    }
}

/// The code that counts now, if one was mailed.
#[must_use]
pub fn live(facts: &Facts) -> Option<Live> {
    let mailed = facts.said().filter_map(|e| if let Proved::CodeMailed { code, until } = &e.what { Some(Live { digest: *code, until: *until }) } else { None });
    mailed.last()
}

/// What a code is compared by, in constant time.
fn digest(tools: &Tools, subject: Subject, address: &Email, code: &str) -> Digest {
    let parts = [subject.home.0.as_bytes().as_slice(), subject.id.0.as_bytes(), address.norm().as_bytes(), code.as_bytes()];
    tools.sealer.digest_of(Purpose::MailCode, &parts)
}

/// The counter of tries at a code.
#[must_use]
pub fn tries_of(code: &Digest, tools: &Tools) -> Digest {
    tools.sealer.digest_of(Purpose::Attempts, &[b"mail-code", &code.0])
}

/// The counter of codes sent to a mailbox, whoever asks and in whichever journey.
fn sent_to(address: &Email, facts: &Facts, tools: &Tools) -> Digest {
    tools.sealer.digest_of(Purpose::Attempts, &[b"mailbox", facts.tenant.id.0.as_bytes(), address.norm().as_bytes()])
}

async fn load(of: Digest, facts: &Facts, tools: &Tools) -> Result<(Option<Loaded<Attempts>>, Attempts), StoreError> {
    let before = tools.store.reads(facts.now).attempts(&of).await?;
    let attempts = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, facts.now));
    Ok((before, attempts))
}

/// Seconds until there can be another code for the address of this journey; at least one.
///
/// # Errors
/// The store failed.
pub async fn pause(facts: &Facts, tools: &Tools) -> Result<u64, StoreError> {
    let Some(address) = facts.new_address() else { return Ok(1) };
    let (_, sent) = load(sent_to(address, facts, tools), facts, tools).await?;
    Ok(sent.pause_at(facts.now).map_or(1, |until| until.since(facts.now).max(1)))
}

/// A code on its way.
pub enum Sending {
    /// To be committed: what is remembered, and the mail with its counters.
    Mailed(Proved, Batch),
    /// Too soon: so many seconds from now.
    Wait(u64),
    /// The one before waits for the mail server and is still good: it leaves by itself.
    Held,
}

/// Make a code and the mail that brings it. Nothing about accounts is read.
///
/// # Errors
/// The store failed, or the mail cannot be sealed.
pub async fn send(facts: &Facts, tools: &Tools, subject: Subject, address: &Email) -> Result<Sending, Fault> {
    let (now, rules) = (facts.now, &facts.tenant.settings);
    if facts.delivery == Some(Delivery::Delayed) {
        return Ok(Sending::Held);
    }
    let (before, sent) = load(sent_to(address, facts, tools), facts, tools).await?;
    if let Some(until) = sent.pause_at(now) {
        return Ok(Sending::Wait(until.since(now).max(1)));
    }
    let mut batch = Batch::new(now);
    if let Some(prefix) = facts.visitor.network() {
        let of = tools.sealer.digest_of(Purpose::Attempts, &[b"mailing-network", facts.tenant.id.0.as_bytes(), &prefix]);
        let (before, mailed) = load(of, facts, tools).await?;
        if let Some(until) = mailed.pause_at(now) {
            return Ok(Sending::Wait(until.since(now).max(1)));
        }
        batch.put(before.as_ref(), &mailed.count_network(now, rules))?;
    }
    batch.put(before.as_ref(), &sent.count_mailed(now, rules))?;
    let code = made(tools.entropy.as_ref(), rules.mail_code_digits);
    let until = now.plus(rules.mail_code);
    let locale = facts.visitor.locale;
    let app = facts.client.as_ref().map(|client| client.names.get(locale).to_owned());
    let content = MailContent::ConfirmAddress { app, from: facts.visitor.origin() };
    let letter = Letter::new(content, Some(address.clone()), locale, facts.tenant.id).with_code(Secret::new(grouped(code.expose())), until);
    let kept = digest(tools, subject, address, code.expose());
    letter.post_code(&kept, tools, &mut batch, now)?;
    batch.audit(&event(facts, EventName::EmailVerificationSent))?;
    Ok(Sending::Mailed(Proved::CodeMailed { code: kept, until }, batch))
}

/// How a code compares with those that were mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It is the one.
    Right,
    /// It was, before a newer one was sent.
    Replaced,
    /// It is none.
    Wrong,
}

/// Compare what was typed with the codes of this journey.
#[must_use]
pub fn compare(facts: &Facts, tools: &Tools, typed: &str) -> Compared {
    let (Some(subject), Some(address), Some(live)) = (facts.subject(), facts.new_address(), live(facts)) else { return Compared::Wrong };
    let typed = digest(tools, subject, address, typed);
    let was_mailed = facts.said().any(|e| matches!(&e.what, Proved::CodeMailed { code, .. } if *code == typed));
    match (typed == live.digest, was_mailed) {
        (true, _) => Compared::Right,
        (false, true) => Compared::Replaced,
        (false, false) => Compared::Wrong,
    }
}

/// The digits of what was typed or pasted.
#[must_use]
pub fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// That many random digits.
fn made(entropy: &dyn Entropy, digits: u32) -> Secret<String> {
    let number = u64::from_be_bytes(entropy.bytes()) % 10_u64.pow(digits.clamp(4, 9));
    Secret::new(format!("{number:0width$}", width = digits.clamp(4, 9) as usize))
}

/// Six digits are read more easily as three and three.
fn grouped(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((first, second)) if code.len() == 6 => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}

/// An event about somebody who is nobody yet: it names no account and no address.
#[must_use]
pub fn event(facts: &Facts, name: EventName) -> AuditEvent {
    let nobody = Actor { kind: ActorKind::Person, id: None };
    let mut event = AuditEvent::new(name, facts.tenant.id, nobody, facts.now).from(facts.visitor.ip.as_deref(), facts.visitor.correlation.as_deref());
    event.journey = Some(facts.journey.id.to_string());
    event.client = facts.request().map(|request| request.client.clone());
    event
}

#[cfg(test)]
mod tests {
    use super::{digits, grouped};

    #[test]
    fn a_code_may_be_pasted_with_what_stands_around_it() {
        assert_eq!(digits(" 482\u{a0}913.\n"), "482913");
        assert_eq!(digits("code : 482-913"), "482913");
    }

    #[test]
    fn six_digits_are_read_as_three_and_three() {
        assert_eq!((grouped("482913").as_str(), grouped("4829").as_str()), ("482 913", "4829"));
    }
}
