//! The portal of people.

pub mod activity;
pub mod apps;
pub mod home;
pub(super) mod portal;
pub mod profile;
pub mod report;
pub mod sessions;

pub use portal::Portal;
