//! S-SIGNUP-EMAIL: the address of a new account. Whether it has one already is neither looked at nor told: the code goes to either.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::{Facts, PERSONAL},
        mail_code::{self, Sending, Wanted},
        screen::{At, Outcome, Proof, Rejected, Screen},
    },
    model::{Proved, Purpose, Subject},
    pages::{Complaint, Form, Page},
    policy::sign_up,
    values::{AccountId, Email, EntropyExt as _, Fault},
};

/// The screen.
pub struct SignUp;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Suivant».
    Next {
        /// As typed.
        #[serde(default)]
        email: String,
        /// The address about which a slip was suspected already.
        #[serde(default)]
        confirmed: String,
    },
    /// «J'ai déjà un compte».
    Signin,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    prefill: String,
    confirmed: Option<String>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/identify/sign_up.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, prefill: String::new(), confirmed: None };
        let typed = |text: &str| Form::keeping(&[("email".into(), text.into())], SignUp::KEPT);
        let typo = Complaint::EmailTypo { suggestion: "camille@gmail.com".into() };
        vec![
            ("empty", view(Form::default())),
            ("malformed", view(typed("camille@courriel").complaining(Complaint::Email, Some("email")))),
            ("typo", Self { confirmed: Some("camille@gmial.com".into()), ..view(typed("camille@gmial.com").complaining(typo, Some("email"))) }),
            ("too_soon", view(typed("camille@courriel.test").complaining(Complaint::Resend { seconds: 42 }, Some("email")))),
        ]
    }
}

impl Screen for SignUp {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["email"];

    fn page(at: &At<'_>) -> View {
        let hint = at.facts.request().and_then(|request| request.login_hint.clone()).unwrap_or_default();
        let suspected = at.form.complaints.iter().any(|wrong| matches!(wrong.complaint, Complaint::EmailTypo { .. }));
        let confirmed = at.form.typed.get("email").filter(|_| suspected).cloned();
        View { form: at.form.clone(), prefill: hint, confirmed }
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Next { email, confirmed } = answer else { return Ok(Outcome::Become(Purpose::SignIn)) };
        let typed = email.trim();
        if typed.is_empty() {
            return Err(Rejected::field("email", Complaint::Required { field: "email" }));
        }
        let address: Email = typed.parse().map_err(|_| Rejected::field("email", Complaint::Email))?;
        if !sign_up::is_open_to(&at.facts.tenant, &address) {
            return Err(Rejected::field("email", Complaint::InviteOnly));
        }
        if let Some(suggestion) = sign_up::meant(&address).filter(|_| confirmed.trim() != typed) {
            return Err(Rejected::field("email", Complaint::EmailTypo { suggestion }));
        }
        Ok(Outcome::Proved(begin(at.facts, tools, address, Some("email")).await?))
    }
}

/// Send the code with which a new account begins. `field` is where the address stands on the page.
///
/// # Errors
/// Too soon after the last one, or the store failed.
pub(super) async fn begin(facts: &Facts, tools: &Tools, address: Email, field: Option<&'static str>) -> Result<Proof, Rejected> {
    let home = tools.store.reads(facts.now).tenant_named(PERSONAL).await?.ok_or_else(|| Fault::new("the tenant of personal accounts is missing"))?;
    // Nobody had this subject before, and nobody will after: what is proved about it counts here only.
    let subject = Subject { home: home.id, id: AccountId(tools.entropy.uuid(facts.now)) };
    match mail_code::send(facts, tools, &Wanted::Address(subject, &address)).await? {
        Sending::Suspect(suspected) => {
            Ok(Proof { subject: Some(subject), proved: vec![Proved::SigningUp(address), suspected], also: None, then: None, becomes: None })
        }
        // Only of a code of this journey that is waited for, which ends with another address.
        Sending::Held => Err(Rejected::Complaint { complaint: Complaint::MailDown, field, also: None }),
        Sending::Wait(seconds) => Err(Rejected::Complaint { complaint: Complaint::Resend { seconds }, field, also: None }),
        Sending::Mailed(code, also) => {
            Ok(Proof { subject: Some(subject), proved: vec![Proved::SigningUp(address), code], also: Some(also), then: None, becomes: None })
        }
    }
}
