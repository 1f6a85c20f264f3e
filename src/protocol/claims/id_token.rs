//! What an ID token says. [OpenID Connect Core §2]

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::userinfo;
use crate::{
    model::{Account, Client, Grant},
    values::{Algorithm, IssuerForm, Scopes, Timestamp},
};

/// When a token is made, and until when it counts.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// `iat`.
    pub from: Timestamp,
    /// `exp`.
    pub until: Timestamp,
}

/// The claims of an ID token. At the root issuer: who, for whom, when and how, and nothing of the profile, which is for the userinfo endpoint
/// [OpenID Connect Core §5.4]; at a tenant's issuer also what Azure's clients read. Claims asked for by name are added in both.
#[must_use]
pub fn claims(iss: &str, grant: &Grant, client: &Client, account: &Account, scopes: &Scopes, life: Life) -> Map<String, Value> {
    let by = &grant.authentication;
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(iss));
    say("sub", json!(account.id.to_string()));
    say("aud", json!(client.id));
    say("azp", json!(client.id));
    say("exp", json!(life.until));
    say("iat", json!(life.from));
    say("auth_time", json!(by.at));
    say("sid", json!(by.session));
    if !by.acr.is_empty() {
        say("acr", json!(by.acr));
    }
    if !by.amr.is_empty() {
        say("amr", json!(by.amr));
    }
    if let Some(nonce) = &grant.nonce {
        say("nonce", json!(nonce));
    }
    if grant.issuer.form == IssuerForm::Tenant {
        say("ver", json!("2.0"));
        say("tid", json!(grant.issuer.tenant));
        say("oid", json!(account.id));
        let named = [("preferred_username", "profile"), ("name", "profile"), ("email", "email")];
        for (name, scope) in named {
            if let Some(value) = userinfo::claim(account, name).filter(|_| scopes.has(scope)) {
                say(name, value);
            }
        }
    }
    userinfo::add_asked(&mut claims, account, &client.scopes, &grant.claims.id_token);
    claims
}

/// `at_hash`: the left half of the access token's hash, by which a client sees that both belong together. [OpenID Connect Core §3.1.3.6]
#[must_use]
pub fn at_hash(algorithm: Algorithm, access_token: &str) -> String {
    let hash = if algorithm == Algorithm::EdDsa { digest(&SHA512, access_token.as_bytes()) } else { digest(&SHA256, access_token.as_bytes()) };
    let half = hash.as_ref().get(..hash.as_ref().len() / 2).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(half)
}
