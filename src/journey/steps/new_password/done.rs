//! S-RESET-DONE: the password is changed, and the sign-in goes on: with everything that one asks.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        screen::{At, Outcome, Rejected, Screen},
    },
    model::Purpose,
    pages::{Form, Page},
};

/// The screen.
pub struct Done;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Continuer».
    Continue,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/new_password/done.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("done", Self { form: Form::default(), identifier: "camille@courriel.test".into() })]
    }
}

impl Screen for Done {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        View { form: at.form.clone(), identifier: at.facts.identifier() }
    }

    async fn answer(_: Answer, _: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        Ok(Outcome::Become(Purpose::SignIn))
    }
}
