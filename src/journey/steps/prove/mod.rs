//! Prove that it is you.

pub mod code;
pub mod password;

use crate::{
    journey::{
        check,
        facts::{Facts, Resetting},
        mail_code,
        screen::{Owed, Reason},
    },
    model::{CodeUse, CredentialKind, Purpose, ScreenName, StepName, Unfit},
};

/// Owed until there is a proof that is fresh enough. A client's wish is answered on the page people know, an act of the portal on S-REAUTH; a new password is
/// allowed by its own code, which proves nothing else.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.journey.purpose == Purpose::Reset {
        let is_allowed = facts.resetting() != Resetting::Unproved;
        return if is_allowed { Owed::Settled } else { Owed::ask(StepName::Prove, ScreenName::ResetCode, &[], Reason::Login) };
    }
    if facts.is_proved() {
        return Owed::Settled;
    }
    // The page of the code can be turned to when there is one, and what has to be done for one when it was asked for. Nobody has to: there is the password.
    let others: &[ScreenName] = match () {
        () if !takes_code(facts) => &[],
        () if mail_code::live(facts, CodeUse::SignIn).is_some() => &[ScreenName::SignInCode],
        () if check::is_due(facts, CodeUse::SignIn) => &[ScreenName::Check],
        () => &[],
    };
    Owed::ask(StepName::Prove, first(facts), others, Reason::Login)
}

/// Where the password is asked for.
pub(super) fn first(facts: &Facts) -> ScreenName {
    if facts.journey.purpose == Purpose::Confirm { ScreenName::Reauth } else { ScreenName::Password }
}

/// Is the account's password one that its owner has to change?
fn marked(facts: &Facts) -> Option<Unfit> {
    let password = facts.person.as_ref().and_then(|person| person.password.as_ref())?;
    let CredentialKind::Password { must_change, .. } = &password.kind;
    must_change.then_some(Unfit::Marked)
}

/// May a mailed code stand in for the password here?
fn takes_code(facts: &Facts) -> bool {
    facts.tenant.settings.mail_code_sign_in
}
