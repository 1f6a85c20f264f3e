//! What this machine can do at most, on all processors at once: signatures, their verification, passwords.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use argon2::{Algorithm as Kind, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parvis::{
    crypto::{SigningPair, TokenKind, Unsigned, VerifyingKey},
    protocol::claims::access_token::AccessTokenClaims,
    values::{Algorithm, ClientId, Timestamp},
};

use crate::{
    proc,
    run::{rate, share},
};

/// One primitive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// In a second, on all processors.
    pub(crate) rate: f64,
    /// Microseconds of one processor for one.
    pub(crate) cpu: f64,
}

/// All of them.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Processors.
    pub(crate) cores: usize,
    /// Signatures with a cached pair.
    pub(crate) signatures: Vec<(Algorithm, Limit)>,
    /// Verifications with a key that was read before.
    pub(crate) verifications: Vec<(Algorithm, Limit)>,
    /// Argon2id with the server's parameters.
    pub(crate) passwords: Limit,
}

/// Processors.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// An access token like those that are issued, before it is signed.
pub(crate) fn unsigned(pair: &SigningPair) -> Result<Unsigned> {
    let claims = AccessTokenClaims {
        iss: "http://localhost:8080".into(),
        sub: "robot".into(),
        aud: "https://commandes.example".into(),
        client_id: ClientId::from("robot"),
        exp: Timestamp(1_800_000_600),
        iat: Timestamp(1_800_000_000),
        jti: "AAAAAAAAAAAAAAAAAAAAAA".into(),
        scope: "commandes.lire".into(),
        auth_time: None,
        acr: None,
        amr: None,
    };
    Ok(pair.prepare(TokenKind::Access, &claims)?)
}

impl Limits {
    /// Measure them, each for this long.
    pub(crate) fn measure(time: Duration) -> Result<Self> {
        let (mut signatures, mut verifications) = (Vec::new(), Vec::new());
        for algorithm in [Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa, Algorithm::Ps256] {
            let (_, pair) = SigningPair::generate(algorithm)?;
            let message = unsigned(&pair)?;
            signatures.push((algorithm, everywhere(time, || pair.sign(message.clone()).map(drop).map_err(Into::into))?));
            let token = pair.sign(message)?;
            let (signed, signature) = token.rsplit_once('.').context("no signature")?;
            let signature = URL_SAFE_NO_PAD.decode(signature)?;
            let key = VerifyingKey::from_jwk(pair.jwk(), algorithm).context("no public key")?;
            let verify = || key.accepts(signed.as_bytes(), &signature).then_some(()).context("a signature of ours is not accepted");
            verifications.push((algorithm, everywhere(time, verify)?));
        }
        let params = Params::new(19_456, 2, 1, None).map_err(|error| anyhow!("{error}"))?;
        let argon = Argon2::new(Kind::Argon2id, Version::V0x13, params);
        let once = || argon.hash_password_into(b"quatre saisons sous la pluie", b"0123456789abcdef", &mut [0; 32]).map_err(|error| anyhow!("{error}"));
        Ok(Self { cores: cores(), signatures, verifications, passwords: everywhere(time, once)? })
    }

    /// Microseconds for one signature.
    pub(crate) fn signature(&self, algorithm: Algorithm) -> f64 {
        self.signatures.iter().find(|(known, _)| *known == algorithm).map_or(0.0, |(_, limit)| limit.cpu)
    }

    /// Microseconds for one verification.
    pub(crate) fn verification(&self, algorithm: Algorithm) -> f64 {
        self.verifications.iter().find(|(known, _)| *known == algorithm).map_or(0.0, |(_, limit)| limit.cpu)
    }
}

/// Do it on every processor at once.
fn everywhere(time: Duration, once: impl Fn() -> Result<()> + Sync) -> Result<Limit> {
    let work = || -> Result<(usize, Duration)> {
        let (end, before) = (Instant::now() + time, proc::own_cpu()?);
        let mut count = 0;
        while Instant::now() < end {
            once()?;
            count += 1;
        }
        Ok((count, proc::own_cpu()?.saturating_sub(before)))
    };
    let began = Instant::now();
    let (count, spent) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores()).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_fold((0, Duration::ZERO), |(count, spent), thread| {
            let (more, longer) = thread.join().map_err(|_| anyhow!("a thread panicked"))??;
            Ok::<_, anyhow::Error>((count + more, spent + longer))
        })
    })?;
    Ok(Limit { rate: rate(count, began.elapsed()), cpu: share(spent, count) })
}
