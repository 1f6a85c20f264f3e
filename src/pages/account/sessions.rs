//! S-ME-SESSIONS: the browsers in which the account is signed in, and the way to end that.

use serde::Serialize;

use super::{AgentShown, Complaint, Form, Me, Page};
use crate::values::Timestamp;

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Sessions {
    /// Whose portal it is.
    pub me: Me,
    /// The page's form, for complaints.
    pub form: Form,
    /// Where the account is signed in: this browser first, then the last used.
    pub sessions: Vec<OpenSession>,
    /// What was just done.
    pub notice: Option<SessionsNotice>,
}

/// What was just done on S-ME-SESSIONS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionsNotice {
    /// One session was ended.
    Ended,
    /// One session was ended, and its browser no longer offers the account.
    Forgotten,
    /// All others were ended.
    OthersEnded,
}

/// A browser in which the account is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenSession {
    /// Stands for it in the form.
    pub key: String,
    /// Which browser.
    pub agent: AgentShown,
    /// Is it the one that looks?
    pub is_here: bool,
    /// Since when.
    pub began: Timestamp,
    /// Last use, to five minutes.
    pub used: Timestamp,
    /// The applications that got something in it.
    pub apps: Vec<String>,
}

impl Page for Sessions {
    const TEMPLATE: &'static str = "account/sessions.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let open = |key: &str, browser, system, is_here| OpenSession {
            key: key.to_owned(),
            agent: AgentShown { browser, system },
            is_here,
            began: Timestamp(1_772_530_000),
            used: Timestamp(1_795_271_640),
            apps: if is_here { vec!["Espace Client".to_owned(), "Machines démo".to_owned()] } else { Vec::new() },
        };
        let here = open("a", Some("Firefox"), Some("Linux"), true);
        let others = [
            open("b", Some("Safari"), Some("iOS"), false),
            open("c", Some("Chrome"), None, false),
            open("d", None, Some("Windows"), false),
            open("e", None, None, false),
        ];
        let alone = Self { me: Me::sample(), form: Form::default(), sessions: vec![here.clone()], notice: None };
        let all: Vec<_> = std::iter::once(here).chain(others).collect();
        vec![
            ("alone", alone.clone()),
            ("several", Self { sessions: all.clone(), ..alone.clone() }),
            ("ended", Self { notice: Some(SessionsNotice::Ended), sessions: all.clone(), ..alone.clone() }),
            ("forgotten", Self { notice: Some(SessionsNotice::Forgotten), ..alone.clone() }),
            ("others-ended", Self { notice: Some(SessionsNotice::OthersEnded), ..alone.clone() }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), sessions: all, ..alone }),
        ]
    }
}
