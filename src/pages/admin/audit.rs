//! S-AD-AUDIT: what happened in the organisation.

use serde::Serialize;

use super::{Desk, Happened, Page};
use crate::pages::{Complaint, Form};

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct AuditLog {
    /// Around it.
    pub desk: Desk,
    /// What is looked for, and what is wrong with it.
    pub form: Form,
    /// The events that there are, by the names that programs know them by, each with the id of its sentence.
    pub events: Vec<(&'static str, Option<String>)>,
    /// What was found, the latest first.
    pub lines: Vec<AuditLine>,
    /// Is it not the first part of the list?
    pub is_later: bool,
    /// The next part.
    pub next_href: Option<String>,
    /// What came of checking the chain, if it was just checked.
    pub chain: Option<ChainShown>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// What and when.
    pub happened: Happened,
    /// Who did it.
    pub who: Worded,
    /// To whom or what.
    pub on: Option<Worded>,
    /// Through which application.
    pub client: Option<String>,
    /// All there is, by the names that programs know.
    pub details: Vec<(&'static str, String)>,
}

/// Somebody or something in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Worded {
    /// The sentence that says what it is, where its name alone does not.
    pub word: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// What came of checking the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChainShown {
    /// How many events were looked at.
    pub events: u64,
    /// The first place where it does not hold.
    pub broken_at: Option<u64>,
}

impl Page for AuditLog {
    const TEMPLATE: &'static str = "admin/audit.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let details = vec![("actor", "person 018f".to_owned()), ("ip", "192.0.2.7".to_owned()), ("hash", "x".repeat(43))];
        let line = |happened| AuditLine {
            happened,
            who: Worded { word: None, name: Some("sonia@etude.test".to_owned()) },
            on: Some(Worded { word: Some("event-on-session".to_owned()), name: Some("Émilie".to_owned()) }),
            client: Some("actes-demo".to_owned()),
            details: details.clone(),
        };
        let lines: Vec<_> = Happened::samples().into_iter().map(line).collect();
        let typed = [("person", "<b>x</b>"), ("event", "signin.failed"), ("from", "2026-11-01"), ("outcome", "failure")];
        let form = Form::keeping(&typed.map(|(name, value)| (name.to_owned(), value.to_owned())), &["person", "event", "from", "outcome"]);
        let all = Self {
            desk: Desk::sample(&["audit"]),
            form: Form::default(),
            events: vec![("signin.failed", Some("event-signin-failed".to_owned())), ("app.reported", None)],
            lines,
            is_later: false,
            next_href: Some("/admin/etude/audit?after=x".to_owned()),
            chain: None,
        };
        let chain = |events, broken_at| Some(ChainShown { events, broken_at });
        let wrong = form
            .clone()
            .complaining(Complaint::Unfit { field: "from" }, Some("from"))
            .complaining(Complaint::Unfit { field: "until" }, Some("until"))
            .complaining(Complaint::Unfit { field: "person" }, Some("person"));
        vec![
            ("all", all.clone()),
            ("found", Self { form, is_later: true, ..all.clone() }),
            ("none", Self { lines: Vec::new(), next_href: None, ..all.clone() }),
            ("none-yet", Self { lines: Vec::new(), ..all.clone() }),
            ("wrong", Self { form: wrong, lines: Vec::new(), next_href: None, ..all.clone() }),
            ("whole", Self { chain: chain(1_204, None), ..all.clone() }),
            ("broken", Self { chain: chain(1_204, Some(17)), ..all }),
        ]
    }
}
