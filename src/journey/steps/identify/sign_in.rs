//! S-SIGNIN-ID: an address or a login name.

use serde::{Deserialize, Serialize};
use uuid::Builder;

use super::unknown;
use crate::{
    crypto::Purpose,
    journey::{
        Tools,
        facts::{Facts, account_of},
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{Account, Proved, Purpose as Doing, Subject},
    pages::{Complaint, Form, Page},
    policy::sign_up,
    storage::Loaded,
    values::{AccountId, Email, TenantId},
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
    /// «Créer un compte».
    Signup,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier_hint: String,
    sign_up: bool,
    tenant_name: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/sign_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, identifier_hint: String::new(), sign_up: false, tenant_name: "Cabinet Aubépine".into() };
        let typed = Form::keeping(&[("identifier".into(), "camille@courriel".into())], SignIn::KEPT);
        vec![
            ("empty", view(Form::default())),
            ("open", Self { sign_up: true, ..view(Form::default()) }),
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
        let hint = if unknown::is_told(at.facts) { Some(at.facts.identifier()) } else { at.facts.request().and_then(|request| request.login_hint.clone()) };
        let hint = hint.unwrap_or_default();
        let tenant = &at.facts.tenant;
        let sign_up = may_sign_up(at.facts);
        View { form: at.form.clone(), identifier_hint: hint, sign_up, tenant_name: tenant.names.get(at.facts.visitor.locale).to_owned() }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Next { identifier } = answer else {
            return if may_sign_up(at.facts) {
                Ok(Outcome::Become(Doing::SignUp))
            } else {
                Err(Rejected::Complaint { complaint: Complaint::InviteOnly, field: None, also: None })
            };
        };
        let typed = identifier.trim();
        let (subject, _) = meant(typed, at, tools).await?;
        Ok(Outcome::Proved(Proof { subject: Some(subject), proved: vec![Proved::Identified(typed.to_owned())], also: None, then: None, becomes: None }))
    }
}

/// Whom somebody means who types this: the subject, which an unknown identifier has, too, and the account, which it has not.
pub(super) async fn meant(typed: &str, at: &At<'_>, tools: &Tools) -> Result<(Subject, Option<Loaded<Account>>), Rejected> {
    if typed.is_empty() {
        return Err(Rejected::field("identifier", Complaint::Required { field: "identifier" }));
    }
    if typed.chars().count() > 254 || typed.chars().any(char::is_control) {
        return Err(Rejected::field("identifier", Complaint::Email));
    }
    let tenant = at.facts.tenant.id;
    let account = match typed.parse::<Email>() {
        Ok(email) => account_of(tools, tenant, &email, at.facts.now).await?,
        Err(_) if typed.contains('@') => return Err(Rejected::field("identifier", Complaint::Email)),
        Err(_) => tools.store.reads(at.facts.now).account_by_login(tenant, &typed.to_lowercase()).await?,
    };
    Ok((account.as_ref().map_or_else(|| stranger(tools, tenant, typed), |account| account.subject()), account))
}

/// May they make an account instead? Not where the client means somebody who has one.
pub(super) fn may_sign_up(facts: &Facts) -> bool {
    let is_meant = facts.request().is_some_and(|request| request.required_subject.is_some());
    facts.journey.purpose == Doing::SignIn && !is_meant && sign_up::is_offered(&facts.tenant)
}

/// An unknown identifier gets the id that its account would have, always the same: both kinds look alike from here on.
fn stranger(tools: &Tools, tenant: TenantId, typed: &str) -> Subject {
    let digest = tools.sealer.digest_of(Purpose::UnknownAccount, &[tenant.0.as_bytes(), typed.to_lowercase().as_bytes()]);
    let mut half = [0; 16];
    half.copy_from_slice(&digest.0[..16]);
    Subject { home: tenant, id: AccountId(Builder::from_custom_bytes(half).into_uuid()) }
}
