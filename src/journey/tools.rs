//! All that a screen or a service may touch.

use std::sync::Arc;

use crate::{
    crypto::{Keyring, PasswordHasher, Sealer},
    outside::Captchas,
    pages::Pages,
    storage::{Reads, Store},
    values::{Clock, Entropy, Issuer, Timestamp},
};

/// The house's tools, shared by every request. No HTTP type is among them.
#[derive(Clone)]
pub struct Tools {
    /// Where records live.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Passwords.
    pub hasher: Arc<PasswordHasher>,
    /// Seals and keyed hashes.
    pub sealer: Arc<Sealer>,
    /// Signing keys.
    pub keyring: Arc<Keyring>,
    /// Templates and words.
    pub pages: Arc<Pages>,
    /// Who tells people from robots, where an organisation has somebody.
    pub captchas: Arc<dyn Captchas>,
    /// Where we are reached, without trailing slash: the root issuer, and the start of every link.
    pub public_url: Arc<str>,
}

impl Tools {
    /// The time, asked once at the start of a decision.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Read as of now.
    #[must_use]
    pub fn reads(&self) -> Reads<'_> {
        self.store.reads(self.clock.now())
    }

    /// How tokens and discovery name an issuer.
    #[must_use]
    pub fn identifier(&self, issuer: Issuer) -> String {
        issuer.identifier(&self.public_url)
    }
}
