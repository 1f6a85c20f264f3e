//! What a person writes about themselves.

use crate::{
    journey::{Tools, facts::Visitor},
    model::{Account, Actor, AuditEvent, EventName, Marketing, PostalAddress},
    policy::profile::SaidOfSelf,
    storage::{Batch, CommitError, Loaded},
    values::{Fault, Timestamp},
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is written, or was so already.
    Done,
    /// Somebody changed the account since the person looked at it: nothing is written.
    Conflict,
}

/// Write it over the account as it was seen. The audit trail learns which fields changed, never what stands in them.
///
/// # Errors
/// The store failed.
pub async fn save(tools: &Tools, account: Loaded<Account>, seen: u64, said: SaidOfSelf, visitor: &Visitor) -> Result<Saving, Fault> {
    if account.version() != seen {
        return Ok(Saving::Conflict);
    }
    let now = tools.now();
    let after = written(&account, said, now);
    let changed = changed(&account, &after);
    if changed.is_empty() {
        return Ok(Saving::Done);
    }
    let mut event = AuditEvent::new(EventName::AccountUpdated, account.home, Actor::person(account.subject()), now)
        .on("account", account.id)
        .from(visitor.ip.as_deref(), visitor.correlation.as_deref());
    event.reason = Some(changed.join(" "));
    let mut batch = Batch::new(now);
    batch.audit(&event)?.update(account.map(|_| Account { updated_at: now, ..after }))?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(Saving::Done),
        Err(CommitError::Conflict(_)) => Ok(Saving::Conflict),
        Err(error) => Err(error.into()),
    }
}

fn written(account: &Account, said: SaidOfSelf, now: Timestamp) -> Account {
    let mut after = account.clone();
    after.profile.given_name = said.given_name;
    after.profile.family_name = said.family_name;
    after.profile.zoneinfo = said.zoneinfo;
    after.locale = Some(said.locale);
    let address = PostalAddress { country: said.country, ..after.address.unwrap_or_default() };
    after.address = (address != PostalAddress::default()).then_some(address);
    // A choice that stays keeps the sentence and the day on which it was made.
    let agreed = account.marketing.as_ref().is_some_and(|marketing| marketing.agreed);
    if let Some(news) = said.news.filter(|news| news.agreed != agreed) {
        after.marketing = Some(Marketing { agreed: news.agreed, text: news.text, at: now });
    }
    after
}

fn changed(before: &Account, after: &Account) -> Vec<&'static str> {
    let country = |account: &Account| account.address.as_ref().and_then(|address| address.country.clone());
    [
        ("given_name", before.profile.given_name != after.profile.given_name),
        ("family_name", before.profile.family_name != after.profile.family_name),
        ("locale", before.locale != after.locale),
        ("country", country(before) != country(after)),
        ("zoneinfo", before.profile.zoneinfo != after.profile.zoneinfo),
        ("marketing", before.marketing != after.marketing),
    ]
    .into_iter()
    .filter_map(|(name, is_changed)| is_changed.then_some(name))
    .collect()
}
