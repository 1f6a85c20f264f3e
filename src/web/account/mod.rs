//! The portal of people.

pub mod apps;
pub mod report;
