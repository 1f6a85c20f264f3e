//! S-CONFIRM: what an act does, before it is done.

use serde::Serialize;

use super::{Desk, Page};
use crate::pages::{Complaint, Form};

/// The question.
#[derive(Clone, Debug, Serialize)]
pub struct Confirming {
    /// Around it.
    pub desk: Desk,
    /// What is wrong with doing it.
    pub form: Form,
    /// What is to be done: a word of the address.
    pub act: &'static str,
    /// To whom.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// Where they are signed in now.
    pub sessions: usize,
    /// Where nothing is done.
    pub back_href: String,
}

impl Page for Confirming {
    const TEMPLATE: &'static str = "admin/confirm.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |act| Self {
            desk: Desk::sample(&["accounts"]),
            form: Form::default(),
            act,
            name: "Sonia Belmonté".to_owned(),
            identifier: "sonia@etude.test".to_owned(),
            sessions: 2,
            back_href: "/admin/etude/accounts/1".to_owned(),
        };
        let refused = |complaint| Self { form: Form::default().complaining(complaint, None), ..page("archive") };
        vec![
            ("archive", page("archive")),
            ("restore", page("restore")),
            ("lock", page("lock")),
            ("unlock", page("unlock")),
            ("sign-out", page("sign-out")),
            ("oneself", refused(Complaint::Oneself)),
            ("last", refused(Complaint::LastAdministrator { organisation: None })),
            ("stale", refused(Complaint::Stale)),
        ]
    }
}
