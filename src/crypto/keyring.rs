//! Signing keys, parsed once and kept.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;

use super::jws::{Jws, JwsRefused, SigningPair, TokenKind};
use crate::{
    model::SigningKey,
    values::{Algorithm, Issuer, Timestamp},
};

/// One key of an issuer: the record that says when it counts, and the pair that does the work.
#[derive(Debug)]
pub struct KeptKey {
    record: SigningKey,
    pair: Arc<SigningPair>,
    published: String,
}

impl KeptKey {
    /// Keep a key whose private part was opened.
    #[must_use]
    pub fn new(record: SigningKey, pair: SigningPair) -> Self {
        let published = pair.jwk().to_string();
        Self { record, pair: Arc::new(pair), published }
    }
}

/// All keys of one issuer.
#[derive(Debug, Default)]
pub struct IssuerKeys(Vec<KeptKey>);

impl IssuerKeys {
    /// Keep these. The newest first, because most tokens were signed by it.
    #[must_use]
    pub fn new(mut keys: Vec<KeptKey>) -> Self {
        keys.sort_by(|a, b| (b.record.active_from, &b.record.kid).cmp(&(a.record.active_from, &a.record.kid)));
        Self(keys)
    }

    /// None at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one key that signs with this algorithm now: the newest of those that may.
    #[must_use]
    pub fn signer(&self, algorithm: Algorithm, now: Timestamp) -> Option<Arc<SigningPair>> {
        self.0.iter().find(|key| key.record.algorithm == algorithm && key.record.is_active_at(now)).map(|key| Arc::clone(&key.pair))
    }

    /// The algorithms that something can be signed with now.
    pub fn algorithms(&self, now: Timestamp) -> impl Iterator<Item = Algorithm> {
        Algorithm::ALL.iter().copied().filter(move |algorithm| self.signer(*algorithm, now).is_some())
    }

    /// The JWK Set that is published now: each key before, while and after it signs. [RFC 7517 §5]
    #[must_use]
    pub fn jwks(&self, now: Timestamp) -> String {
        let keys: Vec<&str> = self.0.iter().filter(|key| key.record.is_published_at(now)).map(|key| key.published.as_str()).collect();
        format!(r#"{{"keys":[{}]}}"#, keys.join(","))
    }

    /// The claims of a token that this issuer signed and whose key is still published. Its end is for the caller to look at.
    ///
    /// A token of ours begins with a header that we wrote, so the header is compared and never read: another algorithm, key or kind is another text.
    ///
    /// # Errors
    /// It is not a token of this kind from this issuer.
    pub fn read<T: DeserializeOwned>(&self, kind: TokenKind, token: &str, now: Timestamp) -> Result<T, JwsRefused> {
        if token.len() > Jws::LONGEST {
            return Err(JwsRefused::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsRefused::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(JwsRefused::Malformed)?;
        let key = self.0.iter().find(|key| key.pair.wrote(kind, header)).ok_or(JwsRefused::UnknownKey)?;
        if !key.record.is_published_at(now) {
            return Err(JwsRefused::UnknownKey);
        }
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsRefused::Malformed);
        if !key.pair.public().accepts(signed.as_bytes(), &decode(signature)?) {
            return Err(JwsRefused::Signature);
        }
        serde_json::from_slice(&decode(claims)?).map_err(|_| JwsRefused::Malformed)
    }
}

/// The keys of every issuer that was asked for. Reading is a lookup in memory; `service/keys.rs` fills it from the store.
#[derive(Debug, Default)]
pub struct Keyring(RwLock<HashMap<Issuer, Arc<IssuerKeys>>>);

impl Keyring {
    /// What is kept of an issuer; `None` when nobody asked before.
    #[must_use]
    pub fn of(&self, issuer: Issuer) -> Option<Arc<IssuerKeys>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&issuer).cloned()
    }

    /// Keep an issuer's keys in place of what was kept.
    pub fn keep(&self, issuer: Issuer, keys: IssuerKeys) -> Arc<IssuerKeys> {
        let keys = Arc::new(keys);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(issuer, Arc::clone(&keys));
        keys
    }

    /// Ask the store next time.
    pub fn forget(&self, issuer: Issuer) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&issuer);
    }
}
