//! S-RESET-NEW: a new password in the place of a forgotten one.

use serde::{Deserialize, Serialize};

use super::{choose, nothing};
use crate::{
    journey::{
        Tools,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{EventName, Proved},
    pages::{Complaint, Form, Page},
    values::Secret,
};

/// The screen.
pub struct New;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Enregistrer».
    Save {
        /// As typed.
        #[serde(default = "nothing")]
        new_password: Secret<String>,
        /// «Déconnecter mes autres appareils»: there when it is ticked.
        signout_all: Option<String>,
    },
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    least: usize,
    signout_all: bool,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/new_password/reset.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("new_password"))),
            identifier: "camille@courriel.test".into(),
            least: 12,
            signout_all: true,
        };
        vec![
            ("empty", view(None)),
            ("short", view(Some(Complaint::PasswordShort { least: 12, missing: 3 }))),
            ("known", view(Some(Complaint::PasswordKnown { why: crate::policy::password::Guessable::Listed }))),
            ("same", Self { signout_all: false, ..view(Some(Complaint::PasswordSame)) }),
        ]
    }
}

impl Screen for New {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["signout_all"];

    fn page(at: &At<'_>) -> View {
        // Ticked, unless it was taken off before something was wrong.
        let signout_all = at.form.complaints.is_empty() || at.form.typed.contains_key("signout_all");
        View { form: at.form.clone(), identifier: at.facts.identifier(), least: at.facts.tenant.settings.password_min, signout_all }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Save { new_password, signout_all } = answer;
        let also = choose(new_password, signout_all.is_some(), EventName::PasswordReset, (at, tools)).await?;
        // From here on the code is what proved who it is.
        let proved = vec![Proved::NewPassword, Proved::MailCode];
        Ok(Outcome::Proved(Proof { subject: None, proved, also: Some(also), then: None, becomes: None }))
    }
}
