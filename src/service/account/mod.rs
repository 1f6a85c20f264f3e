//! What people do in their portal.

pub mod apps;
