//! The one page of an application of the demonstration.

use serde::Serialize;
use serde_json::Value;

use super::{flow::Relying, memory::Visit};
use crate::pages::Page;

/// One claim, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    name: String,
    value: String,
}

/// The claims of a JSON object, one line each.
pub(super) fn rows(claims: &Value) -> Vec<Row> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    claims.as_object().into_iter().flatten().map(|(name, value)| Row { name: name.clone(), value: text(value) }).collect()
}

/// What happened, above everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Notice {
    /// New tokens were given.
    Refreshed,
    /// The provider said that the session ended.
    SignedOutElsewhere,
    /// A browser came back that was not sent away.
    Unexpected,
    /// In the words of the library.
    Failed {
        /// For developers.
        detail: String,
    },
}

impl Notice {
    pub(super) fn failed(error: &anyhow::Error) -> Self {
        Self::Failed { detail: format!("{error:#}") }
    }
}

/// Whoever is signed in.
#[derive(Clone, Debug, Serialize)]
struct Person {
    name: Option<String>,
    claims: Vec<Row>,
    userinfo: Option<Vec<Row>>,
    can_refresh: bool,
    can_ask_userinfo: bool,
}

/// `demo/app.html`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AppPage {
    app: String,
    issuer: String,
    notice: Option<Notice>,
    person: Option<Person>,
}

impl AppPage {
    /// As this visit stands.
    pub(super) fn of(relying: &Relying, visit: &Visit) -> Self {
        let person = visit.signed_in.as_ref().map(|signed_in| {
            let rows = || signed_in.claims.iter().chain(signed_in.userinfo.iter().flatten());
            let said = |name: &str| rows().find(|row| row.name == name).map(|row| row.value.clone());
            Person {
                name: said("name").or_else(|| said("email")),
                claims: signed_in.claims.clone(),
                userinfo: signed_in.userinfo.clone(),
                can_refresh: signed_in.can_refresh(),
                can_ask_userinfo: relying.sees_userinfo(),
            }
        });
        Self { app: relying.id().to_owned(), issuer: relying.issuer().to_owned(), notice: visit.notice.clone(), person }
    }

    /// Nobody signed in, and something to say.
    pub(super) fn noticing(relying: &Relying, notice: Notice) -> Self {
        Self { app: relying.id().to_owned(), issuer: relying.issuer().to_owned(), notice: Some(notice), person: None }
    }
}

impl Page for AppPage {
    const TEMPLATE: &'static str = "demo/app.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, value: &str| Row { name: name.to_owned(), value: value.to_owned() };
        let claims = vec![row("sub", "0de00000-0000-4000-8000-000000000065"), row("name", "Camille Éon"), row("email_verified", "true")];
        let landing = Self { app: "espace-client".to_owned(), issuer: "http://localhost:8080".to_owned(), notice: None, person: None };
        let person = Person { name: Some("Camille Éon".to_owned()), claims: claims.clone(), userinfo: None, can_refresh: true, can_ask_userinfo: true };
        let told = |notice: Notice| Self { notice: Some(notice), ..landing.clone() };
        vec![
            ("landing", landing.clone()),
            ("refused", told(Notice::Failed { detail: "access_denied: the person said no".to_owned() })),
            ("unexpected", told(Notice::Unexpected)),
            ("signed out elsewhere", told(Notice::SignedOutElsewhere)),
            ("signed in without a name", Self { person: Some(Person { name: None, ..person.clone() }), ..landing.clone() }),
            ("signed in", Self { person: Some(person.clone()), ..landing.clone() }),
            ("refreshed", Self { notice: Some(Notice::Refreshed), person: Some(Person { userinfo: Some(claims), ..person }), ..landing }),
        ]
    }
}
