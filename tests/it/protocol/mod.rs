//! The endpoints, one file each: what they answer, and how each parameter is refused.

mod client_authentication;
mod client_credentials;
mod introspection;
mod refresh_token;
mod revocation;
mod token;
mod userinfo;
