//! Passwords: Argon2id with admission control, so that a flood of sign-ins costs neither memory nor the other requests.

mod kept;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use tokio::sync::Semaphore;

use self::kept::{Kept, Source};
use crate::values::{Entropy, EntropyExt, Fault, Secret};

pub use kept::HashRefused;

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

/// Is it the password?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// No.
    Wrong,
    /// Yes.
    Right,
    /// Yes, and here is a hash with our own parameters to keep in the place of the old one.
    Anew(String),
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
    desks: Arc<Desks>,
    done: Arc<AtomicUsize>,
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
        let (waiting, admitted, desks, done) = (AtomicUsize::new(0), AtomicUsize::new(0), Arc::default(), Arc::default());
        Ok(Self { params, running, waiting, most_waiting, admitted, most_admitted, desks, done, dummy })
    }

    /// How many passwords were hashed or checked so far: two requests that must not be told apart add the same.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
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
        let (params, desks) = (self.params.clone(), Arc::clone(&self.desks));
        self.work(move || hash(&desks, &params, &salt, password.expose().as_bytes())).await?.map_or(Ok(Err(Busy)), |done| done.map(Ok))
    }

    /// May a hash that was made elsewhere be kept and checked here? Says so without the work of a check.
    ///
    /// # Errors
    /// See [`HashRefused`].
    pub fn accepts(phc: &str) -> Result<(), HashRefused> {
        Kept::read(phc, Source::Elsewhere).map(|_| ())
    }

    /// Is this the password? With no PHC string the answer is no, after the same work. A right password whose hash is not as we make them is hashed anew
    /// while it is known.
    ///
    /// # Errors
    /// [`Busy`] inside `Ok(Err(..))` is for the caller to say; a [`Fault`] is ours.
    pub async fn know(&self, phc: Option<&str>, password: Secret<String>, entropy: &dyn Entropy) -> Result<Result<Known, Busy>, Fault> {
        let (exists, salt) = (phc.is_some(), entropy.bytes::<16>());
        let (phc, own, desks) = (phc.unwrap_or(&self.dummy).to_owned(), self.params.clone(), Arc::clone(&self.desks));
        let judged = self.work(move || {
            let password = password.expose().as_bytes();
            let Ok(kept) = Kept::read(&phc, Source::Here) else { return Ok(Known::Wrong) };
            if !kept.is_of(&desks, &own, password) || !exists {
                return Ok(Known::Wrong);
            }
            if kept.is_ours(&own) { Ok(Known::Right) } else { hash(&desks, &own, &salt, password).map(Known::Anew) }
        });
        judged.await?.map_or(Ok(Err(Busy)), |judged| judged.map(Ok))
    }

    /// Is this the password? With no PHC string the answer is no, after the same work.
    ///
    /// # Errors
    /// [`Busy`] inside `Ok(Err(..))` is for the caller to say; a [`Fault`] is ours.
    pub async fn verify(&self, phc: Option<&str>, password: Secret<String>) -> Result<Result<bool, Busy>, Fault> {
        let exists = phc.is_some();
        let (phc, own, desks) = (phc.unwrap_or(&self.dummy).to_owned(), self.params.clone(), Arc::clone(&self.desks));
        let right = self.work(move || is_right(&desks, &phc, &own, password.expose().as_bytes())).await?;
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
        let count = Arc::clone(&self.done);
        let done = tokio::task::spawn_blocking(move || {
            count.fetch_add(1, Ordering::Relaxed);
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

/// Memory to hash in, kept from one hash to the next. Taken anew each time, it would stay with the allocator once for every thread that ever hashed.
#[derive(Default)]
struct Desks(Mutex<Vec<Vec<Block>>>);

impl std::fmt::Debug for Desks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desks")
    }
}

impl Desks {
    fn inside(&self) -> MutexGuard<'_, Vec<Vec<Block>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Do this at a free desk; there are as many as hashes were ever made at once.
    fn at_one<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let mut desk = self.inside().pop().unwrap_or_default();
        if desk.len() != blocks {
            desk = vec![Block::new(); blocks];
        }
        let done = work(&mut desk);
        self.inside().push(desk);
        done
    }
}

fn derive(desks: &Desks, argon: &Argon2<'_>, (password, salt): (&[u8], &[u8]), length: usize) -> argon2::Result<Vec<u8>> {
    let mut out = vec![0; length];
    desks.at_one(argon.params().block_count(), |desk| argon.hash_password_into_with_memory(password, salt, &mut out, desk))?;
    Ok(out)
}

fn hash(desks: &Desks, params: &Params, salt: &[u8], password: &[u8]) -> Result<String, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::because("a password could not be hashed", error.to_string());
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let out = derive(desks, &argon, (password, salt), Params::DEFAULT_OUTPUT_LEN).map_err(|error| failed(&error))?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(|error| failed(&error))?,
        salt: Some(Salt::new(salt).map_err(|error| failed(&error))?),
        hash: Some(Output::new(&out).map_err(|error| failed(&error))?),
    };
    Ok(phc.to_string())
}

/// Is it the password of this PHC string? One that cannot be read is nobody's.
fn is_right(desks: &Desks, phc: &str, own: &Params, password: &[u8]) -> bool {
    Kept::read(phc, Source::Here).is_ok_and(|kept| kept.is_of(desks, own, password))
}

#[cfg(test)]
mod tests {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash};

    use super::{Desks, hash, is_right, nobodys};
    use crate::crypto::SystemEntropy;

    #[test]
    fn the_hash_that_nobody_has_costs_as_much_to_check_as_any() {
        let made = nobodys(64, 1, &SystemEntropy::default());
        let real = hash(&Desks::default(), &Params::new(64, 1, 1, None).unwrap(), b"0123456789abcdef", b"a password of somebody").unwrap();
        let (made, real) = (PasswordHash::new(&made).unwrap(), PasswordHash::new(&real).unwrap());
        assert_eq!((made.algorithm, made.version, &made.params), (real.algorithm, real.version, &real.params));
        assert_eq!(made.hash.map(|hash| hash.as_bytes().len()), real.hash.map(|hash| hash.as_bytes().len()));
    }
    #[test]
    fn a_hash_is_the_same_at_every_desk_and_a_desk_is_used_again() {
        let (desks, costs) = (Desks::default(), [(64, 1), (128, 2), (64, 1)]);
        for (memory, passes) in costs {
            let params = Params::new(memory, passes, 1, None).unwrap();
            let phc = hash(&desks, &params, b"0123456789abcdef", b"a password of somebody").unwrap();
            let usual = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
                .hash_password_with_salt(b"a password of somebody", b"0123456789abcdef")
                .unwrap();
            assert_eq!(phc, usual.to_string());
            assert!(is_right(&desks, &phc, &params, b"a password of somebody") && !is_right(&desks, &phc, &params, b"a password of nobody"));
            assert!(Argon2::default().verify_password(b"a password of somebody", &*phc).is_ok());
        }
        assert_eq!(desks.inside().len(), 1);
        let params = Params::new(64, 1, 1, None).unwrap();
        assert!(!is_right(&desks, "$argon2id$", &params, b"") && !is_right(&desks, "", &params, b""));
    }
}
