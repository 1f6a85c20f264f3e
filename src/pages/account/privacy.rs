//! S-ME-PRIVACY and S-ME-DELETE: what is kept, where and for how long, and the two ways to have it: as a file, or not at all.

use serde::Serialize;

use super::{Complaint, Form, Me, Page};
use crate::values::Timestamp;

/// An organisation that has something about the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptAt {
    /// Its name.
    pub name: String,
    /// Who answers for the data, where that is somebody else.
    pub controller: Option<String>,
    /// Where it is kept.
    pub place: Option<String>,
    /// A number to call.
    pub phone: Option<String>,
    /// An address to write to.
    pub mail: Option<String>,
    /// Its own privacy statement.
    pub statement: Option<String>,
    /// Does the account belong to it?
    pub is_home: bool,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ExportShown {
    /// It is being made.
    Waiting,
    /// It can be fetched until then.
    Ready {
        /// Until when.
        until: Timestamp,
    },
}

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct Privacy {
    /// Whose portal it is.
    pub me: Me,
    /// The page's form, for complaints.
    pub form: Form,
    /// Where it is kept: the home first.
    pub organisations: Vec<KeptAt>,
    /// How many days a session lasts at most.
    pub session_days: u64,
    /// How many days an account that is to go can be kept.
    pub grace_days: u64,
    /// The export, if one was asked for.
    pub export: Option<ExportShown>,
}

impl Page for Privacy {
    const TEMPLATE: &'static str = "account/privacy.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let home = KeptAt {
            name: "Cabinet Aubépine".to_owned(),
            controller: Some("Cabinet Aubépine SAS, 1 rue des Aubépines, Dijon".to_owned()),
            place: Some("Dijon, France".to_owned()),
            phone: Some("01 00 00 00 01".to_owned()),
            mail: Some("donnees@aubepine.test".to_owned()),
            statement: Some("https://aubepine.test/donnees".to_owned()),
            is_home: true,
        };
        let bare = KeptAt { name: "Le Fournil Machines".to_owned(), controller: None, place: None, phone: None, mail: None, statement: None, is_home: false };
        let plain = Self { me: Me::sample(), form: Form::default(), organisations: vec![home, bare], session_days: 7, grace_days: 30, export: None };
        vec![
            ("plain", plain.clone()),
            ("waiting", Self { export: Some(ExportShown::Waiting), ..plain.clone() }),
            ("ready", Self { export: Some(ExportShown::Ready { until: Timestamp(1_795_876_440) }), ..plain.clone() }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..plain }),
        ]
    }
}

/// The question before an account goes.
#[derive(Clone, Debug, Serialize)]
pub struct Deleting {
    /// Whose portal it is.
    pub me: Me,
    /// What was typed.
    pub form: Form,
    /// Is it the person's own to end?
    pub is_own: bool,
    /// The organisation that it belongs to.
    pub home: String,
    /// Organisations in which the person has a place.
    pub organisations: Vec<String>,
    /// How many applications have access.
    pub apps: usize,
    /// How many days it can be kept after all.
    pub grace_days: u64,
}

impl Deleting {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["confirm_email"];
}

impl Page for Deleting {
    const TEMPLATE: &'static str = "account/delete.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let own = Self {
            me: Me::sample(),
            form: Form::default(),
            is_own: true,
            home: "Comptes personnels".to_owned(),
            organisations: vec!["Cabinet Aubépine".to_owned(), "Le Fournil Machines".to_owned()],
            apps: 2,
            grace_days: 30,
        };
        let wrong =
            |complaint, field| Form::keeping(&[("confirm_email".to_owned(), "camile@courriel.test".to_owned())], Self::KEPT).complaining(complaint, field);
        let last = Complaint::LastAdministrator { organisation: Some("Le Fournil Machines".to_owned()) };
        vec![
            ("own", own.clone()),
            ("alone", Self { organisations: Vec::new(), apps: 0, ..own.clone() }),
            ("wrong", Self { form: wrong(Complaint::NotThisAddress, Some("confirm_email")), ..own.clone() }),
            ("last", Self { form: wrong(last, None), ..own.clone() }),
            ("organisations", Self { is_own: false, home: "Cabinet Aubépine".to_owned(), ..own }),
        ]
    }
}
