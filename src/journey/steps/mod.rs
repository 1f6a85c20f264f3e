//! The steps: for each a rule that says what is owed, and its pages.
//!
//! A row never calls another row's rule; where two need the same answer, both call the same function of `policy` or of the facts.

pub mod app_consent;
pub mod check;
pub mod choose_credential;
pub mod company;
pub mod identify;
pub mod org_consent;
pub mod new_password;
pub mod profile;
pub mod prove;
pub mod standing;
pub mod stay;
pub mod terms;
pub mod verify_email;

use super::{facts::Facts, screen::Owed};
use crate::model::StepName;

/// Closed: a step without a rule does not compile.
#[must_use]
pub fn owed(step: StepName, facts: &Facts) -> Owed {
    match step {
        StepName::Identify => identify::owed(facts),
        StepName::Prove => prove::owed(facts),
        StepName::Standing => standing::owed(facts),
        StepName::Check => check::owed(facts),
        StepName::VerifyEmail => verify_email::owed(facts),
        StepName::NewPassword => new_password::owed(facts),
        StepName::ChooseCredential => choose_credential::owed(facts),
        StepName::Profile => profile::owed(facts),
        StepName::OrgConsent => org_consent::owed(facts),
        StepName::Stay => stay::owed(facts),
        StepName::AppConsent => app_consent::owed(facts),
        StepName::Company => company::owed(facts),
        StepName::Terms => terms::owed(facts),
    }
}
