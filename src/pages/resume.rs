//! S-CONTINUE: the answer to a client that asked for `response_mode=form_post`, as a form that posts itself. [OAuth 2.0 Form Post Response Mode §2]

use serde::Serialize;

use super::{Named, Page};

/// A field that the person does not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The way back to the application.
#[derive(Clone, Serialize)]
pub struct Resume {
    /// The client's verified redirect address.
    action: String,
    /// `code`, `state`, `iss`, or the error.
    fields: Vec<HiddenField>,
    /// The application.
    app: Named,
}

impl Resume {
    /// To the client's verified redirect address, with these fields.
    #[must_use]
    pub fn new(action: String, fields: Vec<(&'static str, String)>, app: String) -> Self {
        let fields = fields.into_iter().map(|(name, value)| HiddenField { name: name.to_owned(), value }).collect();
        Self { action, fields, app: Named { name: app } }
    }
}

impl Page for Resume {
    const TEMPLATE: &'static str = "journey/continue.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let fields = [("code", "a-code"), ("state", "a \"state\" & <more>"), ("iss", "https://connexion.test")];
        let fields = fields.map(|(name, value)| (name, value.to_owned())).into();
        vec![("code", Self::new("https://espace-client.test/retour".to_owned(), fields, "Espace Client".to_owned()))]
    }
}
