//! The operating system's randomness.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

use crate::values::Entropy;

/// The real source. It does not fail on the systems we run on; if it did, going on would be worse than stopping.
#[derive(Debug, Default)]
pub struct SystemEntropy(SystemRandom);

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if self.0.fill(buffer).is_err() {
            tracing::error!("the system has no randomness; stopping");
            std::process::abort();
        }
    }
}
