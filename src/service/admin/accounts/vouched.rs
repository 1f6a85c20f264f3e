//! An administrator's word that an address or a number is its owner's: for organisations that know their people by other means.

use super::{AccountShown, find_to_change, shape::shown_at};
use crate::{
    journey::Tools,
    model::EventName,
    service::admin::{By, Refused, Shown, commit},
    storage::Batch,
};

/// What is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// The primary address.
    Email,
    /// The primary number.
    Phone,
}

/// Vouch for it, or stop doing so.
///
/// # Errors
/// See [`Refused`].
pub async fn vouch(tools: &Tools, by: &By, place: (&str, &str), contact: Contact, verified: bool) -> Result<Shown<AccountShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.try_map(|mut account| {
        let (mark, missing) = match contact {
            Contact::Email => (account.emails.first_mut().map(|email| &mut email.verified_at), "this account has no address"),
            Contact::Phone => (account.phones.first_mut().map(|phone| &mut phone.verified_at), "this account has no number"),
        };
        let mark = mark.ok_or(Refused::Impossible(missing))?;
        *mark = if verified { mark.or(Some(now)) } else { None };
        account.updated_at = now;
        Ok::<_, Refused>(account)
    })?;
    let word = match (contact, verified) {
        (Contact::Email, true) => "email verified",
        (Contact::Email, false) => "email not verified",
        (Contact::Phone, true) => "phone verified",
        (Contact::Phone, false) => "phone not verified",
    };
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::AccountUpdated, tenant.id, now, word).on("account", changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}
