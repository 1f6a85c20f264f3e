//! S-PICKER: the accounts that this browser knows.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Known,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{AccountState, Actor, AuditEvent, EventName, Proved, ScreenName},
    pages::{Complaint, Form, Page, initials},
    storage::Batch,
};

/// The screen.
pub struct Picker;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// A row.
    Choose {
        /// Which.
        #[serde(default)]
        account: String,
    },
    /// «Utiliser un autre compte».
    Other,
    /// «Oublier ce compte», confirmed.
    Forget {
        /// Which.
        #[serde(default)]
        forget: String,
    },
}

/// A row.
#[derive(Clone, Serialize)]
pub struct Row {
    key: String,
    name: String,
    identifier: String,
    organisation: String,
    initials: String,
    state: &'static str,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    accounts: Vec<Row>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/picker.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |key: &str, organisation: &str, state| Row {
            key: key.into(),
            name: "Camille Éon".into(),
            identifier: format!("camille@{key}.test"),
            organisation: organisation.into(),
            initials: "CÉ".into(),
            state,
        };
        let accounts =
            vec![row("courriel", "Compte personnel", "signed_in"), row("morvan", "Ateliers Morvan", "signed_out"), row("ancien", "Étude Lacaze", "archived")];
        vec![("three", Self { form: Form::default(), accounts })]
    }
}

fn key(known: &Known) -> String {
    known.account.id.to_string()
}

impl Screen for Picker {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let row = |known: &Known| Row {
            key: key(known),
            name: known.account.display_name(),
            identifier: known.account.identifier(),
            organisation: known.home.names.get(at.facts.visitor.locale).to_owned(),
            initials: initials(&known.account.display_name()),
            state: match known.account.state {
                AccountState::Active if known.is_live => "signed_in",
                AccountState::Active | AccountState::Locked => "signed_out",
                AccountState::Archived => "archived",
            },
        };
        View { form: at.form.clone(), accounts: at.facts.known.iter().map(row).collect() }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let find = |wanted: &str| at.facts.known.iter().find(|known| key(known) == wanted);
        match answer {
            Answer::Other => Ok(Outcome::Turn(ScreenName::SignIn)),
            Answer::Choose { account } => {
                let known = find(&account).ok_or_else(|| Rejected::field("account", Complaint::Required { field: "account" }))?;
                Ok(Outcome::Proved(Proof { subject: Some(known.account.subject()), proved: vec![Proved::Chosen], also: None, then: None, becomes: None }))
            }
            Answer::Forget { forget } => {
                let known = find(&forget).ok_or_else(|| Rejected::field("account", Complaint::Required { field: "account" }))?;
                let subject = known.account.subject();
                let mut also = Batch::new(at.facts.now);
                if let Some(device) = at.facts.device.clone() {
                    also.update(device.map(|device| device.forget(subject)))?;
                    let event = AuditEvent::new(EventName::DeviceForgotten, subject.home, Actor::person(subject), at.facts.now).on("account", subject.id);
                    also.audit(&event)?;
                }
                Ok(Outcome::Proved(Proof { subject: None, proved: Vec::new(), also: Some(also), then: None, becomes: None }))
            }
        }
    }
}
