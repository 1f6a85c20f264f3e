//! The endpoints of OpenID Connect and OAuth, for the root issuer and every tenant's: one handler each.

pub mod authorize;
pub mod discovery;
