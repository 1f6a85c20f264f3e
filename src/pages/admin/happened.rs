//! Something that happened, as a line for people.

use serde::Serialize;

use crate::{
    model::{AuditEvent, EventName, Outcome},
    pages::Words,
    values::Timestamp,
};

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// The name that programs know it by.
    pub event: &'static str,
    /// The id of the sentence that says it; `None` where there is none.
    pub sentence: Option<String>,
    /// Did it go well?
    pub is_fine: bool,
    /// From which address.
    pub ip: Option<String>,
}

impl Happened {
    /// Of an event.
    #[must_use]
    pub fn of(event: &AuditEvent, words: &Words) -> Self {
        let name = event.event.as_str();
        Self { at: event.at, event: name, sentence: sentence(event.event, words), is_fine: event.outcome == Outcome::Success, ip: event.ip.clone() }
    }

    /// An event by its name alone.
    #[must_use]
    pub fn named(name: EventName, words: &Words) -> Self {
        Self { at: Timestamp(0), event: name.as_str(), sentence: sentence(name, words), is_fine: true, ip: None }
    }

    /// Some.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let line = |event: EventName, sentence: Option<&str>, is_fine| Self {
            at: Timestamp(1_795_271_640),
            event: event.as_str(),
            sentence: sentence.map(str::to_owned),
            is_fine,
            ip: Some("192.0.2.7".to_owned()),
        };
        vec![
            line(EventName::SigninSucceeded, Some("event-signin-succeeded"), true),
            line(EventName::SigninFailed, Some("event-signin-failed"), false),
            line(EventName::AppReported, None, true),
        ]
    }
}

/// The sentence of an event: `event-signin-failed`.
fn sentence(event: EventName, words: &Words) -> Option<String> {
    let id = format!("event-{}", event.as_str().replace(['.', '_'], "-"));
    words.knows(&id).then_some(id)
}
