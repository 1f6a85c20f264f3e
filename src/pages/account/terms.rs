//! S-ME-TERMS: the terms of use that a person accepted.

use serde::Serialize;

use super::{Me, Page};
use crate::values::Timestamp;

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedTerms {
    /// Whose portal it is.
    pub me: Me,
    /// What they accepted, the latest first.
    pub accepted: Vec<AcceptedShown>,
}

/// An acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedShown {
    /// The document's name.
    pub name: String,
    /// Whose it is.
    pub organisation: String,
    /// Which version.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// Was it told to us by the organisation, and not said here?
    pub is_imported: bool,
    /// The text that was accepted.
    pub download_href: String,
}

impl Page for AcceptedTerms {
    const TEMPLATE: &'static str = "account/terms.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let accepted = |version, is_imported| AcceptedShown {
            name: "Conditions de l’espace client".to_owned(),
            organisation: "Cabinet Aubépine".to_owned(),
            version,
            at: Timestamp(1_767_600_000),
            is_imported,
            download_href: "/terms/aubepine/cgu/1/fr".to_owned(),
        };
        let page = |accepted| Self { me: Me::sample(), accepted };
        vec![("two", page(vec![accepted(2, false), accepted(1, true)])), ("none", page(Vec::new()))]
    }
}
