//! `private_key_jwt`: an assertion signed with one of the client's registered keys. [OpenID Connect Core §9]

use serde_json::Value;

use super::{Assertion, Expected, assertion, refused};
use crate::{
    crypto::{Jws, VerifyingKey},
    model::Client,
    protocol::OAuthError,
    values::Algorithm,
};

/// How many keys of a client are tried at most.
const MOST_KEYS: usize = 20;

/// RS256, PS256, ES256 or EdDSA under a registered key that is for that algorithm: with a `kid`, the key of that name or without one; else each.
///
/// # Errors
/// `invalid_client`.
pub fn judge(text: &str, client: &Client, expected: &Expected<'_>) -> Result<Assertion, OAuthError> {
    let jws = Jws::read(text).map_err(refused)?;
    let keys = keys(client, jws.kid());
    if keys.is_empty() {
        return Err(refused("no registered key has this kid"));
    }
    let claims = jws.signed_by(&keys).map_err(refused)?;
    assertion::judge(claims, &client.id, expected)
}

fn keys(client: &Client, kid: Option<&str>) -> Vec<VerifyingKey> {
    let registered = client.jwks.as_ref().and_then(|set| set.get("keys")).and_then(Value::as_array);
    let named = |jwk: &&Value| kid.is_none() || jwk.get("kid").is_none_or(|own| own.as_str() == kid);
    let keys = registered.into_iter().flatten().filter(named).take(MOST_KEYS);
    keys.flat_map(|jwk| Algorithm::ALL.iter().filter_map(|algorithm| VerifyingKey::from_jwk(jwk, *algorithm))).collect()
}
