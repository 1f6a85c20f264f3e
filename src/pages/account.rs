//! S-ME-APPS: the applications that a person let in, and the way to let them out again.

use serde::Serialize;

use super::{Complaint, Form, Page};

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct AppsPage {
    /// The page's form, for complaints.
    pub form: Form,
    /// The person's name.
    pub name: String,
    /// Their address.
    pub identifier: String,
    /// What they agreed to, the latest first.
    pub apps: Vec<AgreedApp>,
    /// What was just done.
    pub notice: Option<AppsNotice>,
}

/// What was just done on S-ME-APPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AppsNotice {
    /// An agreement, or a scope of one, was withdrawn.
    Withdrawn,
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
    /// Since when: a day in words.
    pub given: String,
    /// Last use: a day in words.
    pub used: Option<String>,
    /// Its own page.
    pub home_url: Option<String>,
    /// Show the confirmation open: the person came to withdraw.
    pub expanded_confirm: bool,
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

/// A scope as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeInWords {
    /// The scope's token.
    pub key: String,
    /// What it lets an application do.
    pub title: String,
    /// What that is, exactly.
    pub text: String,
}

impl Page for AppsPage {
    const TEMPLATE: &'static str = "account/apps.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let scope = |key: &str, title: &str, text: &str| ScopeInWords { key: key.to_owned(), title: title.to_owned(), text: text.to_owned() };
        let profile = scope("profile", "Lire votre profil", "Nom, photo, langue et fuseau horaire.");
        let offline = scope("offline_access", "Rester connectée quand vous êtes absent", "Jusqu’à ce que vous le retiriez.");
        let app = |key: &str, name: &str, verified| AgreedApp {
            key: key.to_owned(),
            name: name.to_owned(),
            initials: super::initials(name),
            logo_src: None,
            publisher: Publisher { name: "Cabinet Aubépine".to_owned(), domain: "aubepine.test".to_owned(), verified },
            scopes: vec![profile.clone(), offline.clone()],
            given: "3 mars 2026".to_owned(),
            used: Some("21 novembre 2026".to_owned()),
            home_url: Some("https://espace-client.test/".to_owned()),
            expanded_confirm: false,
        };
        let machines = AgreedApp { scopes: vec![profile.clone()], used: None, home_url: None, expanded_confirm: true, ..app("b", "Machines démo", true) };
        let page = |apps| Self { form: Form::default(), name: "Camille Éon".to_owned(), identifier: "camille@courriel.test".to_owned(), apps, notice: None };
        vec![
            ("two", page(vec![app("a", "Espace Client", false), machines.clone()])),
            ("withdrawn", Self { notice: Some(AppsNotice::Withdrawn), ..page(vec![app("a", "Espace Client", false)]) }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..page(vec![machines]) }),
            ("none", page(Vec::new())),
        ]
    }
}
