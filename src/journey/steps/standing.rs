//! May this person go on? Silent until they proved who they are: a stranger learns nothing about an account.

use crate::{
    journey::{
        facts::{Facts, Resetting},
        screen::{Owed, Verdict},
    },
    model::Purpose,
    policy::{
        sign_up,
        standing::{standing, vacant},
    },
};

/// Never asks, only lets pass or refuses.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.journey.purpose == Purpose::SignUp {
        return newcomer(facts);
    }
    if !facts.is_proved() && facts.resetting() == Resetting::Unproved {
        return Owed::Settled;
    }
    let Some(person) = &facts.person else { return Owed::Settled };
    if let Some(barred) = standing(&facts.tenant, facts.client.as_deref(), &person.account, person.is_member) {
        return Owed::Refuse(Verdict::Barred(barred));
    }
    if facts.request().and_then(|request| request.required_subject).is_some_and(|required| required != person.account.id) {
        return Owed::Refuse(Verdict::OtherSubject);
    }
    Owed::Settled
}

/// Somebody without an account yet: the place must be open, to this address still.
fn newcomer(facts: &Facts) -> Owed {
    if let Some(barred) = vacant(&facts.tenant, facts.client.as_deref()) {
        return Owed::Refuse(Verdict::Barred(barred));
    }
    if !facts.new_address().is_some_and(|address| sign_up::is_open_to(&facts.tenant, address)) {
        return Owed::Refuse(Verdict::InviteOnly);
    }
    if facts.request().is_some_and(|request| request.required_subject.is_some()) {
        return Owed::Refuse(Verdict::OtherSubject);
    }
    Owed::Settled
}
