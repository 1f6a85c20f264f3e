//! S-CHECK-LINK: the page behind the link of a check.

use serde::Serialize;

use super::Page;

/// The button, or that it was pressed.
#[derive(Clone, Debug, Serialize)]
pub struct CheckLink {
    /// Was it?
    pub is_pressed: bool,
}

impl Page for CheckLink {
    const TEMPLATE: &'static str = "check_link.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("open", Self { is_pressed: false }), ("pressed", Self { is_pressed: true })]
    }
}
