//! Signed tokens in compact form. [RFC 7515]

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der},
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::jwk::{PublicParts, VerifyingKey};
use crate::values::{Algorithm, Fault, KeyId, Secret};

/// What a token is, said in its header so that one kind is never taken for another. [RFC 8725 §3.11]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An ID token.
    Id,
    /// An access token. [RFC 9068 §2.1]
    Access,
    /// A logout token. [OpenID Connect Back-Channel Logout §2.4]
    Logout,
}

impl TokenKind {
    const ALL: [Self; 3] = [Self::Id, Self::Access, Self::Logout];

    /// `typ`.
    #[must_use]
    pub fn typ(self) -> &'static str {
        match self {
            Self::Id => "JWT",
            Self::Access => "at+jwt",
            Self::Logout => "logout+jwt",
        }
    }
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsRefused {
    /// More than [`Jws::LONGEST`] bytes.
    #[error("the token is too long")]
    TooLong,
    /// Not three parts, not base64url, not JSON, or a claim of the wrong type.
    #[error("the token is malformed")]
    Malformed,
    /// `crit` or `zip` in the header: we understand no extension and no compression.
    #[error("the token's header asks for something that is not done here")]
    Extension,
    /// Signed with something else than what is expected.
    #[error("the token is not signed with an expected algorithm")]
    Algorithm,
    /// No key of the signer fits.
    #[error("no key fits the token")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the token's signature is wrong")]
    Signature,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

/// A private key parsed once, with everything about it that a token needs: its name, its JWK, and the header of each kind of token, ready encoded.
pub struct SigningPair {
    algorithm: Algorithm,
    kid: KeyId,
    pair: Pair,
    jwk: Value,
    public: VerifyingKey,
    headers: [String; 3],
}

impl std::fmt::Debug for SigningPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningPair").field("algorithm", &self.algorithm).field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// A private key as it is sealed and stored.
pub type Pkcs8 = Secret<Vec<u8>>;

impl SigningPair {
    /// Make a new key: RSA of 2048 bits, P-256 or Ed25519. An RSA key takes a tenth of a second: not on an async worker.
    ///
    /// # Errors
    /// The backend refuses, which it does only when it is broken.
    pub fn generate(algorithm: Algorithm) -> Result<(Pkcs8, Self), Fault> {
        let failed = |_| Fault::new("a signing key could not be made");
        let pkcs8 = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
                der.as_ref().to_vec()
            }
            Algorithm::Es256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).and_then(|pair| pair.to_pkcs8v1()).map_err(failed)?.as_ref().to_vec(),
            Algorithm::EdDsa => Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1()).map_err(failed)?.as_ref().to_vec(),
        };
        let pair = Self::parse(algorithm, &pkcs8)?;
        Ok((Secret::new(pkcs8), pair))
    }

    /// From PKCS #8.
    ///
    /// # Errors
    /// The bytes are not a key for this algorithm.
    pub fn parse(algorithm: Algorithm, pkcs8: &[u8]) -> Result<Self, Fault> {
        let rejected = |error| Fault::because("a signing key does not parse", error);
        let (pair, (kid, jwk)) = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(rejected)?;
                let public = described(PublicParts::of_rsa(pair.public_key().as_ref()), algorithm)?;
                (Pair::Rsa(pair), public)
            }
            Algorithm::Es256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(rejected)?;
                let public = described(PublicParts::of_ec(pair.public_key().as_ref()), algorithm)?;
                (Pair::Ec(pair), public)
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(rejected)?;
                let public = described(Some(PublicParts::Okp { x: pair.public_key().as_ref() }), algorithm)?;
                (Pair::Ed(pair), public)
            }
        };
        let public = VerifyingKey::from_jwk(&jwk, algorithm).ok_or_else(|| Fault::new("a public key does not parse"))?;
        let header = |kind: TokenKind| URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{algorithm}","kid":"{kid}","typ":"{}"}}"#, kind.typ()));
        let headers = TokenKind::ALL.map(header);
        Ok(Self { algorithm, kid, pair, jwk, public, headers })
    }

    /// Its public name.
    #[must_use]
    pub fn kid(&self) -> &KeyId {
        &self.kid
    }

    /// What it signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Its public half, a JWK. [RFC 7517]
    #[must_use]
    pub fn jwk(&self) -> &Value {
        &self.jwk
    }

    /// Does a signature take long enough to matter to others on the same thread? RSA does (300 µs), the curves do not (10 to 20 µs).
    #[must_use]
    pub fn is_slow(&self) -> bool {
        matches!(self.pair, Pair::Rsa(_))
    }

    fn header(&self, kind: TokenKind) -> &str {
        let [id, access, logout] = &self.headers;
        match kind {
            TokenKind::Id => id,
            TokenKind::Access => access,
            TokenKind::Logout => logout,
        }
    }

    /// Is this the header of a token that this key signed? Ours are always written the same, so it is: algorithm, key and kind at once.
    pub(in crate::crypto) fn wrote(&self, kind: TokenKind, header: &str) -> bool {
        self.header(kind) == header
    }

    pub(in crate::crypto) fn public(&self) -> &VerifyingKey {
        &self.public
    }

    /// Everything of a token but its signature.
    ///
    /// # Errors
    /// The claims do not encode.
    pub fn prepare(&self, kind: TokenKind, claims: &impl Serialize) -> Result<Unsigned, Fault> {
        let claims = serde_json::to_vec(claims).map_err(|error| Fault::because("claims do not encode", error))?;
        let header = self.header(kind);
        let mut text = String::with_capacity(header.len() + claims.len() * 4 / 3 + 360);
        text.push_str(header);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut text);
        Ok(Unsigned(text))
    }

    /// Sign it.
    ///
    /// # Errors
    /// The backend refuses, which it does only when it is broken.
    pub fn sign(&self, Unsigned(mut text): Unsigned) -> Result<String, Fault> {
        let failed = |_| Fault::new("a token could not be signed");
        let random = SystemRandom::new();
        let message = text.as_bytes();
        let mut rsa = Vec::new();
        let curve;
        let signature = match &self.pair {
            Pair::Rsa(pair) => {
                rsa.resize(pair.public_modulus_len(), 0);
                let padding = if self.algorithm == Algorithm::Ps256 { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                pair.sign(padding, &random, message, &mut rsa).map_err(failed)?;
                rsa.as_slice()
            }
            Pair::Ec(pair) => {
                curve = pair.sign(&random, message).map_err(failed)?;
                curve.as_ref()
            }
            Pair::Ed(pair) => {
                curve = pair.try_sign(message).map_err(failed)?;
                curve.as_ref()
            }
        };
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut text);
        Ok(text)
    }
}

fn described(parts: Option<PublicParts<'_>>, algorithm: Algorithm) -> Result<(KeyId, Value), Fault> {
    let parts = parts.ok_or_else(|| Fault::new("a public key does not parse"))?;
    let kid = parts.thumbprint();
    let jwk = parts.jwk(algorithm, &kid);
    Ok((kid, jwk))
}

/// Header and claims of a token, encoded and waiting for the signature.
#[derive(Clone, Debug)]
pub struct Unsigned(String);

/// The header as far as it means anything here: keys and addresses of keys that a sender puts in it (`jwk`, `jku`, `x5u`, `x5c`) are not even read. [RFC 8725 §3.10]
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
    #[serde(default)]
    zip: Option<Value>,
}

/// A token that somebody else made, taken apart and not believed yet.
pub struct Jws<'a> {
    header: Header,
    signed: &'a str,
    claims: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// No token that is longer gets looked at.
    pub const LONGEST: usize = 16_384;

    /// Take it apart.
    ///
    /// # Errors
    /// Too long, malformed, or with a header that asks for an extension.
    pub fn read(text: &'a str) -> Result<Self, JwsRefused> {
        if text.len() > Self::LONGEST {
            return Err(JwsRefused::TooLong);
        }
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsRefused::Malformed);
        let (signed, signature) = text.rsplit_once('.').ok_or(JwsRefused::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(JwsRefused::Malformed)?;
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| JwsRefused::Malformed)?;
        if header.crit.is_some() || header.zip.is_some() {
            return Err(JwsRefused::Extension);
        }
        Ok(Self { header, signed, claims: decode(claims)?, signature: decode(signature)? })
    }

    /// The key that its maker says signed it.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// What its maker says it is.
    #[must_use]
    pub fn typ(&self) -> Option<&str> {
        self.header.typ.as_deref()
    }

    /// The claims before anything is checked: only for finding out whose key must fit.
    ///
    /// # Errors
    /// They are not what is expected.
    pub fn unverified<T: DeserializeOwned>(&self) -> Result<T, JwsRefused> {
        serde_json::from_slice(&self.claims).map_err(|_| JwsRefused::Malformed)
    }

    /// The claims, if one of these keys made the signature with its own algorithm.
    ///
    /// # Errors
    /// No key is for the header's algorithm, or none fits the signature, or the claims are not what is expected.
    pub fn signed_by<T: DeserializeOwned>(&self, keys: &[VerifyingKey]) -> Result<T, JwsRefused> {
        let mut fitting = keys.iter().filter(|key| key.algorithm().as_str() == self.header.alg).peekable();
        if fitting.peek().is_none() {
            return Err(JwsRefused::Algorithm);
        }
        if !fitting.any(|key| key.accepts(self.signed.as_bytes(), &self.signature)) {
            return Err(JwsRefused::Signature);
        }
        self.unverified()
    }

    /// The claims, if one of these secrets made the MAC, HMAC with SHA-256. [RFC 7518 §3.2]
    ///
    /// # Errors
    /// Another algorithm, no secret fits, or the claims are not what is expected.
    pub fn sealed_by<T: DeserializeOwned>(&self, secrets: &[Secret<Vec<u8>>]) -> Result<T, JwsRefused> {
        if self.header.alg != "HS256" {
            return Err(JwsRefused::Algorithm);
        }
        let fits =
            |secret: &Secret<Vec<u8>>| hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.expose()), self.signed.as_bytes(), &self.signature).is_ok();
        if !secrets.iter().any(fits) {
            return Err(JwsRefused::Signature);
        }
        self.unverified()
    }
}
