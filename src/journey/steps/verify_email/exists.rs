//! S-SIGNUP-EXISTS: there is an account with this address. Shown only to whom the mailbox is. [RU-02]

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{AccountState, Proved, Purpose},
    pages::{Complaint, Form, Page},
    values::Fault,
};

/// The screen.
pub struct Exists;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Se connecter avec {email}».
    Signin,
    /// «Mot de passe oublié ?»
    Forgot,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    address: String,
    is_archived: bool,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/verify_email/exists.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint, is_archived| Self { form: Form::default().complaining(complaint, None), address: "camille@courriel.test".into(), is_archived };
        let archived = Complaint::Archived { organisation: "Cabinet Aubépine".into(), support: "aide@aubepine.test".into() };
        vec![("exists", view(Complaint::AccountExists, false)), ("archived", view(archived, true))]
    }
}

/// Nobody signs in to it, so nobody is sent to do so: who has the mailbox may know.
fn is_archived(facts: &Facts) -> bool {
    facts.occupant.as_ref().is_some_and(|account| account.state == AccountState::Archived)
}

impl Screen for Exists {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        View { form: at.form.clone(), address: at.facts.identifier(), is_archived: is_archived(at.facts) }
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        let organisation = facts.tenant.names.get(facts.visitor.locale).to_owned();
        let help = [&facts.tenant.support.phone, &facts.tenant.support.mail].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
        let support = if help.is_empty() { organisation.clone() } else { help };
        Some(if is_archived(facts) { Complaint::Archived { organisation, support } } else { Complaint::AccountExists })
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let (Some(address), Some(account)) = (at.facts.new_address(), &at.facts.occupant) else {
            return Err(Rejected::Fault(Fault::new("an account is said to be there that is not")));
        };
        // The mailbox was proved, and it is this account's.
        let proved = vec![Proved::Identified(address.spelt().to_owned()), Proved::Mailbox(address.clone())];
        let becomes = match answer {
            Answer::Signin => Purpose::SignIn,
            Answer::Forgot => Purpose::Reset,
        };
        Ok(Outcome::Proved(Proof { subject: Some(account.subject()), proved, also: None, then: None, becomes: Some(becomes) }))
    }
}
