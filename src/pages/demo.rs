//! The demonstration's front page: who exists, with which password, and what can be opened.

use serde::Serialize;

use super::Page;

/// `serve --demo` only.
#[derive(Clone, Serialize)]
pub struct DemoFront {
    /// The fictional people.
    pub people: Vec<DemoPerson>,
    /// The password that they share, made at the first start.
    pub password: String,
    /// What can be opened.
    pub apps: Vec<DemoApp>,
    /// Where captured messages are.
    pub outbox_href: String,
}

/// Somebody to sign in as.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPerson {
    /// Their name.
    pub name: String,
    /// Their address.
    pub identifier: String,
    /// Who they are.
    pub note: String,
}

/// An application to open.
#[derive(Clone, Debug, Serialize)]
pub struct DemoApp {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// What it shows.
    pub note: String,
}

impl Page for DemoFront {
    const TEMPLATE: &'static str = "demo/home.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let person = |name: &str, identifier: &str, note: &str| DemoPerson { name: name.to_owned(), identifier: identifier.to_owned(), note: note.to_owned() };
        let app = |name: &str, href: &str, note: &str| DemoApp { name: name.to_owned(), href: href.to_owned(), note: note.to_owned() };
        vec![(
            "front",
            Self {
                people: vec![
                    person("Camille Éon", "camille@courriel.test", "Cabinet Aubépine, cliente"),
                    person("Nadia Ferrand", "nadia.ferrand@morvan.test", "Ateliers Morvan, administratrice générale"),
                    person("Pauline Ricard", "pauline.ricard@etude.test", "Étude Lacaze"),
                ],
                password: "quatre mots pour essayer".to_owned(),
                apps: vec![
                    app("Espace Client", "http://app.localhost:9400/", "Cabinet Aubépine"),
                    app("actes-demo", "http://actes.localhost:9400/", "Étude Lacaze"),
                ],
                outbox_href: "/_demo/outbox".to_owned(),
            },
        )]
    }
}
