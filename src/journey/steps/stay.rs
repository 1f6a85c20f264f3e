//! S-STAY: «Rester connecté ?», where the tenant offers it, once for each person and browser, after the last proof.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen},
    },
    model::{Proved, ScreenName, StepName},
    pages::{Form, Page},
};

/// Owed after a sign-in in a browser where it was not answered before.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    let answered_before = facts.device.as_ref().is_some_and(|device| {
        let subject = facts.subject();
        device.known.iter().any(|known| Some(known.subject) == subject && known.stay_answered_at.is_some())
    });
    let signed_in_here = facts.said().any(|e| e.what.is_proof());
    let answered_here = facts.said().any(|e| matches!(e.what, Proved::Stay(_)));
    if !facts.tenant.settings.stay || answered_before || answered_here || !signed_in_here {
        return Owed::Settled;
    }
    Owed::ask(StepName::Stay, ScreenName::Stay, &[], Reason::Interaction)
}

/// The screen.
pub struct Stay;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Oui».
    Yes,
    /// «Non».
    No,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    days: u64,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/stay.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("thirty", Self { form: Form::default(), identifier: "camille@courriel.test".into(), days: 30 })]
    }
}

impl Screen for Stay {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        View { form: at.form.clone(), identifier: at.facts.identifier(), days: at.facts.tenant.settings.stay_max / 86_400 }
    }

    async fn answer(answer: Answer, _: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        Ok(Outcome::proved(Proved::Stay(matches!(answer, Answer::Yes))))
    }
}
