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
pub struct ContinuePage {
    /// The client's verified redirect address.
    pub action: String,
    /// `code`, `state`, `iss`, or the error.
    pub fields: Vec<HiddenField>,
    /// The application.
    pub app: Named,
}

impl Page for ContinuePage {
    const TEMPLATE: &'static str = "journey/continue.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let field = |name: &str, value: &str| HiddenField { name: name.to_owned(), value: value.to_owned() };
        let fields = vec![field("code", "a-code"), field("state", "a \"state\" & <more>"), field("iss", "https://connexion.test")];
        vec![("code", Self { action: "https://espace-client.test/retour".to_owned(), fields, app: Named { name: "Espace Client".to_owned() } })]
    }
}
