//! S-SIGNUP-SECRET: what the person will prove themselves with from now on.

use serde::{Deserialize, Serialize};

use crate::{
    crypto::Purpose,
    journey::{
        Tools,
        facts::Facts,
        new_password,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen},
    },
    model::{Proved, ScreenName, StepName},
    pages::{Complaint, Form, Page},
    policy::password::{self, Guessable},
    values::Secret as Hidden,
};

/// Owed until something was chosen.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.said().any(|e| matches!(e.what, Proved::PasswordChosen(_))) {
        return Owed::Settled;
    }
    Owed::ask(StepName::ChooseCredential, ScreenName::SignUpSecret, &[], Reason::Interaction)
}

/// The screen.
pub struct Secret;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Suivant».
    Next {
        /// As typed.
        #[serde(default = "nothing")]
        new_password: Hidden<String>,
    },
}

fn nothing() -> Hidden<String> {
    Hidden::new(String::new())
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    least: usize,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/choose_credential.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("new_password"))),
            identifier: "camille@courriel.test".into(),
            least: 12,
        };
        vec![
            ("empty", view(None)),
            ("short", view(Some(Complaint::PasswordShort { least: 12, missing: 3 }))),
            ("known", view(Some(Complaint::PasswordKnown { why: Guessable::Listed }))),
            ("own", view(Some(Complaint::PasswordSelf))),
        ]
    }
}

impl Screen for Secret {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        View { form: at.form.clone(), identifier: at.facts.identifier(), least: at.facts.tenant.settings.password_min }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Next { new_password } = answer;
        let wrong = |complaint| Err(Rejected::field("new_password", complaint));
        if new_password.expose().is_empty() {
            return wrong(Complaint::Required { field: "new_password" });
        }
        let own = at.facts.new_address().map(|address| [address.spelt(), address.norm()]).into_iter().flatten();
        if let Err(refused) = password::judge(new_password.expose(), at.facts.tenant.settings.password_min, own) {
            return wrong(new_password::complaint(refused));
        }
        let Ok(phc) = tools.hasher.hash(new_password, tools.entropy.as_ref()).await? else {
            return Err(Rejected::Complaint { complaint: Complaint::Busy, field: None, also: None });
        };
        // Until there is an account it is nobody's: not even its hash lies about open.
        Ok(Outcome::proved(Proved::PasswordChosen(tools.sealer.seal(Purpose::Draft, phc.as_bytes(), tools.entropy.as_ref())?)))
    }
}
