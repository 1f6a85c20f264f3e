//! May this person go on? Silent until they proved who they are: a stranger learns nothing about an account.

use crate::{
    journey::{
        facts::Facts,
        screen::{Owed, Verdict},
    },
    policy::standing::standing,
};

/// Never asks, only lets pass or refuses.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if !facts.is_proved() {
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
