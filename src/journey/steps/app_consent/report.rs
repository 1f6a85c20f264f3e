//! S-APP-REPORT: tell the operators that an application is not what it should be. The journey stays open.
//!
//! The portal shows this same page about an application that a person let in: what is asked, what is refused and what is written stand here once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Letter, Tools,
        facts::Visitor,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{
        AccountState, Actor, AppReport, AuditEvent, Client, EventName, MailContent, Proved, ReportReason, Role, ScreenName, StepName, Subject, TenantKind,
    },
    pages::{Complaint, Form, Page},
    storage::{Batch, Paging},
    values::{EntropyExt, Fault, Locale, Timestamp},
};

/// How many people of an organisation hear of a report at most.
const MOST_TOLD: usize = 50;

/// The screen.
pub struct Report;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Envoyer».
    Send(Told),
    /// «Revenir».
    Back,
    /// «Refuser et quitter».
    Deny,
}

/// What a person tells.
#[derive(Deserialize)]
pub struct Told {
    /// Which radio.
    #[serde(default)]
    reason: String,
    /// In own words.
    #[serde(default)]
    text: String,
    /// The box.
    #[serde(default)]
    contact: Option<String>,
}

impl Told {
    /// The report that it makes.
    ///
    /// # Errors
    /// It gives no reason, or none that we know.
    pub fn report(&self, client: &Client, reporter: Subject, tools: &Tools, now: Timestamp) -> Result<AppReport, Rejected> {
        let reason = REASONS.iter().find(|known| known.0 == self.reason).map(|known| known.1);
        Ok(AppReport {
            reference: reference(tools.entropy.bytes()),
            tenant: client.tenant,
            client: client.id.clone(),
            reporter,
            reason: reason.ok_or_else(|| Rejected::field("reason", Complaint::Required { field: "reason" }))?,
            text: self.text.chars().take(2000).collect(),
            contact: self.contact.is_some(),
            created_at: now,
        })
    }
}

/// What is written about a report.
///
/// # Errors
/// It cannot be stored.
pub async fn filing(report: &AppReport, client: &Client, visitor: &Visitor, tools: &Tools) -> Result<Batch, Fault> {
    let mut batch = Batch::new(report.created_at);
    let event = AuditEvent::new(EventName::AppReported, report.tenant, Actor::person(report.reporter), report.created_at);
    let event = event.on("client", &report.client).through(&report.client).from(visitor.ip.as_deref(), visitor.correlation.as_deref());
    batch.insert(report)?.audit(&event)?;
    notify(report, client, tools, &mut batch).await?;
    Ok(batch)
}

/// Tell the operators, and those who administer the application's organisation. Each gets one mail.
async fn notify(report: &AppReport, client: &Client, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
    let reads = tools.store.reads(report.created_at);
    let mut told = BTreeSet::new();
    let system = reads.tenants(Paging::first(1000)).await?.into_iter().find(|tenant| tenant.kind == TenantKind::System);
    let publisher = reads.tenant(report.tenant).await?;
    let home = reads.tenant(report.reporter.home).await?;
    let names = home.map(|tenant| tenant.names.clone()).unwrap_or_default();
    for tenant in [system, publisher].into_iter().flatten() {
        let people = reads.accounts_with_roles(tenant.id, Paging::first(MOST_TOLD)).await?;
        for person in people.iter().filter(|person| person.state == AccountState::Active && person.roles.iter().any(|role| hears(*role))) {
            let locale = person.locale.unwrap_or(tenant.default_locale);
            let content = MailContent::AppReported {
                app: client.names.get(locale).to_owned(),
                reporter_tenant: names.get(locale).to_owned(),
                reason: report.reason,
                text: report.text.clone(),
                reference: report.reference.clone(),
            };
            // Nothing here is about their account: the address that they are known by is good enough.
            let Some(to) = person.emails.first().map(|email| email.address.clone()).filter(|to| told.insert(to.norm().to_owned())) else { continue };
            Letter::new(content, Some(to), locale, tenant.id).post(tools, batch, report.created_at)?;
        }
    }
    Ok(())
}

/// Who hears of reports: operators in theirs, administrators in the organisation of the application.
fn hears(role: Role) -> bool {
    matches!(role, Role::Operator | Role::GlobalAdministrator | Role::ApplicationAdministrator)
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

impl View {
    /// About an application; with the reference once it is reported.
    #[must_use]
    pub fn of(client: Option<&Client>, locale: Locale, form: Form, reference: Option<String>) -> Self {
        let name = client.map(|client| client.names.get(locale).to_owned()).unwrap_or_default();
        Self { form, app: App { name }, reasons: REASONS.map(|r| r.0), reference }
    }
}

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
        let reference = at.facts.said().filter_map(|e| if let Proved::Reported(reference) = &e.what { Some(reference.clone()) } else { None }).last();
        View::of(at.facts.client.as_deref(), at.facts.visitor.locale, at.form.clone(), reference)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let told = match answer {
            Answer::Back => return Ok(Outcome::Turn(ScreenName::AppConsent)),
            Answer::Deny => return Ok(Outcome::proved(Proved::Declined(StepName::AppConsent))),
            Answer::Send(told) => told,
        };
        let (Some(reporter), Some(client)) = (at.facts.subject(), &at.facts.client) else { return Ok(Outcome::Turn(ScreenName::AppConsent)) };
        let report = told.report(client, reporter, tools, at.facts.now)?;
        let also = Some(filing(&report, client, &at.facts.visitor, tools).await?);
        Ok(Outcome::Proved(Proof { subject: None, proved: vec![Proved::Reported(report.reference)], also, then: Some(ScreenName::AppReport), becomes: None }))
    }
}

/// Eight letters and digits that cannot be mistaken for each other, as people read them out: `7K3P-2XQD`.
fn reference(random: [u8; 8]) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut text: String = random.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|letter| char::from(*letter)).collect();
    text.insert(4, '-');
    text
}
