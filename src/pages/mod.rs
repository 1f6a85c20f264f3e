//! What a template may be given, and the engine that renders it.
//!
//! May import: `values`, `model`. A page is a struct with a template and samples; a sentence is never here but in `templates/words/`.
//!
//! Why it is so: the samples of every page are rendered in every language by a test, so a broken template is a failed test and not a broken page.

mod complaint;
mod form;

pub use complaint::Complaint;
pub use form::{Form, Marked};

use serde::Serialize;

/// What one template is given. Beside its screen, or beside the request that shows it.
pub trait Page: Serialize + Sized {
    /// The template's path under `templates/`.
    const TEMPLATE: &'static str;
    /// It as tests and galleries show it, each with a name.
    fn samples() -> Vec<(&'static str, Self)>;
}
