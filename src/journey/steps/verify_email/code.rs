//! S-SIGNUP-CODE: the code that was mailed.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        mail_code::{self, Sending},
        screen::{At, Guess, Outcome, Proof, Rejected, Screen},
    },
    model::{CodeUse, Delivery, Proved},
    pages::{Complaint, Form, Page},
    values::Fault,
};

/// The screen.
pub struct Code;

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
    /// «Modifier l'adresse».
    ChangeAddress,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    address: String,
    digits: u32,
    minutes: u64,
    pause: u64,
    sender: String,
    delivery: Option<Delivery>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/verify_email/code.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("code"))),
            address: "camille@courriel.test".into(),
            digits: 6,
            minutes: 15,
            pause: 60,
            sender: "Cabinet Aubépine".into(),
            delivery: Some(Delivery::Sent),
        };
        let mailing = |delivery, complaint: Option<Complaint>| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, None)),
            delivery: Some(delivery),
            ..view(None)
        };
        let refused = Complaint::MailboxRefused { address: "camille@courriel.test".into() };
        vec![
            ("empty", view(None)),
            ("wrong", view(Some(Complaint::Code { left: 4 }))),
            ("malformed", view(Some(Complaint::CodeFormat { digits: 6 }))),
            ("expired", view(Some(Complaint::CodeExpired))),
            ("spent", view(Some(Complaint::CodeSpent { seconds: 60 }))),
            ("waiting", mailing(Delivery::Waiting, None)),
            ("delayed", mailing(Delivery::Delayed, Some(Complaint::MailDown))),
            ("refused", mailing(Delivery::Refused, Some(refused))),
            ("too_soon", view(Some(Complaint::Resend { seconds: 42 }))),
        ]
    }
}

impl Screen for Code {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let (tenant, facts) = (&at.facts.tenant, at.facts);
        // What is left of its life, rounded up as people say it.
        let minutes = mail_code::live(facts, CodeUse::Address).map_or(0, |code| code.until.since(facts.now).div_ceil(60));
        View {
            form: at.form.clone(),
            address: facts.identifier(),
            digits: tenant.settings.mail_code_digits,
            minutes,
            pause: tenant.settings.mail_code_pause,
            sender: tenant.names.get(facts.visitor.locale).to_owned(),
            delivery: facts.delivery,
        }
    }

    fn guess(answer: &Answer, facts: &Facts) -> Option<Guess> {
        matches!(answer, Answer::Next { code } if mail_code::is_guess(facts, CodeUse::Address, code)).then_some(Guess::Code(CodeUse::Address))
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        mail_code::standing_complaint(facts)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let code = match answer {
            Answer::Next { code } => code,
            Answer::ChangeAddress => return Ok(Outcome::proved(Proved::Forgotten)),
            Answer::Resend => return again(at, tools).await,
        };
        match mail_code::judge(at.facts, tools, CodeUse::Address, (&code, at.left)).await? {
            Ok(also) => {
                let address = at.facts.new_address().cloned().ok_or_else(|| Fault::new("a code was right for no address"))?;
                Ok(Outcome::Proved(Proof { also: Some(also), ..Proof::of(Proved::Mailbox(address)) }))
            }
            Err(complaint) => Err(Rejected::field("code", complaint)),
        }
    }
}

/// Another code, which ends the one before.
async fn again(at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
    match mail_code::send_known(at.facts, tools, CodeUse::Address, false).await? {
        Sending::Held => Err(Rejected::Complaint { complaint: Complaint::MailDown, field: None, also: None }),
        Sending::Wait(seconds) => Err(Rejected::field("code", Complaint::Resend { seconds })),
        Sending::Suspect(suspected) => Ok(Outcome::proved(suspected)),
        Sending::Mailed(code, also) => Ok(Outcome::Proved(Proof { also: Some(also), ..Proof::of(code) })),
    }
}
