//! S-SIGNIN-PW, and S-REAUTH before something sensitive: the password.

use serde::{Deserialize, Serialize};

use crate::{
    crypto::{Known, PasswordHasher},
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Guess, Outcome, Proof, Rejected, Screen},
    },
    model::{Credential, CredentialKind, Proved, ScreenName},
    pages::{Complaint, Form, Page},
    storage::{Batch, Loaded},
    values::{Fault, Secret},
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
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/prove/password.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form| Self { form, identifier: "camille@courriel.test".into(), name: None, reauth: false, reason: None };
        vec![
            ("empty", view(Form::default())),
            ("wrong", view(Form::default().complaining(Complaint::BadCredentials, Some("password")))),
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
        View { form: at.form.clone(), identifier: at.facts.identifier(), name, reauth, reason: app.map(|app| Why { app }) }
    }

    fn guess(answer: &Answer, _: &Facts) -> Option<Guess> {
        let Answer::Next { password } = answer;
        PasswordHasher::is_acceptable(password.expose()).then_some(Guess::Password)
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Next { password } = answer;
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
        match tools.hasher.know(phc, password, &*tools.entropy).await? {
            Ok(Known::Right) => Ok(Outcome::proved(Proved::Password)),
            Ok(Known::Anew(phc)) => Ok(Outcome::Proved(Proof { also: keeping(phc, credential, at)?, ..Proof::of(Proved::Password) })),
            Ok(Known::Wrong) => Err(wrong()),
            Err(_) => Err(Rejected::Complaint { complaint: Complaint::Busy, field: None, also: None }),
        }
    }
}

/// A hash that came from elsewhere, or from the parameters of another time, gives way to one of ours, in the commit of the proof.
fn keeping(anew: String, credential: Option<&Loaded<Credential>>, at: &At<'_>) -> Result<Option<Batch>, Fault> {
    let Some(credential) = credential else { return Ok(None) };
    let kept = credential.clone().map(|mut credential| {
        let CredentialKind::Password { phc, .. } = &mut credential.kind;
        *phc = anew;
        credential
    });
    let mut batch = Batch::new(at.facts.now);
    batch.update(kept)?;
    Ok(Some(batch))
}
