//! S-PW-FORCED: the password was right and may not stay.

use serde::{Deserialize, Serialize};

use super::{choose, nothing};
use crate::{
    journey::{
        Tools,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{EventName, Proved, Unfit},
    pages::{Complaint, Form, Page},
    values::Secret,
};

/// The screen.
pub struct Forced;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Enregistrer».
    Save {
        /// As typed.
        #[serde(default = "nothing")]
        new_password: Secret<String>,
    },
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    least: usize,
    reason: Unfit,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/new_password/forced.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |reason, complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("new_password"))),
            identifier: "camille@courriel.test".into(),
            least: 12,
            reason,
        };
        vec![
            ("marked", view(Unfit::Marked, None)),
            ("known", view(Unfit::Known, None)),
            ("same", view(Unfit::Marked, Some(Complaint::PasswordSame))),
            ("short", view(Unfit::Known, Some(Complaint::PasswordShort { least: 12, missing: 3 }))),
        ]
    }
}

impl Screen for Forced {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let (settings, reason) = (&at.facts.tenant.settings, at.facts.unfit().unwrap_or(Unfit::Marked));
        View { form: at.form.clone(), identifier: at.facts.identifier(), least: settings.password_min, reason }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Save { new_password } = answer;
        // Whoever else knew the old one is signed out.
        let also = choose(new_password, true, EventName::PasswordChanged, (at, tools)).await?;
        Ok(Outcome::Proved(Proof { also: Some(also), ..Proof::of(Proved::NewPassword) }))
    }
}
