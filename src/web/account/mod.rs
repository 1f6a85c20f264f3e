//! The portal of people.

pub mod apps;
pub mod contact;
pub mod home;
pub(super) mod portal;
pub mod privacy;
pub mod profile;
pub mod report;
pub mod sessions;
pub mod undo;

pub use portal::{Portal, reset};
