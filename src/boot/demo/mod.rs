//! `serve --demo`: a place to try everything without setting anything up, on this machine only.
//!
//! It adds fictional organisations, people and applications to the data folder, a small application that signs people in ([`app`]), the page that lists all of
//! it, and what tests move the clock with.

pub mod app;
mod clients;
mod fixtures;
mod kept;
mod people;
mod tenants;

pub use clients::{APPLICATIONS, Application};
pub use fixtures::{Fixtures, Registered, load};
