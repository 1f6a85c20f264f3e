//! S-SIGNIN-UNKNOWN: no account has this address. Shown only where the organisation would rather say so than have people guess. (J09)

use serde::{Deserialize, Serialize};

use super::{sign_in::may_sign_up, sign_up};
use crate::{
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{Purpose, ScreenName, UnknownPolicy},
    pages::{Complaint, Form, Page},
    policy::sign_up as rule,
    values::Email,
};

/// The screen.
pub struct Unknown;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Créer un compte avec {email}».
    Signup,
    /// «Corriger l'adresse».
    Correct,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    /// Can an account be made with it?
    sign_up: bool,
    tenant_name: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/unknown.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form, sign_up| Self { form, identifier: "camille@courriel.test".into(), sign_up, tenant_name: "Cabinet Aubépine".into() };
        vec![
            ("open", view(Form::default(), true)),
            ("too_soon", view(Form::default().complaining(Complaint::Resend { seconds: 42 }, None), true)),
            ("closed", view(Form::default().complaining(Complaint::InviteOnly, None), false)),
        ]
    }
}

/// Is it said that nobody has what was typed?
#[must_use]
pub fn is_told(facts: &Facts) -> bool {
    facts.tenant.settings.unknown_address == UnknownPolicy::Tell
        && facts.journey.purpose == Purpose::SignIn
        && facts.person.is_none()
        && facts.session().is_none()
        && facts.identifier().parse::<Email>().is_ok()
}

/// The address, if an account can be made with it.
fn open_to(facts: &Facts) -> Option<Email> {
    facts.identifier().parse().ok().filter(|address| may_sign_up(facts) && rule::is_open_to(&facts.tenant, address))
}

impl Screen for Unknown {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let tenant_name = at.facts.tenant.names.get(at.facts.visitor.locale).to_owned();
        View { form: at.form.clone(), identifier: at.facts.identifier(), sign_up: open_to(at.facts).is_some(), tenant_name }
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        open_to(facts).is_none().then_some(Complaint::InviteOnly)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        match (answer, open_to(at.facts)) {
            (Answer::Correct, _) => Ok(Outcome::Turn(ScreenName::SignIn)),
            // The page says so already.
            (Answer::Signup, None) => Ok(Outcome::Turn(ScreenName::SignInUnknown)),
            (Answer::Signup, Some(address)) => {
                let proof = sign_up::begin(at.facts, tools, address, None).await?;
                Ok(Outcome::Proved(Proof { becomes: Some(Purpose::SignUp), ..proof }))
            }
        }
    }
}
