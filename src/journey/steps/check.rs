//! S-CHECK: before a code is mailed to whom somebody in a suspect network named. Their machine works for a moment; without a script, a mail whose link opens a
//! page with a button does instead.

use serde::{Deserialize, Serialize};

use super::prove;
use crate::{
    crypto::sha256,
    journey::{
        Letter, Tools,
        check::{self, Due, LIFE},
        facts::Facts,
        mail_code::{self, Sending},
        screen::{At, Outcome, Owed, Proof, Reason, Rejected, Screen},
    },
    model::{Captcha, CaptchaWidget, CodeUse, MailContent, Proved, Purpose, ScreenName, StepName},
    pages::{Complaint, Form, Page},
    policy::check::{is_number, is_paid},
    storage::Batch,
    values::{EntropyExt as _, Fault},
};

/// Owed where the network was suspect, until the code is on its way. Who signs in turns to it from the password's page, and back.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    let of = if facts.journey.purpose == Purpose::Reset { CodeUse::Reset } else { CodeUse::Address };
    if check::is_due(facts, of) { Owed::ask(StepName::Check, ScreenName::Check, &[], Reason::Interaction) } else { Owed::Settled }
}

/// The screen.
pub struct Check;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Continuer», by the script or by the person.
    Next {
        /// The number that pays.
        #[serde(default)]
        solution: String,
        /// What a provider's widget put there.
        #[serde(default, rename = "cf-turnstile-response")]
        cf_turnstile: String,
        /// The same of another.
        #[serde(default, rename = "h-captcha-response")]
        h_captcha: String,
        /// The same of another.
        #[serde(default, rename = "g-recaptcha-response")]
        g_recaptcha: String,
    },
    /// «Recevoir un lien par e-mail».
    Mail,
    /// «Modifier l'adresse».
    ChangeAddress,
    /// «Autre façon de me connecter», «Revenir à la connexion».
    Another,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    of: CodeUse,
    challenge: String,
    bits: u32,
    /// A link is on its way.
    is_mailed: bool,
    /// The link was opened, or the machine has paid: only the button is left.
    is_passed: bool,
    reference: String,
    /// In the place of the work.
    widget: Option<Widget>,
}

/// What a provider's script fills.
#[derive(Serialize)]
struct Widget {
    script: String,
    class: &'static str,
    key: String,
}

impl From<&Captcha> for Widget {
    fn from(captcha: &Captcha) -> Self {
        Self { script: captcha.script_url.clone(), class: captcha.widget.class(), key: captcha.site_key.clone() }
    }
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/check.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint: Option<Complaint>, is_mailed, is_passed| Self {
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, None)),
            identifier: "camille@courriel.test".into(),
            of: CodeUse::Address,
            challenge: "ZXhlbXBsZQ".into(),
            bits: 16,
            is_mailed,
            is_passed,
            reference: "7K3P-2XQM".into(),
            widget: None,
        };
        let widget = || Some(Widget { script: "https://captcha.example/api.js".into(), class: "h-captcha", key: "aubepine".into() });
        vec![
            ("working", view(None, false, false)),
            ("unpaid", view(Some(Complaint::Unchecked), false, false)),
            ("mailed", view(None, true, false)),
            ("passed", view(None, true, true)),
            ("sign_in", Self { of: CodeUse::SignIn, ..view(None, false, false) }),
            ("widget", Self { widget: widget(), ..view(None, false, false) }),
            ("widget_refused", Self { widget: widget(), ..view(Some(Complaint::Unchecked), true, false) }),
            ("reset", Self { of: CodeUse::Reset, ..view(None, false, false) }),
            ("too_soon", view(Some(Complaint::Resend { seconds: 42 }), true, true)),
        ]
    }
}

impl Screen for Check {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let facts = at.facts;
        let due = check::due(facts);
        View {
            form: at.form.clone(),
            identifier: facts.identifier(),
            of: due.map(|due| due.of).unwrap_or_default(),
            challenge: due.map(|due| due.challenge.to_owned()).unwrap_or_default(),
            bits: due.map_or(0, |due| due.bits),
            is_mailed: due.is_some_and(|due| due.is_mailed),
            is_passed: due.is_some_and(|due| due.is_passed),
            reference: facts.visitor.correlation.clone().unwrap_or_default(),
            widget: due.filter(|due| !due.is_passed).and_then(|due| due.captcha).map(Widget::from),
        }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let facts = at.facts;
        let Some(due) = check::due(facts) else { return Err(Rejected::Fault(Fault::new("a check of nothing"))) };
        match answer {
            Answer::ChangeAddress => Ok(Outcome::proved(Proved::Forgotten)),
            Answer::Another if due.of == CodeUse::SignIn => Ok(Outcome::Turn(prove::first(facts))),
            Answer::Another => Ok(Outcome::Become(Purpose::SignIn)),
            Answer::Mail => mail(due, facts, tools).await,
            Answer::Next { solution, cf_turnstile, h_captcha, g_recaptcha } => {
                if let Some(captcha) = due.captcha.filter(|_| !due.is_passed) {
                    let response = match captcha.widget {
                        CaptchaWidget::CfTurnstile => cf_turnstile,
                        CaptchaWidget::HCaptcha => h_captcha,
                        CaptchaWidget::GRecaptcha => g_recaptcha,
                    };
                    return vouched(due.of, (captcha, &response), facts, tools).await;
                }
                let solution = solution.trim();
                let is_solved = is_number(solution) && is_paid(&sha256(format!("{}:{solution}", due.challenge).as_bytes()), due.bits);
                if !due.is_passed && !is_solved {
                    return Err(complaint(Complaint::Unchecked));
                }
                if !due.is_passed && due.until <= facts.now {
                    // Paid too late: another one, which the script pays for at once.
                    return Ok(Outcome::Proved(Proof { then: Some(ScreenName::Check), ..Proof::of(check::fresh(facts, tools, due.of)) }));
                }
                send(due.of, facts, tools).await
            }
        }
    }
}

fn complaint(complaint: Complaint) -> Rejected {
    Rejected::Complaint { complaint, field: None, also: None }
}

/// The provider is asked. Where it says nothing the machine works in its place, so nobody is held up and nothing goes round.
async fn vouched(of: CodeUse, (captcha, response): (&Captcha, &str), facts: &Facts, tools: &Tools) -> Result<Outcome, Rejected> {
    match check::is_person(captcha, response, facts, tools).await {
        Ok(true) => send(of, facts, tools).await,
        Ok(false) => Err(complaint(Complaint::Unchecked)),
        Err(_) => Ok(Outcome::Proved(Proof { then: Some(ScreenName::Check), ..Proof::of(check::paid_instead(facts, tools, of)) })),
    }
}

/// It is paid: the code goes out.
async fn send(of: CodeUse, facts: &Facts, tools: &Tools) -> Result<Outcome, Rejected> {
    match mail_code::send_known(facts, tools, of, true).await? {
        Sending::Held => Err(complaint(Complaint::MailDown)),
        Sending::Wait(seconds) => Err(complaint(Complaint::Resend { seconds })),
        Sending::Suspect(_) => Err(complaint(Complaint::Unchecked)),
        Sending::Mailed(code, also) => {
            let then = (of == CodeUse::SignIn).then_some(ScreenName::SignInCode);
            Ok(Outcome::Proved(Proof { subject: None, proved: vec![Proved::Checked, code], also: Some(also), then, becomes: None }))
        }
    }
}

/// The way without a script: a link to a page with a button. Opening it does nothing. Where there is no account it is written to nobody.
async fn mail(due: Due<'_>, facts: &Facts, tools: &Tools) -> Result<Outcome, Rejected> {
    let (to, locale) = mail_code::reader(facts, due.of)?;
    let token = tools.entropy.token();
    let until = facts.now.plus(LIFE);
    let mut also = Batch::new(facts.now);
    if let Err(seconds) = check::count_link(facts, tools, due.of, &mut also).await? {
        return Err(complaint(Complaint::Resend { seconds }));
    }
    let app = facts.client.as_ref().map(|client| client.names.get(locale).to_owned());
    let content = MailContent::CheckLink { app, from: facts.visitor.origin() };
    let link = format!("{}/ui/check/{}/{}", tools.public_url, facts.journey.id, token.expose());
    Letter::new(content, to, locale, facts.tenant.id).with_link(link).until(until).post(tools, &mut also, facts.now)?;
    let link = check::link(&facts.journey.id, token.expose(), tools);
    Ok(Outcome::Proved(Proof { also: Some(also), then: Some(ScreenName::Check), ..Proof::of(Proved::CheckMailed { link, until }) }))
}
