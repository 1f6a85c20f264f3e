//! S-APP-REPORT: tell the operators that an application is not what it should be. The journey stays open.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{Actor, AppReport, AuditEvent, EventName, Proved, ReportReason, ScreenName, StepName},
    pages::{Complaint, Form, Page},
    storage::Batch,
    values::EntropyExt,
};

/// The screen.
pub struct Report;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Envoyer».
    Send {
        /// Which radio.
        #[serde(default)]
        reason: String,
        /// In own words.
        #[serde(default)]
        text: String,
        /// The box.
        #[serde(default)]
        contact: Option<String>,
    },
    /// «Revenir».
    Back,
    /// «Refuser et quitter».
    Deny,
}

/// The application.
#[derive(Serialize)]
pub struct App {
    name: String,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    app: App,
    reasons: [&'static str; 4],
    reference: Option<String>,
}

const REASONS: [(&str, ReportReason); 4] = [
    ("impersonation", ReportReason::Impersonation),
    ("asks_too_much", ReportReason::AsksTooMuch),
    ("unexpected", ReportReason::Unexpected),
    ("other", ReportReason::Other),
];

impl Page for View {
    const TEMPLATE: &'static str = "journey/app_consent/report.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form, reference: Option<&str>| Self {
            form,
            app: App { name: "Espace Client".into() },
            reasons: REASONS.map(|r| r.0),
            reference: reference.map(str::to_owned),
        };
        vec![
            ("empty", view(Form::default(), None)),
            ("missing", view(Form::default().complaining(Complaint::Required { field: "reason" }, Some("reason")), None)),
            ("sent", view(Form::default(), Some("7K3P-2XQD"))),
        ]
    }
}

impl Screen for Report {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["reason", "text", "contact"];

    fn page(at: &At<'_>) -> View {
        let name = at.facts.client.as_ref().map(|client| client.names.get(at.facts.visitor.locale).to_owned()).unwrap_or_default();
        let reference = at.facts.said().filter_map(|e| if let Proved::Reported(reference) = &e.what { Some(reference.clone()) } else { None }).last();
        View { form: at.form.clone(), app: App { name }, reasons: REASONS.map(|r| r.0), reference }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let (reason, text, contact) = match answer {
            Answer::Back => return Ok(Outcome::Turn(ScreenName::AppConsent)),
            Answer::Deny => return Ok(Outcome::proved(Proved::Declined(StepName::AppConsent))),
            Answer::Send { reason, text, contact } => (reason, text, contact.is_some()),
        };
        let reason = REASONS.iter().find(|known| known.0 == reason).map(|known| known.1);
        let reason = reason.ok_or_else(|| Rejected::field("reason", Complaint::Required { field: "reason" }))?;
        let (Some(reporter), Some(client)) = (at.facts.subject(), &at.facts.client) else { return Ok(Outcome::Turn(ScreenName::AppConsent)) };
        let reference = reference(tools.entropy.bytes());
        let report = AppReport {
            reference: reference.clone(),
            tenant: at.facts.tenant.id,
            client: client.id.clone(),
            reporter,
            reason,
            text: text.chars().take(2000).collect(),
            contact,
            created_at: at.facts.now,
        };
        let mut also = Batch::new(at.facts.now);
        also.insert(&report)?;
        let event = AuditEvent::new(EventName::AppReported, report.tenant, Actor::person(reporter), at.facts.now).on("client", &client.id).through(&client.id);
        also.audit(&event)?;
        Ok(Outcome::Proved(Proof { subject: None, proved: vec![Proved::Reported(reference)], also: Some(also), then: Some(ScreenName::AppReport) }))
    }
}

/// Eight letters and digits that cannot be mistaken for each other, as people read them out: `7K3P-2XQD`.
fn reference(random: [u8; 8]) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut text: String = random.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|letter| char::from(*letter)).collect();
    text.insert(4, '-');
    text
}
