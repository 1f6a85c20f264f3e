//! Another password: in the place of a forgotten one, or of one that may not stay.

pub mod done;
pub mod forced;
pub mod reset;

use crate::{
    journey::{
        Tools,
        facts::{Facts, Resetting},
        new_password::Chooser,
        screen::{At, Owed, Reason, Rejected},
    },
    model::{EventName, Purpose, ScreenName, StepName},
    pages::Complaint,
    storage::Batch,
    values::{Fault, Secret},
};

/// Owed by who forgot the old one, to the end: the last page makes it a sign-in. Owed by who proved one that may not stay.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    let ask = |screen| Owed::ask(StepName::NewPassword, screen, &[], Reason::Interaction);
    match (facts.journey.purpose, facts.resetting()) {
        (Purpose::Reset, Resetting::Done) => ask(ScreenName::ResetDone),
        (Purpose::Reset, _) => ask(ScreenName::ResetNew),
        _ if facts.unfit().is_some() => ask(ScreenName::ForcedPassword),
        _ => Owed::Settled,
    }
}

fn nothing() -> Secret<String> {
    Secret::new(String::new())
}

/// Judge what was chosen; answers with all that is written then.
async fn choose(typed: Secret<String>, ends_others: bool, name: EventName, (at, tools): (&At<'_>, &Tools)) -> Result<Batch, Rejected> {
    let facts = at.facts;
    let person = facts.person.as_ref().ok_or_else(|| Fault::new("a new password is nobody's"))?;
    let chooser = Chooser { account: &person.account, tenant: &facts.tenant, visitor: &facts.visitor, now: facts.now };
    let event = |name| facts.event(name, person.account.subject());
    match chooser.choose(typed, ends_others, &event, (name, tools)).await? {
        Ok(batch) => Ok(batch),
        Err(Complaint::Busy) => Err(Rejected::Complaint { complaint: Complaint::Busy, field: None, also: None }),
        Err(complaint) => Err(Rejected::field("new_password", complaint)),
    }
}
