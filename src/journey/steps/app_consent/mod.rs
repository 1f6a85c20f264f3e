//! The application asks, the person answers.

pub mod both;
pub mod person;
pub mod report;

use crate::{
    journey::{
        agreements,
        facts::Facts,
        screen::{Owed, Reason, Verdict},
    },
    model::{Proved, ScreenName, StepName},
    policy::{app_consent::ConsentVerdict, org_consent::OrgConsent},
};

/// Owed once for each scope, and again when the client wants it.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.said().any(|e| e.what == Proved::Declined(StepName::AppConsent)) {
        return Owed::Refuse(Verdict::Declined(StepName::AppConsent));
    }
    match agreements::app(facts) {
        ConsentVerdict::Settled => Owed::Settled,
        ConsentVerdict::Ask { .. } if agreements::organisation(facts) == OrgConsent::WithApp => {
            Owed::ask(StepName::AppConsent, ScreenName::ConsentBoth, &[ScreenName::AppReport], Reason::Consent)
        }
        ConsentVerdict::Ask { .. } => Owed::ask(StepName::AppConsent, ScreenName::AppConsent, &[ScreenName::AppReport], Reason::Consent),
        ConsentVerdict::NeedsAdministrator => Owed::Refuse(Verdict::NeedsAdministrator),
    }
}
