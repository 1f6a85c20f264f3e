//! What links in mails lead to: a page that shows a code, and one that takes a new password back.

use serde::Serialize;

use super::{Complaint, Form, Page};
use crate::model::CodeUse;

/// A code, to be typed where it was asked for. Nothing can be pressed.
#[derive(Clone, Debug, Serialize)]
pub struct CodeShown {
    /// The code, as the mail has it.
    pub code: String,
    /// What for.
    pub of: CodeUse,
}

impl Page for CodeShown {
    const TEMPLATE: &'static str = "mailed/code.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let shown = |of| Self { code: "482 913".to_owned(), of };
        vec![("address", shown(CodeUse::Address)), ("reset", shown(CodeUse::Reset)), ("sign-in", shown(CodeUse::SignIn))]
    }
}

/// Was it not you who changed the password?
#[derive(Clone, Debug, Serialize)]
pub struct UndoPassword {
    /// What is wrong.
    pub form: Form,
    /// Is it taken back?
    pub is_undone: bool,
}

impl Page for UndoPassword {
    const TEMPLATE: &'static str = "mailed/undo.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let ask = Self { form: Form::default(), is_undone: false };
        vec![
            ("ask", ask.clone()),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..ask.clone() }),
            ("undone", Self { is_undone: true, ..ask }),
        ]
    }
}
