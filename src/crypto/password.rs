//! Passwords: Argon2id with admission control, so that a flood of sign-ins costs neither memory nor the other requests.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash::phc::PasswordHash};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use subtle::ConstantTimeEq as _;
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
    memory: Memory,
    dummy: String,
}

/// Memory of hashes that are over, for those to come. Given back to the allocator it would stay with each thread that ever hashed, and never be the
/// system's again.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory(***)")
    }
}

impl Memory {
    fn spare(&self) -> MutexGuard<'_, Vec<Vec<Block>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The raw hash. What lies in the memory from before is written over before it is read.
    fn hash(&self, argon: &Argon2<'_>, password: &[u8], salt: &[u8], hash: &mut [u8]) -> Result<(), argon2::Error> {
        let kept = self.spare().pop();
        let mut blocks = kept.unwrap_or_default();
        blocks.resize(argon.params().block_count(), Block::new());
        let done = argon.hash_password_into_with_memory(password, salt, hash, &mut blocks);
        self.spare().push(blocks);
        done
    }
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
        let dummy = nobodys(&params, entropy);
        let (running, most_admitted) = (Arc::new(Semaphore::new(at_once)), most_waiting.saturating_add(at_once));
        Ok(Self { params, running, waiting: AtomicUsize::new(0), most_waiting, admitted: AtomicUsize::new(0), most_admitted, memory: Memory::default(), dummy })
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
        let memory = self.memory.clone();
        self.work(move || hash(&memory, params, &salt, password.expose().as_bytes())).await?.map_or(Ok(Err(Busy)), |done| done.map(Ok))
    }

    /// Is this the password? With no PHC string the answer is no, after the same work.
    ///
    /// # Errors
    /// [`Busy`] inside `Ok(Err(..))` is for the caller to say; a [`Fault`] is ours.
    pub async fn verify(&self, phc: Option<&str>, password: Secret<String>) -> Result<Result<bool, Busy>, Fault> {
        let exists = phc.is_some();
        let phc = phc.unwrap_or(&self.dummy).to_owned();
        let memory = self.memory.clone();
        let right = self.work(move || is_right(&memory, &phc, password.expose().as_bytes())).await?;
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

/// A hash as it is kept. [PHC string format]
fn phc(params: &Params, salt: &[u8], hash: &[u8]) -> String {
    let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
    format!("$argon2id$v=19$m={},t={},p={}${salt}${hash}", params.m_cost(), params.t_cost(), params.p_cost())
}

/// What a hash would look like that no password has: random, and therefore made without the work of one.
fn nobodys(params: &Params, entropy: &dyn Entropy) -> String {
    phc(params, &entropy.bytes::<16>(), &entropy.bytes::<32>())
}

fn hash(memory: &Memory, params: Params, salt: &[u8], password: &[u8]) -> Result<String, Fault> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = [0; 32];
    memory.hash(&argon, password, salt, &mut hash).map_err(|error| Fault::because("a password could not be hashed", error.to_string()))?;
    Ok(phc(argon.params(), salt, &hash))
}

/// Does the password come to this hash, with the parameters that stand in it?
fn is_right(memory: &Memory, phc: &str, password: &[u8]) -> bool {
    let Ok(kept) = PasswordHash::new(phc) else { return false };
    let (Ok(params), Some(salt), Some(wanted)) = (Params::try_from(&kept), kept.salt, kept.hash) else { return false };
    if kept.algorithm.as_str() != "argon2id" || kept.version != Some(0x13) {
        return false;
    }
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = vec![0; wanted.as_ref().len()];
    memory.hash(&argon, password, &salt, &mut hash).is_ok() && bool::from(hash.ct_eq(wanted.as_ref()))
}

#[cfg(test)]
mod tests {
    use argon2::{Argon2, Params, PasswordVerifier as _, password_hash::phc::PasswordHash};

    use super::{Memory, hash, is_right, nobodys};
    use crate::crypto::SystemEntropy;

    fn small() -> Params {
        Params::new(64, 1, 1, None).unwrap()
    }

    #[test]
    fn a_hash_is_what_everybody_else_makes_of_it_in_memory_that_was_used_before() {
        let memory = Memory::default();
        for password in [&b"a password of somebody"[..], b"another one"] {
            let made = hash(&memory, small(), b"0123456789abcdef", password).unwrap();
            assert!(Argon2::default().verify_password(password, &PasswordHash::new(&made).unwrap()).is_ok());
            assert!(is_right(&memory, &made, password));
            assert!(!is_right(&memory, &made, b"a password of nobody"));
        }
        assert_eq!(memory.spare().len(), 1);
    }

    #[test]
    fn the_hash_that_nobody_has_costs_as_much_to_check_as_any() {
        let made = nobodys(&small(), &SystemEntropy::default());
        let real = hash(&Memory::default(), small(), b"0123456789abcdef", b"a password of somebody").unwrap();
        let (made, real) = (PasswordHash::new(&made).unwrap(), PasswordHash::new(&real).unwrap());
        assert_eq!((made.algorithm, made.version, &made.params), (real.algorithm, real.version, &real.params));
        assert_eq!(made.hash.map(|hash| hash.as_ref().len()), real.hash.map(|hash| hash.as_ref().len()));
    }
}
