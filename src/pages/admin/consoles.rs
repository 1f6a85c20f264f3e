//! S-AD-CONSOLES: the organisations in which somebody has a role.

use serde::Serialize;

use super::{Link, Page};

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Consoles {
    /// One each.
    pub consoles: Vec<Link>,
}

impl Page for Consoles {
    const TEMPLATE: &'static str = "admin/consoles.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let link = |slug: &str, name: &str| Link { href: format!("/admin/{slug}"), name: name.to_owned() };
        vec![("two", Self { consoles: vec![link("aubepine", "Cabinet Aubépine"), link("etude", "Étude Lacaze")] })]
    }
}
