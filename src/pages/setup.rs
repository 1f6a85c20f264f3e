//! S-SETUP: the first operator and the default organisation, behind the link printed at start.

use serde::Serialize;

use super::{Complaint, Form, Page};

/// The form.
#[derive(Clone, Debug, Serialize)]
pub struct Setup {
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// At least this many characters.
    pub min_password: usize,
}

impl Setup {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["tenant_name", "given_name", "family_name", "identifier"];
}

impl Page for Setup {
    const TEMPLATE: &'static str = "setup.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let typed = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let posted =
            [typed("tenant_name", "Cabinet Aubépine"), typed("given_name", "Ines"), typed("identifier", "ines@aubepine"), typed("new_password", "short")];
        let wrong = Form::keeping(&posted, Self::KEPT)
            .complaining(Complaint::Required { field: "family_name" }, Some("family_name"))
            .complaining(Complaint::Email, Some("identifier"))
            .complaining(Complaint::PasswordShort { least: 12, missing: 7 }, Some("new_password"));
        vec![("empty", Self { form: Form::default(), min_password: 12 }), ("wrong", Self { form: wrong, min_password: 12 })]
    }
}

/// What to do next.
#[derive(Clone, Debug, Serialize)]
pub struct SetupDone {
    /// The operator's address.
    pub identifier: String,
    /// Where to sign in.
    pub console_href: String,
}

impl Page for SetupDone {
    const TEMPLATE: &'static str = "setup_done.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("done", Self { identifier: "ines@aubepine.test".to_owned(), console_href: "/account".to_owned() })]
    }
}
