//! The owner's rules as pure functions: arguments in, verdict out.
//!
//! May import: `values`, `model`. Each verdict carries its reason, so that the page, the audit event and the protocol's error say the same thing.

pub mod admin;
pub mod app_consent;
pub mod attributes;
pub mod check;
pub mod company;
pub mod org_consent;
pub mod password;
pub mod profile;
pub mod sign_up;
pub mod standing;
pub mod terms;
