//! Is the mailbox theirs? Only when it is, somebody is told whether there is an account with its address.

pub mod code;
pub mod exists;

use crate::{
    journey::{
        facts::Facts,
        screen::{Owed, Reason},
    },
    model::{ScreenName, StepName},
};

/// Owed until the code was right; and for good where there is an account.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if !facts.has_mailbox() {
        return Owed::ask(StepName::VerifyEmail, ScreenName::SignUpCode, &[], Reason::Interaction);
    }
    if facts.occupant.is_some() {
        return Owed::ask(StepName::VerifyEmail, ScreenName::SignUpExists, &[], Reason::Interaction);
    }
    Owed::Settled
}
