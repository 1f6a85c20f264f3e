//! Mechanisms with no opinion: hash, sign, seal, verify.
//!
//! May import: `values`, `model`. Randomness comes in as a parameter ([`crate::values::Entropy`]); keys come in at the start and stay inside.
//!
//! Why it is so: one backend, aws-lc-rs, does every primitive but the password hashes that it does not have; RSA and EC private keys are parsed once and
//! kept, because parsing one for each signature costs more than the signature.

mod entropy;
mod jwk;
mod jws;
mod keyring;
mod password;
mod seal;
mod webhook;

/// SHA-256 without a key, for texts that are no secrets.
#[must_use]
pub fn sha256(text: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text).as_ref());
    hash
}

pub use entropy::SystemEntropy;
pub use jwk::VerifyingKey;
pub use jws::{Jws, JwsRefused, Pkcs8, SigningPair, TokenKind, Unsigned};
pub use keyring::{IssuerKeys, KeptKey, Keyring};
pub use password::{Admission, Busy, HashRefused, Known, PasswordHasher};
pub use seal::{MasterKey, OpenRefused, Purpose, Sealer};
pub use webhook::WebhookSecret;
