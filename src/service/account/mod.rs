//! What people do in their portal.

pub mod activity;
pub mod apps;
pub mod contact;
pub mod deletion;
pub mod export;
pub mod home;
pub mod organisations;
pub mod password;
pub mod profile;
pub mod sessions;
pub mod terms;
