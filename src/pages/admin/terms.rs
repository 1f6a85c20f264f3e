//! S-AD-TOU: terms of use, their versions, and who accepted them.

use serde::Serialize;

use super::{AppChoice, Desk, Page};
use crate::{
    pages::{Complaint, Form},
    values::Timestamp,
};

/// One document in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// For which application only.
    pub app: Option<String>,
    /// Its newest version.
    pub version: Option<u32>,
    /// Is nobody asked for it any more?
    pub is_retired: bool,
}

/// The list, and a new document.
#[derive(Clone, Debug, Serialize)]
pub struct TermsList {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// The documents.
    pub rows: Vec<TermsRow>,
    /// The applications that a document may be for.
    pub apps: Vec<AppChoice>,
    /// May documents be made here?
    pub can_write: bool,
}

impl TermsList {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["name_fr", "name_en", "document", "client"];
}

impl Page for TermsList {
    const TEMPLATE: &'static str = "admin/terms.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let row =
            |name: &str, version, is_retired| TermsRow { href: "/admin/etude/terms/general".to_owned(), name: name.to_owned(), app: None, version, is_retired };
        let empty = Self {
            desk: Desk::sample(&["terms"]),
            form: Form::default(),
            rows: Vec::new(),
            apps: vec![AppChoice { key: "a".to_owned(), name: "Machines démo".to_owned() }],
            can_write: true,
        };
        let rows = vec![
            row("Conditions générales", Some(3), false),
            TermsRow { app: Some("Machines démo".to_owned()), ..row("Machines", None, false) },
            row("Anciennes conditions", Some(1), true),
        ];
        let typed = Form::keeping(&[("name_fr".to_owned(), "Conditions <b>".to_owned())], Self::KEPT);
        vec![
            ("none", empty.clone()),
            ("read", Self { rows: rows.clone(), can_write: false, ..empty.clone() }),
            ("some", Self { rows: rows.clone(), ..empty.clone() }),
            ("taken", Self { rows, form: typed.complaining(Complaint::Unfit { field: "document" }, Some("document")), ..empty }),
        ]
    }
}

/// One version in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsVersionRow {
    /// 1, 2, 3…
    pub number: u32,
    /// Its texts: language, and where it is read.
    pub texts: Vec<(&'static str, String)>,
    /// From when on it is asked for.
    pub effective_at: Timestamp,
    /// Until when it may be put off.
    pub grace_until: Option<Timestamp>,
    /// Is it for new people only?
    pub is_for_new: bool,
    /// How many accepted it here.
    pub shown: u64,
    /// How many accepted it before, as an administrator said.
    pub imported: u64,
}

/// A line of an import that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptanceLine {
    /// Its number.
    pub line: usize,
    /// The account as it was named.
    pub account: String,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AcceptancesReport {
    /// Written.
    pub created: usize,
    /// Known already.
    pub unchanged: usize,
    /// Not taken.
    pub refused: Vec<AcceptanceLine>,
}

/// One document.
#[derive(Clone, Debug, Serialize)]
pub struct TermsSheet {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// Its name.
    pub name: String,
    /// For which application only.
    pub app: Option<String>,
    /// Is nobody asked for it any more?
    pub is_retired: bool,
    /// Grows with each change.
    pub rev: u64,
    /// Its versions, the newest first.
    pub versions: Vec<TermsVersionRow>,
    /// May it be changed by who looks?
    pub can_write: bool,
    /// What came of an import.
    pub report: Option<AcceptancesReport>,
    /// What was just done: a word.
    pub done: Option<&'static str>,
    /// Back to the list.
    pub list_href: String,
}

impl TermsSheet {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["text_fr", "text_en", "summary_fr", "summary_en", "audience", "grace", "quiet", "acceptances"];
}

impl Page for TermsSheet {
    const TEMPLATE: &'static str = "admin/terms_document.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let version = |number| TermsVersionRow {
            number,
            texts: vec![("fr", "/terms/etude/general/1/fr".to_owned()), ("en", "/terms/etude/general/1/en".to_owned())],
            effective_at: Timestamp(1_767_603_600),
            grace_until: (number > 1).then_some(Timestamp(1_770_195_600)),
            is_for_new: number == 1,
            shown: 12,
            imported: 3,
        };
        let empty = Self {
            desk: Desk::sample(&["terms"]),
            form: Form::default(),
            name: "Conditions générales".to_owned(),
            app: None,
            is_retired: false,
            rev: 1,
            versions: Vec::new(),
            can_write: true,
            report: None,
            done: None,
            list_href: "/admin/etude/terms".to_owned(),
        };
        let versions = vec![version(2), version(1)];
        let typed = Form::keeping(&[("summary_fr".to_owned(), "Nouveau <b>".to_owned()), ("audience".to_owned(), "new".to_owned())], Self::KEPT);
        let refused = vec![AcceptanceLine { line: 3, account: "<b>nobody</b>".to_owned() }];
        vec![
            ("blank", empty.clone()),
            ("published", Self { versions: versions.clone(), done: Some("published"), app: Some("Machines démo".to_owned()), ..empty.clone() }),
            (
                "missing",
                Self { versions: versions.clone(), form: typed.complaining(Complaint::Required { field: "text_fr" }, Some("text_fr")), ..empty.clone() },
            ),
            ("imported", Self { report: Some(AcceptancesReport { created: 2, unchanged: 1, refused }), versions: versions.clone(), ..empty.clone() }),
            ("taken", Self { report: Some(AcceptancesReport { created: 2, ..AcceptancesReport::default() }), versions: versions.clone(), ..empty.clone() }),
            ("retired", Self { is_retired: true, versions: versions.clone(), done: Some("retired"), ..empty.clone() }),
            ("read", Self { can_write: false, versions, ..empty }),
        ]
    }
}

/// S-CONFIRM before a version is published.
#[derive(Clone, Debug, Serialize)]
pub struct TermsConfirming {
    /// Around it.
    pub desk: Desk,
    /// What is wrong with it.
    pub form: Form,
    /// Of which document.
    pub name: String,
    /// Which version it will be.
    pub number: u32,
    /// In which languages.
    pub languages: Vec<&'static str>,
    /// Is it for new people only?
    pub is_for_new: bool,
    /// For how many days it may be put off.
    pub grace: u64,
    /// Are those concerned told by mail?
    pub is_told: bool,
    /// How many accepted the version before.
    pub accepted: u64,
    /// What is posted: name and text.
    pub kept: Vec<(&'static str, String)>,
    /// Where nothing is done.
    pub back_href: String,
}

impl Page for TermsConfirming {
    const TEMPLATE: &'static str = "admin/terms_confirm.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            desk: Desk::sample(&["terms"]),
            form: Form::default(),
            name: "Conditions générales".to_owned(),
            number: 2,
            languages: vec!["fr", "en"],
            is_for_new: false,
            grace: 30,
            is_told: true,
            accepted: 12,
            kept: vec![("hash_fr", "x".to_owned()), ("summary_fr", "<b>".to_owned())],
            back_href: "/admin/etude/terms/general".to_owned(),
        };
        vec![
            ("all", page.clone()),
            ("new", Self { is_for_new: true, is_told: false, grace: 0, accepted: 0, number: 1, languages: vec!["fr"], ..page.clone() }),
            ("moved", Self { form: Form::default().complaining(Complaint::Conflict, None), ..page }),
        ]
    }
}
