//! S-RESET: who forgot a password. Whether there is an account is not told: a code goes to whoever has it.

use serde::{Deserialize, Serialize};

use super::sign_in::meant;
use crate::{
    journey::{
        Tools,
        mail_code::{self, Sending, Wanted},
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{CodeUse, Proved, Purpose},
    pages::{Complaint, Form, Page},
};

/// The screen.
pub struct Reset;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Recevoir un code».
    Send {
        /// As typed.
        #[serde(default)]
        identifier: String,
    },
    /// «Revenir à la connexion».
    Signin,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    prefill: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/reset.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, prefill: String::new() };
        let typed = |text: &str| Form::keeping(&[("identifier".into(), text.into())], Reset::KEPT);
        vec![
            ("empty", view(Form::default())),
            ("known", Self { prefill: "camille@courriel.test".into(), ..view(Form::default()) }),
            ("missing", view(Form::default().complaining(Complaint::Required { field: "identifier" }, Some("identifier")))),
            ("malformed", view(typed("camille@courriel").complaining(Complaint::Email, Some("identifier")))),
            ("too_soon", view(typed("camille@courriel.test").complaining(Complaint::Resend { seconds: 42 }, Some("identifier")))),
        ]
    }
}

impl Screen for Reset {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["identifier"];

    fn page(at: &At<'_>) -> View {
        let hint = || at.facts.request().and_then(|request| request.login_hint.clone()).unwrap_or_default();
        let known = at.facts.identifier();
        View { form: at.form.clone(), prefill: if known.is_empty() { hint() } else { known } }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Send { identifier } = answer else { return Ok(Outcome::Become(Purpose::SignIn)) };
        let typed = identifier.trim();
        let (subject, account) = meant(typed, at, tools).await?;
        match mail_code::send(at.facts, tools, &Wanted::Account(CodeUse::Reset, subject, typed, account.as_deref())).await? {
            Sending::Held => Err(Rejected::field("identifier", Complaint::MailDown)),
            Sending::Wait(seconds) => Err(Rejected::field("identifier", Complaint::Resend { seconds })),
            Sending::Suspect(suspected) => {
                let proved = vec![Proved::Identified(typed.to_owned()), suspected];
                Ok(Outcome::Proved(Proof { subject: Some(subject), proved, also: None, then: None, becomes: None }))
            }
            Sending::Mailed(code, also) => {
                let proved = vec![Proved::Identified(typed.to_owned()), code];
                Ok(Outcome::Proved(Proof { subject: Some(subject), proved, also: Some(also), then: None, becomes: None }))
            }
        }
    }
}
