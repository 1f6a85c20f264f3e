//! HTTP only: routes, extractors, replies.
//!
//! May import: all rooms above. A function here takes what was sent apart, calls one service, and answers; it decides nothing about accounts, clients or tokens.
//!
//! An example: `GET /authorize` → `routes.rs` finds the place, `extract::issuer` the tenant, `extract::browser` the cookies; `oidc/authorize.rs` calls
//! `service::authorize::start` and turns its answer into a redirect or a page.

pub mod account;
pub mod admin;
pub mod api;
pub mod assets;
mod check;
pub mod extract;
pub mod guard;
pub mod health;
pub mod invitation;
pub mod journey;
pub mod mailed;
pub mod oidc;
pub mod reply;
pub mod routes;
pub mod setup;
pub mod terms;
mod whose;

use std::sync::Arc;

use crate::{journey::Tools, service::token::TokenCounts};

/// What every request may use.
#[derive(Clone)]
pub struct State {
    /// The house's tools.
    pub tools: Tools,
    /// Tokens that leave no record, counted.
    pub counts: Arc<TokenCounts>,
    /// Which proxies are believed about addresses.
    pub proxies: extract::TrustedProxies,
    /// Is this a demonstration?
    pub demo: bool,
}
