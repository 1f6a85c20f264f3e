//! Who is it? Typed, or chosen among those whom this browser knows.

pub mod picker;
pub mod reset;
pub mod sign_in;
pub mod sign_up;
pub mod unknown;

use crate::{
    journey::{
        check,
        facts::{Facts, Resetting},
        mail_code,
        screen::{Owed, Reason, Verdict},
    },
    model::{CodeUse, Proved, Purpose, ScreenName, StepName},
    policy::sign_up as rule,
};

/// Owed until somebody is named. «Utiliser un autre compte» names nobody and goes straight to typing.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.journey.purpose == Purpose::Reset {
        let is_on_its_way = mail_code::live(facts, CodeUse::Reset).is_some() || check::is_due(facts, CodeUse::Reset);
        let is_named = facts.resetting() != Resetting::Unproved || is_on_its_way;
        return if is_named { Owed::Settled } else { Owed::ask(StepName::Identify, ScreenName::Reset, &[], Reason::Login) };
    }
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
