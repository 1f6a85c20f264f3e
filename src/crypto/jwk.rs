//! Public keys as JSON, and how they are named.

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::values::{Algorithm, KeyId};

/// The members of a public key that its thumbprint is made of. [RFC 7638 §3.2]
pub(in crate::crypto) enum PublicParts<'a> {
    /// Modulus and exponent, without leading zeros.
    Rsa { n: &'a [u8], e: &'a [u8] },
    /// A point on P-256.
    Ec { x: &'a [u8], y: &'a [u8] },
    /// A point on Ed25519.
    Okp { x: &'a [u8] },
}

impl<'a> PublicParts<'a> {
    /// From `RSAPublicKey`. [RFC 8017 A.1.1]
    pub(in crate::crypto) fn of_rsa(der: &'a [u8]) -> Option<Self> {
        let (sequence, _) = tagged(0x30, der)?;
        let (n, rest) = tagged(0x02, sequence)?;
        let (e, _) = tagged(0x02, rest)?;
        Some(Self::Rsa { n: without_zeros(n), e: without_zeros(e) })
    }

    /// From an uncompressed point. [SEC 1 §2.3.3]
    pub(in crate::crypto) fn of_ec(point: &'a [u8]) -> Option<Self> {
        let (x, y) = point.strip_prefix(&[4])?.split_at_checked(32)?;
        (y.len() == 32).then_some(Self::Ec { x, y })
    }

    /// The key's name: its thumbprint. [RFC 7638 §3]
    pub(in crate::crypto) fn thumbprint(&self) -> KeyId {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let canonical = match self {
            Self::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(e), text(n)),
            Self::Ec { x, y } => format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, text(x), text(y)),
            Self::Okp { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text(x)),
        };
        KeyId(text(digest(&SHA256, canonical.as_bytes()).as_ref()))
    }

    /// As it stands in a JWK Set.
    pub(in crate::crypto) fn jwk(&self, algorithm: Algorithm, kid: &KeyId) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::Rsa { n, e } => json!({ "kty": "RSA", "use": "sig", "alg": algorithm.as_str(), "kid": kid.0, "n": text(n), "e": text(e) }),
            Self::Ec { x, y } => json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": algorithm.as_str(), "kid": kid.0, "x": text(x), "y": text(y) }),
            Self::Okp { x } => json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": algorithm.as_str(), "kid": kid.0, "x": text(x) }),
        }
    }
}

/// One DER value with this tag and what follows it.
fn tagged(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(*length), rest),
        0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    (*first == tag).then_some((content, rest))
}

fn without_zeros(number: &[u8]) -> &[u8] {
    number.iter().position(|byte| *byte != 0).and_then(|start| number.get(start..)).unwrap_or_default()
}

/// A public key that signatures of one algorithm are checked with, parsed once.
#[derive(Clone)]
pub struct VerifyingKey {
    algorithm: Algorithm,
    key: ParsedPublicKey,
}

impl std::fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifyingKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl VerifyingKey {
    /// From a JWK, for this algorithm; `None` when the key is of another kind, for another use or algorithm, private, weak or malformed. [RFC 7517 §4]
    #[must_use]
    pub fn from_jwk(jwk: &Value, algorithm: Algorithm) -> Option<Self> {
        let member = |name: &str| jwk.get(name).and_then(Value::as_str);
        let bytes = |name: &str| member(name).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let fits = jwk.get("use").is_none_or(|usage| usage == "sig") && jwk.get("alg").is_none_or(|named| named == algorithm.as_str());
        if !fits || jwk.get("d").is_some() {
            return None;
        }
        let key = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 if member("kty") == Some("RSA") => {
                let (n, e) = (bytes("n")?, bytes("e")?);
                let parts = RsaPublicKeyComponents { n: without_zeros(&n), e: without_zeros(&e) };
                let params = if algorithm == Algorithm::Ps256 { &RSA_PSS_2048_8192_SHA256 } else { &RSA_PKCS1_2048_8192_SHA256 };
                parts.to_parsed_public_key(params).ok()?
            }
            Algorithm::Es256 if member("kty") == Some("EC") && member("crv") == Some("P-256") => {
                let point = [vec![4], bytes("x")?, bytes("y")?].concat();
                (point.len() == 65).then(|| ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).ok()).flatten()?
            }
            Algorithm::EdDsa if member("kty") == Some("OKP") && member("crv") == Some("Ed25519") => ParsedPublicKey::new(&ED25519, bytes("x")?).ok()?,
            _ => return None,
        };
        Some(Self { algorithm, key })
    }

    /// What it checks.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Is this its owner's signature?
    #[must_use]
    pub fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify_sig(message, signature).is_ok()
    }
}

#[cfg(test)]
mod tests;
