//! S-AD-COMPANY: the companies that people made here.

use serde::Serialize;

use super::{Desk, Page};
use crate::{
    pages::{Complaint, Form},
    values::Timestamp,
};

/// One company in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyRow {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Its number in the register.
    pub number: String,
    /// Its town.
    pub town: String,
    /// Did somebody make it, or is it only prefilled?
    pub is_made: bool,
}

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Companies {
    /// Around it.
    pub desk: Desk,
    /// What is looked for.
    pub q: String,
    /// What was found.
    pub rows: Vec<CompanyRow>,
    /// Is it not the first part of the list?
    pub is_later: bool,
    /// The next part.
    pub next_href: Option<String>,
}

impl Page for Companies {
    const TEMPLATE: &'static str = "admin/companies.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, is_made| CompanyRow {
            href: "/admin/etude/companies/1".to_owned(),
            name: name.to_owned(),
            number: "732 829 320".to_owned(),
            town: "Quimper".to_owned(),
            is_made,
        };
        let empty = Self { desk: Desk::sample(&["companies"]), q: String::new(), rows: Vec::new(), is_later: false, next_href: None };
        let rows = vec![row("Atelier Morvan <SARL>", true), row("Garage du Port", false)];
        let more = Some("/admin/etude/companies?after=x".to_owned());
        vec![
            ("none", empty.clone()),
            ("not-found", Self { q: "morvan".to_owned(), ..empty.clone() }),
            ("not-yet", Self { q: "morvan".to_owned(), next_href: more.clone(), ..empty.clone() }),
            ("some", Self { rows, next_href: more, is_later: true, ..empty }),
        ]
    }
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub struct CompanySheet {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// What it is called.
    pub name: String,
    /// Its name in tokens.
    pub id: String,
    /// Did somebody make it?
    pub is_made: bool,
    /// What is known of it: field and text.
    pub facts: Vec<(&'static str, String)>,
    /// Who made it.
    pub maker: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// May somebody be admitted by who looks?
    pub can_admit: bool,
    /// Was somebody admitted just now?
    pub is_admitted: bool,
    /// Back to the list.
    pub list_href: String,
}

impl CompanySheet {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["email"];
}

impl Page for CompanySheet {
    const TEMPLATE: &'static str = "admin/company.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let facts =
            [("legal_name", "Atelier Morvan"), ("country", "FR"), ("reg_no", "732829320"), ("street-address", "1 quai de l’Odet"), ("phone", "+33199001234")];
        let page = Self {
            desk: Desk::sample(&["companies"]),
            form: Form::default(),
            name: "Atelier Morvan".to_owned(),
            id: "cmp_1".to_owned(),
            is_made: true,
            facts: facts.map(|(field, text)| (field, text.to_owned())).to_vec(),
            maker: Some("wim@morvan.test".to_owned()),
            since: Timestamp(1_767_603_600),
            can_admit: true,
            is_admitted: false,
            list_href: "/admin/etude/companies".to_owned(),
        };
        let typed = Form::keeping(&[("email".to_owned(), "basile@morvan.test".to_owned())], Self::KEPT).complaining(Complaint::NoAccount, Some("email"));
        vec![
            ("made", page.clone()),
            ("draft", Self { is_made: false, maker: None, can_admit: false, ..page.clone() }),
            ("admitted", Self { is_admitted: true, ..page.clone() }),
            ("nobody", Self { form: typed, ..page }),
        ]
    }
}
