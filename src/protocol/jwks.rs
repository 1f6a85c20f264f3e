//! The public keys of an issuer, for whoever verifies its tokens. [RFC 7517 §5, OpenID Connect Core §10.1]

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{model::SigningKey, values::Timestamp};

/// A JWK Set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwks {
    keys: Vec<Map<String, Value>>,
}

/// The members that a published key may have besides its name and use; whatever else a record holds stays inside.
const PUBLIC_MEMBERS: [&str; 6] = ["kty", "n", "e", "crv", "x", "y"];

/// The keys that are published at this time.
#[must_use]
pub fn document<'a>(keys: impl IntoIterator<Item = &'a SigningKey>, now: Timestamp) -> Jwks {
    Jwks { keys: keys.into_iter().filter(|key| key.is_published_at(now)).filter_map(jwk).collect() }
}

fn jwk(key: &SigningKey) -> Option<Map<String, Value>> {
    let public = key.public.as_object()?;
    let mut jwk: Map<_, _> = PUBLIC_MEMBERS.into_iter().filter_map(|name| Some((name.to_owned(), public.get(name)?.clone()))).collect();
    for (name, value) in [("kid", key.kid.as_ref()), ("use", "sig"), ("alg", key.algorithm.as_str())] {
        jwk.insert(name.to_owned(), value.into());
    }
    Some(jwk)
}

#[cfg(test)]
mod tests;
