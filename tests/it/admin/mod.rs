//! The administration API.

mod vouched;
