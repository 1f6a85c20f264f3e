//! S-SIGNUP-CODE: the code that was mailed.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        mail_code::{self, Compared, Sending},
        screen::{At, Guess, Outcome, Proof, Rejected, Screen},
    },
    model::{Delivery, Proved},
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

/// The digits, if they can be a code here.
fn typed(code: &str, facts: &Facts) -> Option<String> {
    let digits = mail_code::digits(code);
    (digits.len() == facts.tenant.settings.mail_code_digits as usize).then_some(digits)
}

fn is_over(facts: &Facts) -> bool {
    mail_code::live(facts).is_none_or(|code| code.until <= facts.now)
}

impl Screen for Code {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let (tenant, facts) = (&at.facts.tenant, at.facts);
        // What is left of its life, rounded up as people say it.
        let minutes = mail_code::live(facts).map_or(0, |code| code.until.since(facts.now).div_ceil(60));
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
        matches!(answer, Answer::Next { code } if typed(code, facts).is_some() && !is_over(facts)).then_some(Guess::Code)
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        mail_code::standing_complaint(facts)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let wrong = |complaint| Err(Rejected::field("code", complaint));
        let code = match answer {
            Answer::Next { code } => code,
            Answer::ChangeAddress => return Ok(Outcome::proved(Proved::Forgotten)),
            Answer::Resend => return again(at, tools).await,
        };
        if code.trim().is_empty() {
            return wrong(Complaint::Required { field: "code" });
        }
        let Some(code) = typed(&code, at.facts) else { return wrong(Complaint::CodeFormat { digits: at.facts.tenant.settings.mail_code_digits }) };
        if is_over(at.facts) {
            return wrong(Complaint::CodeExpired);
        }
        match mail_code::compare(at.facts, tools, &code) {
            Compared::Right => {
                let address = at.facts.new_address().cloned().ok_or_else(|| Fault::new("a code was right for no address"))?;
                Ok(Outcome::proved(Proved::Mailbox(address)))
            }
            Compared::Replaced => wrong(Complaint::CodeExpired),
            Compared::Wrong if at.left == 0 => wrong(Complaint::CodeSpent { seconds: mail_code::pause(at.facts, tools).await? }),
            Compared::Wrong => wrong(Complaint::Code { left: at.left }),
        }
    }
}

/// Another code, which ends the one before.
async fn again(at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
    let (Some(subject), Some(address)) = (at.facts.subject(), at.facts.new_address()) else {
        return Err(Rejected::Fault(Fault::new("a code was to be sent to nobody")));
    };
    match mail_code::send(at.facts, tools, subject, address).await? {
        Sending::Held => Err(Rejected::Complaint { complaint: Complaint::MailDown, field: None, also: None }),
        Sending::Wait(seconds) => Err(Rejected::field("code", Complaint::Resend { seconds })),
        Sending::Mailed(code, also) => Ok(Outcome::Proved(Proof { subject: Some(subject), proved: vec![code], also: Some(also), then: None, becomes: None })),
    }
}
