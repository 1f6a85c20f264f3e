//! S-TOU: the terms of use, to be read and accepted. One document after the other, the organisation's first.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools, agreements,
        facts::Facts,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen, Verdict},
    },
    model::{Proved, ScreenName, StepName},
    pages::{Complaint, Form, Page, Written, written},
    values::{Locale, Timestamp},
};

/// Owed for each document whose version that holds was not accepted.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.said().any(|e| e.what == Proved::Declined(StepName::Terms)) {
        return Owed::Refuse(Verdict::Declined(StepName::Terms));
    }
    match agreements::terms(facts) {
        None => Owed::Settled,
        Some(_) => Owed::ask(StepName::Terms, ScreenName::Terms, &[], Reason::Interaction),
    }
}

/// The screen.
pub struct Terms;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Continuer».
    Continue {
        /// Hash of what was read.
        #[serde(default)]
        text_hash: String,
        /// The box.
        #[serde(default)]
        accept: Option<String>,
    },
    /// «Plus tard».
    Later {
        /// Hash of what was read.
        #[serde(default)]
        text_hash: String,
    },
    /// «Refuser».
    Decline,
}

/// What changed in a version.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    version: u32,
    text: String,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    name: String,
    app: Option<String>,
    version: u32,
    effective: Timestamp,
    lang: Locale,
    text: Vec<Written>,
    changes: Vec<Change>,
    download_href: String,
    until: Option<Timestamp>,
    declined: bool,
    text_hash: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/terms.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let text = "# Objet\n\nCes conditions règlent l’usage de l’espace client.\n\n## Vos obligations\n\n- Garder votre mot de passe pour vous.\n- Nous dire ce qui change.\n\nTout est expliqué sur [notre site](https://aubepine.test/aide).";
        let view = |form: Form, changes: Vec<Change>, until| Self {
            declined: form.complaints.iter().any(|wrong| matches!(wrong.complaint, Complaint::TermsDeclined { .. })),
            form,
            identifier: "camille@courriel.test".into(),
            name: "Conditions de l’espace client".into(),
            app: Some("Espace Client".into()),
            version: 2,
            effective: Timestamp(1_767_600_000),
            lang: Locale::Fr,
            text: written(text),
            changes,
            download_href: "/terms/aubepine/cgu/2/fr".into(),
            until,
            text_hash: "h".into(),
        };
        let changed = vec![Change { version: 2, text: "Le délai de réponse passe à cinq jours.".into() }];
        let declined = Form::default().complaining(Complaint::TermsDeclined { app: Some("Espace Client".into()) }, None);
        vec![
            ("first", view(Form::default(), Vec::new(), None)),
            ("changed", view(Form::default(), changed.clone(), Some(Timestamp(1_770_000_000)))),
            ("unticked", view(Form::default().complaining(Complaint::Required { field: "accept" }, Some("accept")), Vec::new(), None)),
            ("newer", view(Form::default().complaining(Complaint::TermsChanged, None), changed, None)),
            ("declined", view(declined, Vec::new(), None)),
        ]
    }
}

impl Screen for Terms {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let locale = at.facts.visitor.locale;
        let due = agreements::terms(at.facts);
        let wording = due.as_ref().and_then(|due| due.issue.wording(locale));
        let reading = at.facts.terms.reading.as_ref();
        let changes = reading.map(|reading| reading.changes.clone()).unwrap_or_default();
        View {
            form: at.form.clone(),
            identifier: at.facts.identifier(),
            name: due.as_ref().map(|due| due.document.names.get(locale).to_owned()).unwrap_or_default(),
            app: app(at.facts),
            version: due.as_ref().map(|due| due.issue.number).unwrap_or_default(),
            effective: due.as_ref().map(|due| due.issue.effective_at).unwrap_or_default(),
            lang: reading.map_or(locale, |reading| reading.locale),
            text: reading.map(|reading| written(&reading.text)).unwrap_or_default(),
            changes: changes.into_iter().map(|(version, text)| Change { version, text }).collect(),
            download_href: due
                .as_ref()
                .zip(wording)
                .map(|(due, wording)| format!("/terms/{}/{}/{}/{}", due.document.tenant, due.document.id, due.issue.number, wording.locale.tag()))
                .unwrap_or_default(),
            until: due.as_ref().filter(|due| due.may_wait).and_then(|due| due.issue.grace_until),
            declined: at.form.complaints.iter().any(|wrong| matches!(wrong.complaint, Complaint::TermsDeclined { .. })),
            text_hash: wording.map(|wording| wording.hash.clone()).unwrap_or_default(),
        }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let whole = |complaint| Rejected::Complaint { complaint, field: None, also: None };
        let Some(due) = agreements::terms(at.facts) else { return Ok(Outcome::Turn(ScreenName::Terms)) };
        // Accepted is only what was read, in whichever language of it: what was published meanwhile is shown, and said to be new.
        let read = |hash: &str| due.issue.wordings.iter().find(|wording| wording.hash == hash);
        let (document, version) = (due.document.id.clone(), due.issue.number);
        match answer {
            Answer::Decline => Err(whole(Complaint::TermsDeclined { app: app(at.facts) })),
            Answer::Later { text_hash } => match read(&text_hash) {
                Some(_) if due.may_wait => Ok(Outcome::proved(Proved::TermsPutOff { document, version })),
                _ => Err(whole(Complaint::TermsChanged)),
            },
            Answer::Continue { text_hash, accept } => {
                let wording = read(&text_hash).ok_or_else(|| whole(Complaint::TermsChanged))?;
                if accept.is_none() {
                    return Err(Rejected::field("accept", Complaint::Required { field: "accept" }));
                }
                let (locale, hash) = (wording.locale, wording.hash.clone());
                Ok(Outcome::proved(Proved::TermsAccepted { document, version, locale, hash, ip: at.facts.visitor.ip.clone() }))
            }
        }
    }
}

fn app(facts: &Facts) -> Option<String> {
    facts.client.as_ref().map(|client| client.names.get(facts.visitor.locale).to_owned())
}
