//! S-SIGNIN-PW, and S-REAUTH before something sensitive: the password.

use serde::{Deserialize, Serialize};

use super::{code::mail, marked, takes_code};
use crate::{
    crypto::{Known, PasswordHasher},
    journey::{
        Tools,
        facts::Facts,
        mail_code,
        new_password::kept,
        screen::{At, Guess, Outcome, Proof, Rejected, Screen},
    },
    model::{CodeUse, CredentialKind, Proved, Purpose, ScreenName, Unfit},
    pages::{Complaint, Form, Page},
    policy::password::guessable,
    values::Secret,
};

/// The screen.
pub struct Password;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Se connecter».
    Next {
        /// As typed.
        #[serde(default = "nothing")]
        password: Secret<String>,
    },
    /// «Mot de passe oublié ?»
    Forgot,
    /// «Recevoir un code par e-mail».
    Code,
}

fn nothing() -> Secret<String> {
    Secret::new(String::new())
}

/// Which application wants to be sure.
#[derive(Serialize)]
pub struct Why {
    app: String,
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    name: Option<String>,
    reauth: bool,
    reason: Option<Why>,
    code: bool,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/prove/password.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, identifier: "camille@courriel.test".into(), name: None, reauth: false, reason: None, code: true };
        vec![
            ("empty", view(Form::default())),
            ("wrong", view(Form::default().complaining(Complaint::BadCredentials, Some("password")))),
            ("without_code", Self { code: false, ..view(Form::default()) }),
            ("too_soon", view(Form::default().complaining(Complaint::Resend { seconds: 42 }, None))),
            ("busy", view(Form::default().complaining(Complaint::Busy, None))),
            ("again", Self { reason: Some(Why { app: "Espace Client".into() }), name: Some("Camille Éon".into()), ..view(Form::default()) }),
            ("reauth", Self { reauth: true, name: Some("Camille Éon".into()), ..view(Form::default()) }),
        ]
    }
}

impl Screen for Password {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        // Who is signed in already may be greeted by name; whoever typed an address is told nothing about it.
        let signed_in = at.facts.session().is_some();
        let name = at.facts.person.as_ref().filter(|_| signed_in).map(|person| person.account.display_name());
        let app = at.facts.client.as_ref().filter(|_| signed_in).map(|client| client.names.get(at.facts.visitor.locale).to_owned());
        let reauth = at.screen == ScreenName::Reauth;
        View { form: at.form.clone(), identifier: at.facts.identifier(), name, reauth, reason: app.map(|app| Why { app }), code: takes_code(at.facts) }
    }

    fn guess(answer: &Answer, _: &Facts) -> Option<Guess> {
        matches!(answer, Answer::Next { password } if PasswordHasher::is_acceptable(password.expose())).then_some(Guess::Password)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let password = match answer {
            Answer::Next { password } => password,
            Answer::Forgot => return Ok(Outcome::Become(Purpose::Reset)),
            Answer::Code => return code(at, tools).await,
        };
        if password.expose().is_empty() {
            return Err(Rejected::field("password", Complaint::Required { field: "password" }));
        }
        let wrong = || Rejected::field("password", Complaint::BadCredentials);
        if !PasswordHasher::is_acceptable(password.expose()) {
            return Err(wrong());
        }
        let credential = at.facts.person.as_ref().and_then(|person| person.password.as_ref());
        let phc = credential.map(|credential| {
            let CredentialKind::Password { phc, .. } = &credential.kind;
            phc.as_str()
        });
        let also = match tools.hasher.know(phc, password.clone(), &*tools.entropy).await? {
            Ok(Known::Right) => None,
            Ok(Known::Anew(phc)) => credential.map(|credential| kept(phc, credential, at.facts.now)).transpose()?,
            Ok(Known::Wrong) => return Err(wrong()),
            Err(_) => return Err(Rejected::Complaint { complaint: Complaint::Busy, field: None, also: None }),
        };
        // Some came from elsewhere as a hash: only now it can be seen what they are.
        let known = guessable(password.expose()).map(|_| Unfit::Known);
        let unfit = marked(at.facts).or(known).map(Proved::MustChange);
        let proved = std::iter::once(Proved::Password).chain(unfit).collect();
        Ok(Outcome::Proved(Proof { subject: None, proved, also, then: None, becomes: None }))
    }
}

/// A code in the place of the password, for whoever has the mailbox. One that was sent and lives is enough.
async fn code(at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
    let refused = |complaint| Err(Rejected::Complaint { complaint, field: None, also: None });
    if !takes_code(at.facts) {
        return refused(Complaint::Stale);
    }
    if mail_code::live(at.facts, CodeUse::SignIn).is_some_and(|code| at.facts.now < code.until) {
        return Ok(Outcome::Turn(ScreenName::SignInCode));
    }
    match mail(CodeUse::SignIn, ScreenName::SignInCode, at, tools).await? {
        Ok(proof) => Ok(Outcome::Proved(proof)),
        Err(complaint) => refused(complaint),
    }
}
