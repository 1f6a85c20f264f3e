//! The endpoints of OpenID Connect and OAuth, for the root issuer and every tenant's: one handler each.

pub mod authorize;
pub mod discovery;
pub mod end_session;
pub mod introspect;
pub mod revoke;
pub mod token;
pub mod userinfo;
