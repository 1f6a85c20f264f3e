//! What a request says, taken apart and checked.

mod browser;
mod client;
mod form;
mod issuer;
mod opened;
mod peer;
mod visit;

pub use browser::{Browser, Jar};
pub use client::ClientRequest;
pub use form::{LONGEST_BODY, Pairs, QueryPairs};
pub use issuer::IssuerAt;
pub use opened::{Instead, Opened, opened};
pub use peer::{TrustedProxies, peer};
pub use visit::Visit;
