//! One file for each thing the server does: load, decide, commit.
//!
//! May import: all rooms above. A service takes [`crate::journey::Tools`], asks the pure rooms, and commits once; it knows no HTTP.

pub mod keys;
pub mod sign_out;
