//! What all mailed codes have in common, in a journey and outside of one: their digits, what is kept of them, and how many may be sent.

use super::{
    Tools,
    facts::{Facts, Visitor},
};
use crate::{
    crypto::Purpose,
    model::{Attempts, Subject, Tenant},
    pages::Complaint,
    storage::{Batch, Loaded, StoreError},
    values::{Digest, Entropy, EntropyExt as _, Fault, Secret, Timestamp},
};

/// Where and when.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// In whose name mails are sent, and whose rules count.
    pub tenant: &'a Tenant,
    /// Who asks.
    pub visitor: &'a Visitor,
    /// When.
    pub now: Timestamp,
}

impl<'a> Asked<'a> {
    /// In a journey.
    #[must_use]
    pub fn of(facts: &'a Facts) -> Self {
        Self { tenant: &facts.tenant, visitor: &facts.visitor, now: facts.now }
    }

    /// The counter of codes sent to a mailbox, whoever asks, what for and from where.
    fn mailbox(&self, mailbox: &str, tools: &Tools) -> Digest {
        tools.sealer.digest_of(Purpose::Attempts, &[b"mailbox", self.tenant.id.0.as_bytes(), mailbox.as_bytes()])
    }

    /// The counter of codes that a network has sent, to whomever.
    pub(super) fn network(&self, tools: &Tools) -> Option<Digest> {
        let prefix = self.visitor.network()?;
        Some(tools.sealer.digest_of(Purpose::Attempts, &[b"mailing-network", self.tenant.id.0.as_bytes(), &prefix]))
    }

    /// Seconds until there can be another code for this mailbox; at least one.
    ///
    /// # Errors
    /// The store failed.
    pub async fn pause(&self, mailbox: &str, tools: &Tools) -> Result<u64, StoreError> {
        let (_, sent) = load(self.mailbox(mailbox, tools), tools, self.now).await?;
        Ok(sent.pause_at(self.now).map_or(1, |until| until.since(self.now).max(1)))
    }

    /// Count a code that is about to be sent to this mailbox, into the commit that sends it; or say how many seconds too soon that is.
    ///
    /// # Errors
    /// The store failed.
    pub async fn count(&self, mailbox: &str, tools: &Tools, batch: &mut Batch) -> Result<Result<(), u64>, Fault> {
        let (now, rules) = (self.now, &self.tenant.settings);
        let wait = |counted: &Attempts| counted.pause_at(now).map(|until| until.since(now).max(1));
        let (before, sent) = load(self.mailbox(mailbox, tools), tools, now).await?;
        if let Some(seconds) = wait(&sent) {
            return Ok(Err(seconds));
        }
        if let Some(network) = self.network(tools) {
            let (before, mailed) = load(network, tools, now).await?;
            if let Some(seconds) = wait(&mailed) {
                return Ok(Err(seconds));
            }
            batch.put(before.as_ref(), &mailed.count_network(now, rules))?;
        }
        batch.put(before.as_ref(), &sent.count_mailed(now, rules))?;
        Ok(Ok(()))
    }

    /// A new code, as many digits as the organisation says, and when it ends.
    pub(super) fn made(&self, entropy: &dyn Entropy) -> (Secret<String>, Timestamp) {
        let rules = &self.tenant.settings;
        (made(entropy, rules.mail_code_digits), self.now.plus(rules.mail_code))
    }

    /// The digits of what was typed or pasted, if they can be a code here.
    pub(super) fn typed(&self, typed: &str) -> Option<String> {
        let digits = digits(typed);
        (digits.len() == self.tenant.settings.mail_code_digits as usize).then_some(digits)
    }

    /// Is what was typed worth comparing with a code that lives until then, if there is one? Gives its digits.
    ///
    /// # Errors
    /// What a person is told where it is not.
    pub(super) fn read(&self, typed: &str, until: Option<Timestamp>) -> Result<String, Complaint> {
        if typed.trim().is_empty() {
            return Err(Complaint::Required { field: "code" });
        }
        let digits = self.typed(typed).ok_or(Complaint::CodeFormat { digits: self.tenant.settings.mail_code_digits })?;
        if until.is_none_or(|until| until <= self.now) { Err(Complaint::CodeExpired) } else { Ok(digits) }
    }
}

/// A counter as it is, and as it would be if it were none.
pub(super) async fn load(of: Digest, tools: &Tools, now: Timestamp) -> Result<(Option<Loaded<Attempts>>, Attempts), StoreError> {
    let before = tools.store.reads(now).attempts(&of).await?;
    let attempts = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, now));
    Ok((before, attempts))
}

/// What a code is compared by, in constant time: for this use, this subject and this mailbox alone.
pub(super) fn digest(tools: &Tools, (of, subject): (&str, Subject), mailbox: &str, code: &str) -> Digest {
    let parts = [of.as_bytes(), subject.home.0.as_bytes().as_slice(), subject.id.0.as_bytes(), mailbox.as_bytes(), code.as_bytes()];
    tools.sealer.digest_of(Purpose::MailCode, &parts)
}

fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// That many random digits.
fn made(entropy: &dyn Entropy, digits: u32) -> Secret<String> {
    let number = u64::from_be_bytes(entropy.bytes()) % 10_u64.pow(digits.clamp(4, 9));
    Secret::new(format!("{number:0width$}", width = digits.clamp(4, 9) as usize))
}

/// Six digits are read more easily as three and three.
pub(super) fn grouped(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((first, second)) if code.len() == 6 => format!("{first} {second}"),
        _ => code.to_owned(),
    }
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
