//! The portal of people.

pub mod activity;
pub mod apps;
pub mod contact;
pub mod home;
pub mod organisations;
pub(super) mod portal;
pub mod privacy;
pub mod profile;
pub mod report;
pub mod security;
pub mod sessions;
pub mod terms;
pub mod undo;

pub use portal::{Portal, reset};
