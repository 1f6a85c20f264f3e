//! The OAuth and OpenID Connect rules as pure functions, one file per rule, named for the specification.
//!
//! May import: `values`, `model`, `crypto`. A rule takes what was asked and what is known and gives a verdict; it loads nothing and writes nothing.
//!
//! An example: `authorize::redirect_uri` alone can make a return address, and only from a registered URI, so a redirect to anywhere else cannot be expressed.

pub mod acr;
pub mod authorize;
pub mod backchannel_logout;
pub mod discovery;
mod error;
pub mod params;
pub mod response;

pub use error::{ErrorCode, OAuthError};
