//! The code that proves an address which an account is to have: made, mailed and compared, by the rules of all mailed codes but outside of any journey.

use super::{
    Letter, Tools,
    facts::Visitor,
    mail_code::{digits, grouped, made},
};
use crate::{
    crypto::Purpose,
    model::{Account, AddressChange, Attempts, MailContent, Subject, Tenant},
    pages::Complaint,
    storage::{Batch, Loaded, StoreError},
    values::{Digest, Email, EntropyExt as _, Fault, Secret, SessionId, Timestamp},
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

fn digest(tools: &Tools, subject: Subject, address: &Email, code: &str) -> Digest {
    let parts = [b"new-address".as_slice(), subject.home.0.as_bytes(), subject.id.0.as_bytes(), address.norm().as_bytes(), code.as_bytes()];
    tools.sealer.digest_of(Purpose::MailCode, &parts)
}

/// The counters of codes sent to a mailbox and from a network, whoever asks and what for: the same as those of journeys.
fn counters(tools: &Tools, address: &Email, asked: &Asked<'_>) -> (Digest, Option<Digest>) {
    let tenant = asked.tenant.id.0.as_bytes().as_slice();
    let network = asked.visitor.network().map(|prefix| tools.sealer.digest_of(Purpose::Attempts, &[b"mailing-network", tenant, &prefix]));
    (tools.sealer.digest_of(Purpose::Attempts, &[b"mailbox", tenant, address.norm().as_bytes()]), network)
}

async fn load(of: Digest, tools: &Tools, now: Timestamp) -> Result<(Option<Loaded<Attempts>>, Attempts), StoreError> {
    let before = tools.store.reads(now).attempts(&of).await?;
    let attempts = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, now));
    Ok((before, attempts))
}

/// Seconds until there can be another code for this address; at least one.
///
/// # Errors
/// The store failed.
pub async fn pause(tools: &Tools, address: &Email, asked: &Asked<'_>) -> Result<u64, StoreError> {
    let (_, sent) = load(counters(tools, address, asked).0, tools, asked.now).await?;
    Ok(sent.pause_at(asked.now).map_or(1, |until| until.since(asked.now).max(1)))
}

/// A code on its way: to be committed, or so many seconds too soon.
pub type Sending = Result<(AddressChange, Batch), u64>;

/// Make a code and the mail that brings it. Where another account has the address, its owner is told that there is one instead, and the code equals nothing
/// that can be typed: whoever asks sees no difference.
///
/// # Errors
/// The store failed, or the mail cannot be sealed.
pub async fn send(tools: &Tools, account: &Account, session: &SessionId, address: &Email, asked: &Asked<'_>) -> Result<Sending, Fault> {
    let (now, rules, subject) = (asked.now, &asked.tenant.settings, account.subject());
    let reads = tools.store.reads(now);
    let mut batch = Batch::new(now);
    let (mailbox, network) = counters(tools, address, asked);
    for (of, is_network) in [(Some(mailbox), false), (network, true)] {
        let Some(of) = of else { continue };
        let (before, counted) = load(of, tools, now).await?;
        if let Some(until) = counted.pause_at(now) {
            return Ok(Err(until.since(now).max(1)));
        }
        batch.put(before.as_ref(), &if is_network { counted.count_network(now, rules) } else { counted.count_mailed(now, rules) })?;
    }
    let is_anothers = reads.account_by_email(account.home, address).await?.is_some_and(|other| other.subject() != subject);
    let (code, until) = (made(tools.entropy.as_ref(), rules.mail_code_digits), now.plus(rules.mail_code));
    let locale = asked.visitor.locale;
    let letter = |content| Letter::new(content, Some(address.clone()), locale, asked.tenant.id);
    let (letter, kept) = if is_anothers {
        let portal = format!("{}/account", tools.public_url);
        (letter(MailContent::AccountExists { app: None, reset_url: portal.clone() }).with_link(portal), tools.entropy.token())
    } else {
        let old = account.primary_email().map_or_else(|| account.identifier(), |email| email.address.masked());
        let content = MailContent::ConfirmNewAddress { old, from: asked.visitor.origin() };
        (letter(content).with_code(Secret::new(grouped(code.expose())), until), code)
    };
    letter.post(tools, &mut batch, now)?;
    let code = digest(tools, subject, address, kept.expose());
    let before = tools.store.load::<AddressChange>(&AddressChange::key_of(subject), now).await?;
    let again = before.as_deref().filter(|before| before.session == *session && before.address.norm() == address.norm());
    let change = match again {
        Some(before) => before.clone().with_code(code, until),
        None => AddressChange { subject, session: session.clone(), address: address.clone(), code, replaced: Vec::new(), tries: 0, until },
    };
    batch.put(before.as_ref(), &change)?;
    Ok(Ok((change, batch)))
}

/// Is what was typed worth comparing? Says what it would be compared by.
///
/// # Errors
/// What a person is told where it is not, but for the pause after too many tries, which the caller knows.
pub fn read(tools: &Tools, change: &AddressChange, typed: &str, asked: &Asked<'_>) -> Result<Digest, Complaint> {
    let wanted = asked.tenant.settings.mail_code_digits;
    let code = digits(typed);
    if typed.trim().is_empty() {
        return Err(Complaint::Required { field: "code" });
    }
    if code.len() != wanted as usize {
        return Err(Complaint::CodeFormat { digits: wanted });
    }
    if change.until <= asked.now {
        return Err(Complaint::CodeExpired);
    }
    Ok(digest(tools, change.subject, &change.address, &code))
}
