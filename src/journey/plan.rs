//! What comes next. Pure: the same facts always give the same answer, so nothing stores where a person stands.

use super::{
    facts::Facts,
    screen::{Offer, Owed, Verdict},
    steps,
    table::TABLE,
};

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// One of these pages.
    Show(Offer),
    /// Nothing good.
    Refuse(Verdict),
    /// Everything is settled.
    Finish,
}

/// The first step still owed, or what ends the journey.
#[must_use]
pub fn next(facts: &Facts) -> Next {
    for &(step, _) in TABLE.iter().filter(|(_, purposes)| purposes.contains(&facts.journey.purpose)) {
        match steps::owed(step, facts) {
            Owed::Settled => {}
            Owed::Ask(offer) => return Next::Show(offer),
            Owed::Refuse(verdict) => return Next::Refuse(verdict),
        }
    }
    Next::Finish
}
