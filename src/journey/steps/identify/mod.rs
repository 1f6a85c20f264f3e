//! Who is it? Typed, or chosen among those whom this browser knows.

pub mod picker;
pub mod sign_in;
pub mod sign_up;
pub mod unknown;

use crate::{
    journey::{
        facts::Facts,
        screen::{Owed, Reason, Verdict},
    },
    model::{Proved, Purpose, ScreenName, StepName},
    policy::sign_up as rule,
};

/// Owed until somebody is named. «Utiliser un autre compte» names nobody and goes straight to typing.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.subject().is_some() {
        if unknown::is_told(facts) {
            return Owed::ask(StepName::Identify, ScreenName::SignInUnknown, &[ScreenName::SignIn], Reason::Login);
        }
        return Owed::Settled;
    }
    if facts.journey.purpose == Purpose::SignUp {
        if !rule::is_offered(&facts.tenant) {
            return Owed::Refuse(Verdict::InviteOnly);
        }
        return Owed::ask(StepName::Identify, ScreenName::SignUpEmail, &[], Reason::Login);
    }
    let forgotten = facts.journey.evidence.iter().any(|e| e.what == Proved::Forgotten);
    let remembers = facts.device.as_ref().is_some_and(|device| !device.known.is_empty()) || !facts.candidates.is_empty();
    let reason = if facts.candidates.is_empty() { Reason::Login } else { Reason::Selection };
    if remembers && !forgotten && facts.request().is_none_or(|request| request.login_hint.is_none()) {
        return Owed::ask(StepName::Identify, ScreenName::Picker, &[ScreenName::SignIn], reason);
    }
    Owed::ask(StepName::Identify, ScreenName::SignIn, &[ScreenName::Picker], reason)
}
