//! Must the person be asked before an application gets something?

use crate::{
    model::{Client, ConsentMode, ConsentPolicy, Settings},
    values::Scopes,
};

/// What is due before tokens may be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsentVerdict {
    /// Nothing.
    Settled,
    /// The person must agree to these; the rest was agreed to before.
    Ask {
        /// What is new.
        new: Scopes,
    },
    /// People may not agree by themselves here.
    NeedsAdministrator,
}

/// `given` is what the person agreed to before, `again` whether the client wants them asked once more (`prompt=consent`).
#[must_use]
pub fn app_consent(client: &Client, rules: &Settings, requested: &Scopes, given: &Scopes, again: bool) -> ConsentVerdict {
    let new = if again { requested.clone() } else { requested.without(given) };
    if new.is_empty() || (client.consent == ConsentMode::Implied && !again) {
        return ConsentVerdict::Settled;
    }
    match rules.user_consent {
        ConsentPolicy::Everybody => ConsentVerdict::Ask { new },
        ConsentPolicy::Nobody => ConsentVerdict::NeedsAdministrator,
    }
}
