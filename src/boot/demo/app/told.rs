//! Logout tokens, verified. The `openidconnect` crate knows nothing of them, so this is done by hand, with a library that is not the server's own.
//! [OpenID Connect Back-Channel Logout §2.6]

use std::collections::HashMap;

use anyhow::{Context as _, Result, anyhow, bail};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::Deserialize;

use super::flow::Relying;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const ALGORITHMS: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    sid: Option<String>,
    events: HashMap<String, serde_json::Value>,
    #[serde(default)]
    nonce: Option<String>,
}

impl Relying {
    /// Which session ended.
    pub(super) async fn told(&self, token: &str) -> Result<String> {
        let header = decode_header(token).context("not a token")?;
        if header.typ.as_deref() != Some("logout+jwt") || !ALGORITHMS.contains(&header.alg) {
            bail!("not a logout token");
        }
        let kid = header.kid.ok_or_else(|| anyhow!("the token names no key"))?;
        let keys: JwkSet = serde_json::from_value(serde_json::to_value(self.discover().await?.jwks())?)?;
        let key = keys.find(&kid).ok_or_else(|| anyhow!("the provider has no such key"))?;
        let mut wanted = Validation::new(header.alg);
        wanted.set_audience(&[self.id()]);
        wanted.set_issuer(&[self.issuer()]);
        wanted.set_required_spec_claims(&["exp", "aud", "iss"]);
        let claims = decode::<Claims>(token, &DecodingKey::from_jwk(key)?, &wanted).context("the token is not to be believed")?.claims;
        if claims.nonce.is_some() || !claims.events.contains_key(EVENT) {
            bail!("not a logout token");
        }
        claims.sid.ok_or_else(|| anyhow!("the token names no session"))
    }
}
