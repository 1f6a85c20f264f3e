//! S-ME-ORGS: the organisations that a person has to do with, and the way out of each.

use serde::Serialize;

use super::{Complaint, Form, Me, Page, initials};
use crate::values::Timestamp;

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Organisations {
    /// The page's form, for complaints.
    pub form: Form,
    /// Whose portal it is.
    pub me: Me,
    /// Where they are at home, then where else they have a place.
    pub places: Vec<PlaceShown>,
    /// What was just done.
    pub notice: Option<OrganisationsNotice>,
}

/// What was just done on S-ME-ORGS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationsNotice {
    /// What an organisation was let have was taken back.
    Withdrawn,
    /// An organisation was left.
    Left,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceShown {
    /// Stands for it in the form.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// A domain that is its own.
    pub domain: Option<String>,
    /// Is the account at home there?
    pub is_home: bool,
    /// Has the person a role there? Then somebody else has to take it before they can leave.
    pub has_role: bool,
    /// Since when they have a place there.
    pub since: Option<Timestamp>,
    /// Since when it may have something about them.
    pub permitted: Option<Timestamp>,
    /// Its privacy statement.
    pub statement_href: Option<String>,
}

impl Page for Organisations {
    const TEMPLATE: &'static str = "account/organisations.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let place = |key: &str, name: &str| PlaceShown {
            key: key.to_owned(),
            name: name.to_owned(),
            initials: initials(name),
            domain: Some("aubepine.test".to_owned()),
            is_home: false,
            has_role: false,
            since: Some(Timestamp(1_767_600_000)),
            permitted: Some(Timestamp(1_767_600_000)),
            statement_href: Some("https://aubepine.test/confidentialite".to_owned()),
        };
        let page = |places| Self { form: Form::default(), me: Me::sample(), places, notice: None };
        let home = PlaceShown { is_home: true, since: None, permitted: None, ..place("h", "Ateliers Morvan") };
        let role = PlaceShown { has_role: true, permitted: None, domain: None, statement_href: None, ..place("r", "Le Fournil Machines") };
        vec![
            ("three", page(vec![home, place("a", "Cabinet Aubépine"), role])),
            (
                "withdrawn",
                Self { notice: Some(OrganisationsNotice::Withdrawn), ..page(vec![PlaceShown { permitted: None, ..place("a", "Cabinet Aubépine") }]) },
            ),
            ("left", Self { notice: Some(OrganisationsNotice::Left), ..page(Vec::new()) }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..page(vec![place("a", "Cabinet Aubépine")]) }),
        ]
    }
}
