//! Reads configuration, builds everything, listens.
pub mod demo;
