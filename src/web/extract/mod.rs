//! What a request says, taken apart and checked.

mod agent;
mod browser;
mod client;
mod form;
mod issuer;
mod peer;
mod visit;

pub use browser::{Browser, Jar};
pub use client::ClientRequest;
pub use form::{LONGEST_BODY, Pairs, QueryPairs};
pub use issuer::IssuerAt;
pub use peer::{TrustedProxies, peer};
pub use visit::Visit;
