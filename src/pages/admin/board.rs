//! S-AD-HOME: what there is, and what wants to be looked at.

use serde::Serialize;

use super::{Desk, Page};

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct Board {
    /// Around it.
    pub desk: Desk,
    /// What there is.
    pub tiles: Vec<Tile>,
    /// What wants to be looked at.
    pub alerts: Vec<Alert>,
}

/// A number and the place where its things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// The place.
    pub about: &'static str,
    /// How many.
    pub n: usize,
    /// Are there more than that?
    pub is_more: bool,
    /// Its address, where there is a page.
    pub href: Option<String>,
}

/// What wants to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "about", content = "n", rename_all = "snake_case")]
pub enum Alert {
    /// Mails that were given up.
    MailsFailed(usize),
    /// Applications that people reported.
    Reports(usize),
    /// Nobody else can give roles.
    Alone,
}

impl Page for Board {
    const TEMPLATE: &'static str = "admin/home.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let desk = Desk::sample(&["accounts", "audit"]);
        let tile = |about, n, is_more, href: Option<&str>| Tile { about, n, is_more, href: href.map(str::to_owned) };
        let calm = Self {
            tiles: vec![tile("accounts", 1, false, Some("/admin/etude/accounts")), tile("mail", 0, false, None)],
            alerts: Vec::new(),
            desk: desk.clone(),
        };
        let busy = Self {
            tiles: vec![tile("accounts", 200, true, Some("/admin/etude/accounts")), tile("mail", 12, false, None)],
            alerts: vec![Alert::MailsFailed(2), Alert::Reports(1), Alert::Alone],
            desk,
        };
        vec![("calm", calm), ("busy", busy), ("bare", Self { desk: Desk::sample(&[]), tiles: Vec::new(), alerts: Vec::new() })]
    }
}
