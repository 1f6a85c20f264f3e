//! One file per thing the server does: load, decide, commit.
//!
//! May import: all rooms above.

pub mod admin;
pub mod setup;
pub mod start;
