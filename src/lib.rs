//! Parvis: a self-contained OpenID Connect and OAuth 2 identity provider. One binary, one data folder.
//!
//! **HTTP asks, services load, pure rooms decide, one commit remembers, pages answer.**
//!
//! The rooms, in layer order; each imports only rooms above it in this list (`tests/it/architecture.rs` holds them to it).

pub mod crypto;
pub mod model;
pub mod storage;
pub mod values;
