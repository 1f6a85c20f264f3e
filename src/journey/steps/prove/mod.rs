//! Prove that it is you.

pub mod password;

use crate::{
    journey::{
        facts::Facts,
        screen::{Owed, Reason},
    },
    model::{Purpose, ScreenName, StepName},
};

/// Owed until there is a proof that is fresh enough. A client's wish is answered on the page people know, an act of the portal on S-REAUTH.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.is_proved() {
        return Owed::Settled;
    }
    let first = if facts.journey.purpose == Purpose::Confirm { ScreenName::Reauth } else { ScreenName::Password };
    Owed::ask(StepName::Prove, first, &[], Reason::Login)
}
