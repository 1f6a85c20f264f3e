//! The administration API, for the command line, for programs, and for the consoles to come.
//!
//! Everything is one table, `operations.rs`: routes, and the OpenAPI document that describes them. A function here reads what was sent, calls one function of
//! `service::admin`, and answers JSON; what was refused answers RFC 9457's problem JSON.
//!
//! Who asks is found by [`Administrator`]: the token file of this machine, or an access token for `PUBLIC_URL/api` of any of our issuers.

mod accounts;
mod administrator;
mod apis;
mod audit;
mod backup;
mod clients;
mod companies;
mod import;
mod invitations;
mod keys;
mod links;
mod mail;
mod openapi;
mod operations;
mod problem;
mod received;
mod settings;
mod tenants;
mod terms;
mod webhooks;

use std::{net::IpAddr, sync::Arc};

use actix_web::web::{self, ServiceConfig};
use subtle::ConstantTimeEq as _;

pub use administrator::Administrator;
pub use openapi::document;
pub use operations::{Described, Method, OPERATIONS, Operation};
pub use problem::{Problem, ProblemShown};

use crate::{storage::sled::Sled, values::Secret};

/// Where all of it is mounted.
pub const MOUNT: &str = "/api/v1";

/// The token of this start, where we listen, and the store for its backup.
pub struct LocalAccess {
    token: Secret<String>,
    listening: IpAddr,
    store: Arc<Sled>,
}

impl LocalAccess {
    /// Know this token again.
    #[must_use]
    pub fn new(token: Secret<String>, listening: IpAddr, store: Arc<Sled>) -> Self {
        Self { token, listening, store }
    }

    /// Is it the token, from this machine? From elsewhere it is nothing, so that a token that got away opens nothing.
    fn admits(&self, token: &str, peer: Option<IpAddr>) -> bool {
        let is_here = peer.is_some_and(|peer| peer.is_loopback() || peer == self.listening.to_canonical());
        let is_right: bool = self.token.expose().as_bytes().ct_eq(token.as_bytes()).into();
        is_here && is_right
    }
}

/// Mount every operation.
pub fn configure(routes: &mut ServiceConfig) {
    let mut scope = web::scope(MOUNT);
    let mut paths: Vec<&str> = OPERATIONS.iter().map(|operation| operation.path).collect();
    paths.dedup();
    for path in paths {
        let there = OPERATIONS.iter().filter(|operation| operation.path == path);
        let resource = there.fold(web::resource(path), |resource, operation| resource.route((operation.route)()));
        scope = scope.service(resource.default_service(web::to(problem::no_such_method)));
    }
    routes.service(scope.default_service(web::to(problem::no_such_place)));
}
