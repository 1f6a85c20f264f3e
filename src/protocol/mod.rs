//! The OAuth and OpenID Connect rules as pure functions, one file per rule, named for the specification.
//!
//! May import: `values`, `model`, `crypto`. A rule takes what was asked and what is known and gives a verdict; it loads nothing and writes nothing.
//!
//! An example: `authorize::redirect_uri` alone can make a return address, and only from a registered URI, so a redirect to anywhere else cannot be expressed.

pub mod acr;
pub mod authorize;
pub mod backchannel_logout;
pub mod claims;
pub mod client_auth;
pub mod discovery;
pub mod end_session;
mod error;
pub mod introspection;
pub mod params;
pub mod response;
pub mod revocation;
#[cfg(test)]
mod samples;
pub mod token;

pub use error::{ErrorCode, OAuthError};
