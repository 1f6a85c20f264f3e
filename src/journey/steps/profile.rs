//! S-SIGNUP-PROFILE: what the person is called.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen},
    },
    model::{Described, Proved, ScreenName, StepName},
    pages::{Complaint, Form, Page},
};

/// Owed until it was said.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    let is_named = facts.invitation.as_ref().is_some_and(|invitation| invitation.names().is_some());
    if is_named || facts.said().any(|e| matches!(e.what, Proved::Described(_))) {
        return Owed::Settled;
    }
    Owed::ask(StepName::Profile, ScreenName::SignUpProfile, &[], Reason::Interaction)
}

/// The screen.
pub struct Profile;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Créer mon compte».
    Create {
        /// As typed.
        #[serde(default)]
        given_name: String,
        /// As typed.
        #[serde(default)]
        family_name: String,
    },
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    terms_url: Option<String>,
    privacy_url: Option<String>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/profile.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form, terms: Option<&str>| Self {
            form,
            identifier: "camille@courriel.test".into(),
            terms_url: terms.map(str::to_owned),
            privacy_url: terms.map(|_| "https://aubepine.test/confidentialite".to_owned()),
        };
        let missing = Form::keeping(&[("given_name".into(), "Camille".into())], Profile::KEPT);
        vec![
            ("empty", view(Form::default(), None)),
            ("missing", view(missing.complaining(Complaint::Required { field: "family_name" }, Some("family_name")), Some("https://aubepine.test/conditions"))),
        ]
    }
}

/// The longest name.
const LONGEST: usize = 120;

/// One line of text that is there.
fn name(field: &'static str, typed: &str) -> Result<String, Rejected> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_unfit = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(is_unfit) {
        return Err(Rejected::field(field, Complaint::Required { field }));
    }
    Ok(name)
}

impl Screen for Profile {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["given_name", "family_name"];

    fn page(at: &At<'_>) -> View {
        let support = &at.facts.tenant.support;
        View { form: at.form.clone(), identifier: at.facts.identifier(), terms_url: support.terms_url.clone(), privacy_url: support.privacy_url.clone() }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Create { given_name, family_name } = answer;
        let described =
            Described { given_name: name("given_name", &given_name)?, family_name: name("family_name", &family_name)?, locale: at.facts.visitor.locale };
        Ok(Outcome::proved(Proved::Described(described)))
    }
}
