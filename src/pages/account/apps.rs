//! S-ME-APPS: the applications that a person let in, and the way to let them out again.

use serde::Serialize;

use super::{Complaint, Form, Me, Page};
use crate::values::Timestamp;

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Apps {
    /// The page's form, for complaints.
    pub form: Form,
    /// Whose portal it is.
    pub me: Me,
    /// What they agreed to, the latest first.
    pub apps: Vec<AgreedApp>,
    /// What was just done.
    pub notice: Option<AppsNotice>,
}

/// What was just done on S-ME-APPS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "done", rename_all = "snake_case")]
pub enum AppsNotice {
    /// An agreement, or a scope of one, was withdrawn.
    Withdrawn,
    /// An application was reported.
    Reported {
        /// What the person quotes.
        reference: String,
    },
}

/// An application with access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgreedApp {
    /// Stands for it in the form.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// Its logo.
    pub logo_src: Option<String>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// What it may do.
    pub scopes: Vec<ScopeInWords>,
    /// Since when.
    pub given: Timestamp,
    /// Last use.
    pub used: Option<Timestamp>,
    /// Its own page.
    pub home_url: Option<String>,
    /// Show the confirmation open: the person came to withdraw.
    pub expanded_confirm: bool,
    /// Where it is reported.
    pub report_href: String,
}

/// Who publishes an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// The organisation.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Did an operator check that it is so?
    pub verified: bool,
}

/// A scope as a person reads it. The standard ones are worded by the templates, those of an API by the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeInWords {
    /// The scope's token.
    pub key: String,
    /// What it lets an application do.
    pub title: Option<String>,
    /// What that is, exactly.
    pub text: Option<String>,
}

impl Page for Apps {
    const TEMPLATE: &'static str = "account/apps.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let scope = |key: &str| ScopeInWords { key: key.to_owned(), title: None, text: None };
        let invoices = ScopeInWords { key: "https://factures.aubepine.test/lire".to_owned(), title: Some("Lire vos factures".to_owned()), text: None };
        let app = |key: &str, name: &str, verified| AgreedApp {
            key: key.to_owned(),
            name: name.to_owned(),
            initials: super::initials(name),
            logo_src: None,
            publisher: Publisher { name: "Cabinet Aubépine".to_owned(), domain: "aubepine.test".to_owned(), verified },
            scopes: vec![scope("openid"), scope("profile"), invoices.clone()],
            given: Timestamp(1_772_530_000),
            used: Some(Timestamp(1_795_271_640)),
            home_url: Some("https://espace-client.test/".to_owned()),
            expanded_confirm: false,
            report_href: format!("/account/apps/{key}/report"),
        };
        let machines = AgreedApp { scopes: vec![scope("profile")], used: None, home_url: None, expanded_confirm: true, ..app("b", "Machines démo", true) };
        let page = |apps| Self { form: Form::default(), me: Me::sample(), apps, notice: None };
        vec![
            ("two", page(vec![app("a", "Espace Client", false), machines.clone()])),
            ("withdrawn", Self { notice: Some(AppsNotice::Withdrawn), ..page(vec![app("a", "Espace Client", false)]) }),
            ("reported", Self { notice: Some(AppsNotice::Reported { reference: "7K3P-2XQD".to_owned() }), ..page(vec![machines.clone()]) }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..page(vec![machines]) }),
            ("none", page(Vec::new())),
        ]
    }
}
