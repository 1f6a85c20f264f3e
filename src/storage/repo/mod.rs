//! Typed reads, written once for all engines: `store.reads(now).account(subject)`. «Not found» is `None`, never an error.
//!
//! One file a subject. A lookup of something that belongs to a tenant takes the tenant: without it, nothing is found.

mod accounts;
mod audit;
mod clients;
mod grants;
mod hooks;
mod journeys;
mod keys;
mod links;
mod messages;
mod sessions;
mod tenants;
mod terms;

use super::Store;
use crate::values::Timestamp;

/// Reading at a time.
#[derive(Clone, Copy)]
pub struct Reads<'a> {
    store: &'a dyn Store,
    now: Timestamp,
}

impl dyn Store + '_ {
    /// Read as of this time: what expired by then is not there.
    #[must_use]
    pub fn reads(&self, now: Timestamp) -> Reads<'_> {
        Reads { store: self, now }
    }
}
