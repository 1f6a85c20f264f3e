//! Signing keys, parsed once and kept.

/// The key pairs of every issuer that was asked for.
#[derive(Debug, Default)]
pub struct Keyring {}
