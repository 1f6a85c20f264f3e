//! A form as it is shown again: what was typed stays, except secrets; each complaint knows its field.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Complaint;

/// A complaint and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// What is wrong.
    #[serde(flatten)]
    pub complaint: Complaint,
    /// Which field; `None` for the form as a whole.
    pub field: Option<&'static str>,
}

/// What a form holds when its page is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Form {
    /// What was typed, of the fields that are kept.
    pub typed: BTreeMap<String, String>,
    /// What is wrong with it, in the order of the fields.
    pub complaints: Vec<Marked>,
}

impl Form {
    /// What was posted, of the fields that the screen keeps.
    #[must_use]
    pub fn keeping(posted: &[(String, String)], kept: &[&str]) -> Self {
        let typed = posted.iter().filter(|(name, _)| kept.contains(&name.as_str())).cloned().collect();
        Self { typed, complaints: Vec::new() }
    }

    /// With a complaint more.
    #[must_use]
    pub fn complaining(mut self, complaint: Complaint, field: Option<&'static str>) -> Self {
        self.complaints.push(Marked { complaint, field });
        self
    }
}
