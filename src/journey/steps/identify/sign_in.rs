//! S-SIGNIN-ID: an address or a login name.

use serde::{Deserialize, Serialize};
use uuid::Builder;

use crate::{
    crypto::Purpose,
    journey::{
        Tools,
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{Account, Proved, Subject},
    pages::{Complaint, Form, Page},
    storage::{Loaded, StoreError},
    values::{AccountId, Email, TenantId, Timestamp},
};

/// The screen.
pub struct SignIn;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Suivant».
    Next {
        /// As typed.
        #[serde(default)]
        identifier: String,
    },
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier_hint: String,
    tenant_name: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/sign_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, identifier_hint: String::new(), tenant_name: "Cabinet Aubépine".into() };
        let typed = Form::keeping(&[("identifier".into(), "camille@courriel".into())], SignIn::KEPT);
        vec![
            ("empty", view(Form::default())),
            ("hinted", Self { identifier_hint: "camille@courriel.test".into(), ..view(Form::default()) }),
            ("missing", view(Form::default().complaining(Complaint::Required { field: "identifier" }, Some("identifier")))),
            ("malformed", view(typed.complaining(Complaint::Email, Some("identifier")))),
        ]
    }
}

impl Screen for SignIn {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["identifier"];

    fn page(at: &At<'_>) -> View {
        let hint = at.facts.request().and_then(|request| request.login_hint.clone()).unwrap_or_default();
        View { form: at.form.clone(), identifier_hint: hint, tenant_name: at.facts.tenant.names.get(at.facts.visitor.locale).to_owned() }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Next { identifier } = answer;
        let typed = identifier.trim();
        if typed.is_empty() {
            return Err(Rejected::field("identifier", Complaint::Required { field: "identifier" }));
        }
        if typed.chars().count() > 254 || typed.chars().any(char::is_control) {
            return Err(Rejected::field("identifier", Complaint::Email));
        }
        let tenant = at.facts.tenant.id;
        let subject = match typed.parse::<Email>() {
            Ok(email) => by_email(tools, tenant, &email, at.facts.now).await?.map(|account| account.subject()),
            Err(_) if typed.contains('@') => return Err(Rejected::field("identifier", Complaint::Email)),
            Err(_) => tools.store.reads(at.facts.now).account_by_login(tenant, &typed.to_lowercase()).await?.map(|account| account.subject()),
        };
        let subject = subject.unwrap_or_else(|| unknown(tools, tenant, typed));
        Ok(Outcome::Proved(Proof { subject: Some(subject), proved: vec![Proved::Identified(typed.to_owned())], also: None, then: None }))
    }
}

/// The account with this address: at home here, else one that a person made or was invited into and that has a place here.
async fn by_email(tools: &Tools, tenant: TenantId, email: &Email, now: Timestamp) -> Result<Option<Loaded<Account>>, StoreError> {
    let reads = tools.store.reads(now);
    let personal = reads.tenant_named("personal").await?.map(|personal| personal.id);
    if let Some(account) = reads.account_by_email(tenant, email).await? {
        return Ok(Some(account));
    }
    match personal {
        Some(home) => reads.account_by_email(home, email).await,
        None => Ok(None),
    }
}

/// An unknown identifier gets the id that its account would have, always the same: both kinds look alike from here on.
fn unknown(tools: &Tools, tenant: TenantId, typed: &str) -> Subject {
    let digest = tools.sealer.digest_of(Purpose::UnknownAccount, &[tenant.0.as_bytes(), typed.to_lowercase().as_bytes()]);
    let mut half = [0; 16];
    half.copy_from_slice(&digest.0[..16]);
    Subject { home: tenant, id: AccountId(Builder::from_custom_bytes(half).into_uuid()) }
}
