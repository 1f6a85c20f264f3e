//! S-SIGNIN-OTP, and S-RESET-CODE: a code that was mailed to whoever has the account.

use serde::{Deserialize, Serialize};

use super::{first, marked};
use crate::{
    journey::{
        Tools,
        facts::Facts,
        mail_code::{self, Sending},
        screen::{At, Guess, Outcome, Proof, Rejected, Screen},
    },
    model::{CodeUse, Delivery, Proved, Purpose, ScreenName},
    pages::{Complaint, Form, Page},
    values::Fault,
};

/// The screen.
pub struct MailedCode;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Suivant».
    Next {
        /// As typed or pasted.
        #[serde(default)]
        code: String,
    },
    /// «Renvoyer le code».
    Resend,
    /// «Autre façon de me connecter», «Revenir à la connexion».
    Another,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    reset: bool,
    digits: u32,
    minutes: u64,
    pause: u64,
    sender: String,
    delivery: Option<Delivery>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/prove/code.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |reset, complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("code"))),
            identifier: "camille@courriel.test".into(),
            reset,
            digits: 6,
            minutes: 15,
            pause: 60,
            sender: "Cabinet Aubépine".into(),
            delivery: Some(Delivery::Sent),
        };
        let held = Form::default().complaining(Complaint::MailDown, None);
        vec![
            ("sign_in", view(false, None)),
            ("reset", view(true, None)),
            ("over", Self { minutes: 0, ..view(true, Some(Complaint::CodeExpired)) }),
            ("wrong", view(false, Some(Complaint::Code { left: 4 }))),
            ("malformed", view(true, Some(Complaint::CodeFormat { digits: 6 }))),
            ("spent", view(false, Some(Complaint::CodeSpent { seconds: 60 }))),
            ("waiting", Self { delivery: Some(Delivery::Waiting), ..view(false, None) }),
            ("delayed", Self { delivery: Some(Delivery::Delayed), form: held, ..view(true, None) }),
            ("too_soon", view(true, Some(Complaint::Resend { seconds: 42 }))),
        ]
    }
}

/// What the code is for that is asked for now.
fn wanted(facts: &Facts) -> CodeUse {
    if facts.journey.purpose == Purpose::Reset { CodeUse::Reset } else { CodeUse::SignIn }
}

impl Screen for MailedCode {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let (facts, settings) = (at.facts, &at.facts.tenant.settings);
        // What is left of its life, rounded up as people say it.
        let minutes = mail_code::live(facts, wanted(facts)).map_or(0, |code| code.until.since(facts.now).div_ceil(60));
        View {
            form: at.form.clone(),
            identifier: facts.identifier(),
            reset: at.screen == ScreenName::ResetCode,
            digits: settings.mail_code_digits,
            minutes,
            pause: settings.mail_code_pause,
            sender: facts.tenant.names.get(facts.visitor.locale).to_owned(),
            delivery: facts.delivery,
        }
    }

    fn guess(answer: &Answer, facts: &Facts) -> Option<Guess> {
        let of = wanted(facts);
        matches!(answer, Answer::Next { code } if mail_code::is_guess(facts, of, code)).then_some(Guess::Code(of))
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        mail_code::standing_complaint(facts)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let of = wanted(at.facts);
        let code = match answer {
            Answer::Next { code } => code,
            Answer::Another if of == CodeUse::Reset => return Ok(Outcome::Become(Purpose::SignIn)),
            Answer::Another => return Ok(Outcome::Turn(first(at.facts))),
            Answer::Resend => {
                return match mail(of, at.screen, at, tools).await? {
                    Ok(proof) => Ok(Outcome::Proved(proof)),
                    Err(complaint @ Complaint::Resend { .. }) => Err(Rejected::field("code", complaint)),
                    Err(complaint) => Err(Rejected::Complaint { complaint, field: None, also: None }),
                };
            }
        };
        match mail_code::judge(at.facts, tools, of, (&code, at.left)).await? {
            Ok(also) => {
                let proved = if of == CodeUse::Reset {
                    vec![Proved::MayReset]
                } else {
                    std::iter::once(Proved::MailCode).chain(marked(at.facts).map(Proved::MustChange)).collect()
                };
                Ok(Outcome::Proved(Proof { subject: None, proved, also: Some(also), then: None, becomes: None }))
            }
            Err(complaint) => Err(Rejected::field("code", complaint)),
        }
    }
}

/// Mail a code to whom this is about, or say why that has to wait. Then `to` is shown.
pub(super) async fn mail(of: CodeUse, to: ScreenName, at: &At<'_>, tools: &Tools) -> Result<Result<Proof, Complaint>, Fault> {
    Ok(match mail_code::send_known(at.facts, tools, of, false).await? {
        Sending::Held => Err(Complaint::MailDown),
        Sending::Wait(seconds) => Err(Complaint::Resend { seconds }),
        Sending::Suspect(suspected) => Ok(Proof { then: Some(ScreenName::Check), ..Proof::of(suspected) }),
        Sending::Mailed(code, also) => Ok(Proof { also: Some(also), then: Some(to), ..Proof::of(code) }),
    })
}
