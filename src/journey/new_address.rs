//! The code that proves an address which an account is to have: made, mailed and compared, by the rules of all mailed codes but outside of any journey.

use super::{
    Letter, Tools,
    codes::{self, Asked, grouped},
};
use crate::{
    model::{Account, AddressChange, MailContent, Subject},
    pages::Complaint,
    storage::Batch,
    values::{Digest, Email, EntropyExt as _, Fault, Secret, SessionId},
};

fn digest(tools: &Tools, subject: Subject, address: &Email, code: &str) -> Digest {
    codes::digest(tools, ("new-address", subject), address.norm(), code)
}

/// A code on its way: to be committed, or so many seconds too soon.
pub type Sending = Result<(AddressChange, Batch), u64>;

/// Make a code and the mail that brings it. Where another account has the address, its owner is told that there is one instead, and the code equals nothing
/// that can be typed: whoever asks sees no difference.
///
/// # Errors
/// The store failed, or the mail cannot be sealed.
pub async fn send(tools: &Tools, account: &Account, session: &SessionId, address: &Email, asked: &Asked<'_>) -> Result<Sending, Fault> {
    let (now, subject) = (asked.now, account.subject());
    let reads = tools.store.reads(now);
    let mut batch = Batch::new(now);
    if let Err(seconds) = asked.count(address.norm(), tools, &mut batch).await? {
        return Ok(Err(seconds));
    }
    let is_taken = reads.account_by_email(account.home, address).await?.is_some_and(|other| other.subject() != subject);
    let (code, until) = asked.made(&*tools.entropy);
    let locale = asked.visitor.locale;
    let letter = |content| Letter::new(content, Some(address.clone()), locale, asked.tenant.id);
    let (letter, kept) = if is_taken {
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
    let code = asked.read(typed, Some(change.until))?;
    Ok(digest(tools, change.subject, &change.address, &code))
}
