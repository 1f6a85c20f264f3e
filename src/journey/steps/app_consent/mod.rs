//! The application asks, the person answers.

pub mod person;
pub mod report;

use crate::{
    journey::{
        facts::Facts,
        screen::{Owed, Reason, Verdict},
    },
    model::{Proved, ScreenName, StepName},
    policy::app_consent::{ConsentVerdict, app_consent},
    values::{Prompt, Scopes},
};

/// What is due for the client of this journey, after what was agreed to here.
#[must_use]
pub fn due(facts: &Facts) -> ConsentVerdict {
    let Some(client) = facts.client.as_ref().filter(|_| facts.request().is_some()) else { return ConsentVerdict::Settled };
    let requested = facts.scopes();
    if facts.said().any(|e| matches!(&e.what, Proved::Consented { scopes, .. } if requested.is_within(scopes))) {
        return ConsentVerdict::Settled;
    }
    let given = facts.person.as_ref().and_then(|person| person.consent.as_ref()).map_or_else(Scopes::default, |consent| consent.scopes.clone());
    app_consent(client, &facts.tenant.settings, &requested, &given, facts.prompted(Prompt::Consent))
}

/// Owed once for each scope, and again when the client wants it.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.said().any(|e| e.what == Proved::Declined(StepName::AppConsent)) {
        return Owed::Refuse(Verdict::Declined(StepName::AppConsent));
    }
    match due(facts) {
        ConsentVerdict::Settled => Owed::Settled,
        ConsentVerdict::Ask { .. } => Owed::ask(StepName::AppConsent, ScreenName::AppConsent, &[ScreenName::AppReport], Reason::Consent),
        ConsentVerdict::NeedsAdministrator => Owed::Refuse(Verdict::NeedsAdministrator),
    }
}
