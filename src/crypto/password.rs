//! Passwords: Argon2id with admission control, so that a flood of sign-ins costs neither memory nor the other requests.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::phc::PasswordHash,
    password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use tokio::sync::Semaphore;

use crate::values::{Entropy, EntropyExt, Fault, Secret};

/// Too many are waiting already: come back in some seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

/// Room for one guess, until it is dropped.
#[derive(Debug)]
pub struct Admission<'a>(&'a AtomicUsize);

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Hashes and checks passwords, a few at a time; the rest wait in a short line, and beyond that are turned away at once.
#[derive(Debug)]
pub struct PasswordHasher {
    params: Params,
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    admitted: AtomicUsize,
    most_admitted: usize,
    dummy: String,
}

impl PasswordHasher {
    /// Longer ones are refused before any work: [`PasswordHasher::is_acceptable`].
    pub const LONGEST: usize = 128;

    /// `memory` in KiB, `passes` over it, `at_once` how many in parallel, `most_waiting` how many in line.
    ///
    /// # Errors
    /// Parameters that Argon2 refuses.
    pub fn new(memory: u32, passes: u32, at_once: usize, most_waiting: usize, entropy: &dyn Entropy) -> Result<Self, Fault> {
        let params = Params::new(memory, passes, 1, None).map_err(|error| Fault::because("bad Argon2 parameters", error.to_string()))?;
        let dummy = nobodys(memory, passes, entropy);
        let (running, most_admitted) = (Arc::new(Semaphore::new(at_once)), most_waiting.saturating_add(at_once));
        Ok(Self { params, running, waiting: AtomicUsize::new(0), most_waiting, admitted: AtomicUsize::new(0), most_admitted, dummy })
    }

    /// May it be hashed at all? At most 128 characters, no NUL.
    #[must_use]
    pub fn is_acceptable(password: &str) -> bool {
        !password.is_empty() && password.chars().count() <= Self::LONGEST && !password.contains('\0')
    }

    /// Room for one more guess, before anything is written for it; `None` when it would be turned away in the end. Of a thousand at once only those have their
    /// guesses counted that are judged, too.
    pub fn admit(&self) -> Option<Admission<'_>> {
        let admission = Admission(&self.admitted);
        (self.admitted.fetch_add(1, Ordering::Relaxed) < self.most_admitted).then_some(admission)
    }

    /// A PHC string for a new password.
    ///
    /// # Errors
    /// [`Busy`] inside `Ok(Err(..))` is for the caller to say; a [`Fault`] is ours.
    pub async fn hash(&self, password: Secret<String>, entropy: &dyn Entropy) -> Result<Result<String, Busy>, Fault> {
        let salt: [u8; 16] = entropy.bytes();
        let params = self.params.clone();
        self.work(move || hash(&params, &salt, password.expose().as_bytes())).await?.map_or(Ok(Err(Busy)), |done| done.map(Ok))
    }

    /// Is this the password? With no PHC string the answer is no, after the same work.
    ///
    /// # Errors
    /// [`Busy`] inside `Ok(Err(..))` is for the caller to say; a [`Fault`] is ours.
    pub async fn verify(&self, phc: Option<&str>, password: Secret<String>) -> Result<Result<bool, Busy>, Fault> {
        let exists = phc.is_some();
        let phc = phc.unwrap_or(&self.dummy).to_owned();
        let right = self
            .work(move || PasswordHash::new(&phc).is_ok_and(|parsed| Argon2::default().verify_password(password.expose().as_bytes(), &parsed).is_ok()))
            .await?;
        Ok(right.map_or(Err(Busy), |right| Ok(right && exists)))
    }

    /// Run on the blocking threads when it is this one's turn; `None` when the line is full.
    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<Option<T>, Fault> {
        struct InLine<'a>(&'a AtomicUsize);
        impl Drop for InLine<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Ok(None);
        }
        let in_line = InLine(&self.waiting);
        let turn = Arc::clone(&self.running).acquire_owned().await.map_err(|error| Fault::because("the password line is closed", error))?;
        drop(in_line);
        let done = tokio::task::spawn_blocking(move || {
            let done = job();
            drop(turn);
            done
        });
        done.await.map(Some).map_err(|error| Fault::because("a password check stopped", error))
    }
}

/// What a hash would look like that no password has: random, and therefore made without the work of one.
fn nobodys(memory: u32, passes: u32, entropy: &dyn Entropy) -> String {
    let (salt, hash) = (STANDARD_NO_PAD.encode(entropy.bytes::<16>()), STANDARD_NO_PAD.encode(entropy.bytes::<32>()));
    format!("$argon2id$v=19$m={memory},t={passes},p=1${salt}${hash}")
}

fn hash(params: &Params, salt: &[u8], password: &[u8]) -> Result<String, Fault> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let phc = argon
        .hash_password_customized(password, salt, None, None, params.clone())
        .map_err(|error| Fault::because("a password could not be hashed", error.to_string()))?;
    Ok(phc.to_string())
}

#[cfg(test)]
mod tests {
    use argon2::{Params, password_hash::phc::PasswordHash};

    use super::{hash, nobodys};
    use crate::crypto::SystemEntropy;

    #[test]
    fn the_hash_that_nobody_has_costs_as_much_to_check_as_any() {
        let made = nobodys(64, 1, &SystemEntropy::default());
        let real = hash(&Params::new(64, 1, 1, None).unwrap(), b"0123456789abcdef", b"a password of somebody").unwrap();
        let (made, real) = (PasswordHash::new(&made).unwrap(), PasswordHash::new(&real).unwrap());
        assert_eq!((made.algorithm, made.version, &made.params), (real.algorithm, real.version, &real.params));
        assert_eq!(made.hash.map(|hash| hash.as_bytes().len()), real.hash.map(|hash| hash.as_bytes().len()));
    }
}
