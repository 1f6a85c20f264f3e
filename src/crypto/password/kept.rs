//! Hashes as they are kept: ours, and those that accounts brought along from elsewhere, each in the form of its kind.
//!
//! Whatever costs more to check than a limit is not read at all, so that nobody can write a line that keeps a processor busy or takes the memory away.
//! A hash from elsewhere takes the time that its own costs come to, which a patient stranger could tell from ours; it lasts until its owner signs in.

use std::num::NonZeroU32;

use argon2::{Algorithm, Argon2, Params, Version, password_hash::phc::PasswordHash};
use aws_lc_rs::pbkdf2;
use base64::{
    Engine as _,
    alphabet::{BCRYPT, STANDARD},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use subtle::ConstantTimeEq as _;

use super::{Desks, derive};

/// The longest text that is looked at.
const LONGEST: usize = 512;
/// Memory of one check in KiB: two of RFC 9106 §4's recommendations are under it, that of 2 GiB is not.
const MOST_MEMORY: u64 = 256 * 1024;
/// What Argon2's passes come to over their memory, in KiB.
const MOST_PASSED: u64 = 1024 * 1024;
/// Our own hashes, by the most that the settings allow.
const MOST_EVER: u64 = 4 * 1024 * 1024;
const MOST_PASSES_EVER: u64 = 64;
/// About a second, as for the others.
const MOST_BCRYPT: u32 = 14;
const MOST_ROUNDS: u32 = 2_000_000;
/// N · r · p of scrypt.
const MOST_SCRYPT: u64 = 1 << 22;
/// A shorter hash would be found by chance.
const LEAST_HASH: usize = 16;
const MOST_BYTES: usize = 64;
/// So many bytes of a password go into bcrypt, the NUL at its end among them.
const BCRYPT_BYTES: usize = 72;

/// Why a hash is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashRefused {
    /// Of none of the kinds.
    #[error("is no hash of argon2id, argon2i, bcrypt, pbkdf2 or scrypt")]
    Unknown,
    /// Of a kind that we know, but not as it is written.
    #[error("cannot be read")]
    Malformed,
    /// It would keep us busy.
    #[error("would cost too much to check")]
    Costly,
}

/// Where a hash is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A file that somebody wrote.
    Elsewhere,
    /// Our store: it was let in, or it is of our own making, perhaps by settings of another time.
    Here,
}

/// How a hash is made from a password and its salt.
enum Recipe {
    Argon2(Algorithm, Version, Params),
    Bcrypt(u32),
    Pbkdf2(pbkdf2::Algorithm, NonZeroU32),
    Scrypt(scrypt::Params),
}

/// One hash with what it takes to check it.
pub(super) struct Kept {
    recipe: Recipe,
    salt: Vec<u8>,
    expected: Vec<u8>,
}

impl Kept {
    /// Read one.
    pub(super) fn read(text: &str, from: Source) -> Result<Self, HashRefused> {
        if text.len() > LONGEST {
            return Err(HashRefused::Malformed);
        }
        let (kind, rest) = text.strip_prefix('$').and_then(|text| text.split_once('$')).ok_or(HashRefused::Unknown)?;
        let kept = match kind {
            "argon2id" | "argon2i" => argon2(text, from)?,
            "2a" | "2b" | "2y" => bcrypt(rest)?,
            "pbkdf2-sha1" => pbkdf2(pbkdf2::PBKDF2_HMAC_SHA1, rest)?,
            "pbkdf2-sha256" => pbkdf2(pbkdf2::PBKDF2_HMAC_SHA256, rest)?,
            "pbkdf2-sha512" => pbkdf2(pbkdf2::PBKDF2_HMAC_SHA512, rest)?,
            "scrypt" => scrypt(rest)?,
            _ => return Err(HashRefused::Unknown),
        };
        let is_long_enough = (LEAST_HASH..=MOST_BYTES).contains(&kept.expected.len()) && kept.salt.len() <= MOST_BYTES;
        if is_long_enough { Ok(kept) } else { Err(HashRefused::Malformed) }
    }

    /// Is it the password?
    pub(super) fn is_of(&self, desks: &Desks, own: &Params, password: &[u8]) -> bool {
        self.made_from(desks, own, password).is_some_and(|made| made.ct_eq(&self.expected).into())
    }

    fn made_from(&self, desks: &Desks, own: &Params, password: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0; self.expected.len()];
        match &self.recipe {
            Recipe::Argon2(algorithm, version, params) => {
                let argon = Argon2::new(*algorithm, *version, params.clone());
                // A desk that is larger than ours is not kept for the next hash.
                let passing = Desks::default();
                let desks = if params.block_count() > own.block_count() { &passing } else { desks };
                return derive(desks, &argon, (password, &self.salt), self.expected.len()).ok();
            }
            Recipe::Bcrypt(cost) => {
                let salt: [u8; 16] = self.salt.as_slice().try_into().ok()?;
                let with_nul: Vec<u8> = password.iter().copied().chain([0]).take(BCRYPT_BYTES).collect();
                out.copy_from_slice(bcrypt::bcrypt(*cost, salt, &with_nul).get(..self.expected.len())?);
            }
            Recipe::Pbkdf2(algorithm, rounds) => pbkdf2::derive(*algorithm, *rounds, &self.salt, password, &mut out),
            Recipe::Scrypt(params) => scrypt::scrypt(password, &self.salt, params, &mut out).ok()?,
        }
        Some(out)
    }

    /// Is it as we would make it today?
    pub(super) fn is_ours(&self, own: &Params) -> bool {
        let Recipe::Argon2(Algorithm::Argon2id, Version::V0x13, params) = &self.recipe else { return false };
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        costs(params) == costs(own) && self.expected.len() == Params::DEFAULT_OUTPUT_LEN
    }
}

/// `$argon2id$v=19$m=…,t=…,p=…$salt$hash`
fn argon2(text: &str, from: Source) -> Result<Kept, HashRefused> {
    let phc = PasswordHash::new(text).map_err(|_| HashRefused::Malformed)?;
    let version = phc.version.map_or(Ok(Version::V0x10), Version::try_from).map_err(|_| HashRefused::Malformed)?;
    let algorithm = Algorithm::try_from(phc.algorithm.as_str()).map_err(|_| HashRefused::Malformed)?;
    let params = Params::try_from(&phc).map_err(|_| HashRefused::Malformed)?;
    let (memory, passed) = (u64::from(params.m_cost()), u64::from(params.m_cost()).saturating_mul(u64::from(params.t_cost())));
    let (most_memory, most_passed) = match from {
        Source::Elsewhere => (MOST_MEMORY, MOST_PASSED),
        Source::Here => (MOST_EVER, MOST_EVER * MOST_PASSES_EVER),
    };
    if memory > most_memory || passed > most_passed {
        return Err(HashRefused::Costly);
    }
    let (Some(salt), Some(expected)) = (phc.salt, phc.hash) else { return Err(HashRefused::Malformed) };
    Ok(Kept { recipe: Recipe::Argon2(algorithm, version, params), salt: salt.to_vec(), expected: expected.as_bytes().to_vec() })
}

/// `$2b$10$` and 53 characters of bcrypt's own alphabet: 22 of salt, 31 of hash.
fn bcrypt(rest: &str) -> Result<Kept, HashRefused> {
    let (cost, both) = rest.split_once('$').filter(|(cost, _)| cost.len() == 2).ok_or(HashRefused::Malformed)?;
    let cost: u32 = number(cost)?;
    if cost < 4 {
        return Err(HashRefused::Malformed);
    }
    if cost > MOST_BCRYPT {
        return Err(HashRefused::Costly);
    }
    let (salt, hash) = both.split_at_checked(22).filter(|(_, hash)| hash.len() == 31).ok_or(HashRefused::Malformed)?;
    // The last character of each has bits that mean nothing, and not every maker leaves them empty.
    let alphabet = GeneralPurpose::new(
        &BCRYPT,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone).with_decode_allow_trailing_bits(true),
    );
    let decoded = |text: &str| alphabet.decode(text).map_err(|_| HashRefused::Malformed);
    Ok(Kept { recipe: Recipe::Bcrypt(cost), salt: decoded(salt)?, expected: decoded(hash)? })
}

/// `$pbkdf2-sha256$i=600000,l=32$salt$hash`, or with the rounds alone in the place of `i=…`.
fn pbkdf2(algorithm: pbkdf2::Algorithm, rest: &str) -> Result<Kept, HashRefused> {
    let (said, salt, expected) = three(rest)?;
    let rounds: u32 = match named(said, "i") {
        Some(rounds) => number(rounds)?,
        None => number(said)?,
    };
    let rounds = NonZeroU32::new(rounds).ok_or(HashRefused::Malformed)?;
    if rounds.get() > MOST_ROUNDS {
        return Err(HashRefused::Costly);
    }
    Ok(Kept { recipe: Recipe::Pbkdf2(algorithm, rounds), salt, expected })
}

/// `$scrypt$ln=17,r=8,p=1$salt$hash`
fn scrypt(rest: &str) -> Result<Kept, HashRefused> {
    let (said, salt, expected) = three(rest)?;
    let part = |name: &str| named(said, name).ok_or(HashRefused::Malformed).and_then(number::<u32>);
    let (log, blocks, lanes) = (part("ln")?, part("r")?, part("p")?);
    if log == 0 || blocks == 0 || lanes == 0 {
        return Err(HashRefused::Malformed);
    }
    let rounds = 1u64.checked_shl(log).filter(|_| log < 64).ok_or(HashRefused::Costly)?;
    let per_lane = rounds.checked_mul(u64::from(blocks)).ok_or(HashRefused::Costly)?;
    let memory = per_lane.saturating_add(u64::from(blocks).saturating_mul(u64::from(lanes))) / 8;
    if memory > MOST_MEMORY || per_lane.saturating_mul(u64::from(lanes)) > MOST_SCRYPT {
        return Err(HashRefused::Costly);
    }
    let log = u8::try_from(log).map_err(|_| HashRefused::Costly)?;
    let params = scrypt::Params::new(log, blocks, lanes).map_err(|_| HashRefused::Malformed)?;
    Ok(Kept { recipe: Recipe::Scrypt(params), salt, expected })
}

/// Parameters, salt and hash.
fn three(rest: &str) -> Result<(&str, Vec<u8>, Vec<u8>), HashRefused> {
    let mut parts = rest.split('$');
    let (Some(said), Some(salt), Some(hash), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return Err(HashRefused::Malformed) };
    let lenient = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));
    // Some write a dot where base64 has a plus sign.
    let decoded = |text: &str| lenient.decode(text.replace('.', "+")).map_err(|_| HashRefused::Malformed);
    Ok((said, decoded(salt)?, decoded(hash)?))
}

fn named<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    said.split(',').find_map(|part| part.split_once('=').filter(|(found, _)| *found == name).map(|(_, value)| value))
}

/// Digits only. Numbers that do not fit are beyond every limit.
fn number<T: std::str::FromStr>(text: &str) -> Result<T, HashRefused> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(HashRefused::Malformed);
    }
    text.parse().map_err(|_| HashRefused::Costly)
}

#[cfg(test)]
mod tests {
    use argon2::Params;

    use super::{Desks, HashRefused, Kept, Source};

    const NOBODY: &str = "c29tZXNhbHRzb21lc2FsdA";
    const HASH: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn own() -> Params {
        Params::new(64, 1, 1, None).unwrap()
    }

    fn refusal(text: &str) -> Option<HashRefused> {
        Kept::read(text, Source::Elsewhere).err()
    }

    #[test]
    fn the_published_vectors_of_each_kind_are_known_again() {
        // jBCrypt's own tests, RFC 7914 §11 and §12, RFC 6070.
        for (text, password) in [
            ("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.", ""),
            ("$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe", "a"),
            ("$2b$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i", "abc"),
            ("$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA", "password"),
            ("$pbkdf2-sha256$i=1,l=64$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw", "passwd"),
            ("$pbkdf2-sha1$4096$c2FsdA$SwB5AbdlSJq+rUnZJvch0GWkKcE", "password"),
        ] {
            let (kept, desks, own) = (Kept::read(text, Source::Elsewhere).unwrap(), Desks::default(), own());
            assert!(kept.is_of(&desks, &own, password.as_bytes()), "{text}");
            assert!(!kept.is_of(&desks, &own, b"another password") && !kept.is_ours(&own), "{text}");
        }
    }

    #[test]
    fn bcrypt_knows_the_first_seventy_two_bytes_and_nothing_after_them() {
        // Made with libxcrypt.
        let kept = Kept::read("$2b$04$abcdefghijklmnopqrstuuinVfm85wZjOuoUOfK94B1cB97KXny.q", Source::Elsewhere).unwrap();
        assert!(kept.is_of(&Desks::default(), &own(), b"une phrase assez longue"));
        let mut long = [b'x'; 128];
        let made = |password: &[u8]| kept.made_from(&Desks::default(), &own(), password);
        let before = made(&long);
        long[72] = b'y';
        assert_eq!(made(&long), before);
        long[71] = b'y';
        assert_ne!(made(&long), before);
    }

    #[test]
    fn an_argon2_of_more_memory_than_ours_leaves_no_desk_behind() {
        let (desks, own) = (Desks::default(), own());
        let large = format!("$argon2i$v=16$m=256,t=1,p=2${NOBODY}${HASH}");
        assert!(!Kept::read(&large, Source::Elsewhere).unwrap().is_of(&desks, &own, b"x"));
        assert_eq!(desks.inside().len(), 0);
    }

    #[test]
    fn what_would_cost_too_much_is_not_read() {
        for text in [
            format!("$argon2id$v=19$m=4194304,t=1,p=1${NOBODY}${HASH}"),
            format!("$argon2id$v=19$m=65536,t=4294967295,p=1${NOBODY}${HASH}"),
            "$2b$31$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.".to_owned(),
            format!("$pbkdf2-sha256$i=2147483648,l=32${NOBODY}${HASH}"),
            format!("$pbkdf2-sha512$99999999999999999999${NOBODY}${HASH}"),
            format!("$scrypt$ln=30,r=8,p=1${NOBODY}${HASH}"),
            format!("$scrypt$ln=200,r=8,p=1${NOBODY}${HASH}"),
            format!("$scrypt$ln=14,r=4294967295,p=1${NOBODY}${HASH}"),
            format!("$scrypt$ln=1,r=1,p=1073741823${NOBODY}${HASH}"),
        ] {
            assert_eq!(refusal(&text), Some(HashRefused::Costly), "{text}");
        }
    }

    #[test]
    fn what_our_settings_ever_allowed_is_not_too_much_in_our_own_store() {
        let text = format!("$argon2id$v=19$m=4194304,t=64,p=1${NOBODY}${HASH}");
        assert_eq!((refusal(&text), Kept::read(&text, Source::Here).err()), (Some(HashRefused::Costly), None));
        let hostile = format!("$argon2id$v=19$m=4194304,t=65,p=1${NOBODY}${HASH}");
        assert_eq!(Kept::read(&hostile, Source::Here).err(), Some(HashRefused::Costly));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in ["", "password", "$", "$1$salt$hash", "$5$rounds=5000$salt$hash", "$argon2d$v=19$m=64,t=1,p=1$c29tZXNhbHQ$aGFzaA", "{SSHA}abc"] {
            assert_eq!(refusal(text), Some(HashRefused::Unknown), "{text}");
        }
        for text in [
            "$argon2id$".to_owned(),
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ".to_owned(),
            "$2b$10$short".to_owned(),
            "$2b$03$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.".to_owned(),
            "$2b$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deXé".to_owned(),
            format!("$pbkdf2-sha256$i=0,l=32${NOBODY}${HASH}"),
            format!("$pbkdf2-sha256$i=1000${NOBODY}$AAAA"),
            format!("$pbkdf2-sha256$i=-1${NOBODY}${HASH}"),
            format!("$scrypt$ln=0,r=8,p=1${NOBODY}${HASH}"),
            format!("$scrypt$r=8,p=1${NOBODY}${HASH}"),
            format!("$pbkdf2-sha256$i=1000${NOBODY}${}", "A".repeat(600)),
        ] {
            assert_eq!(refusal(&text), Some(HashRefused::Malformed), "{text}");
        }
    }
}
