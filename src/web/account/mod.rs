//! The portal of people.

pub mod apps;
