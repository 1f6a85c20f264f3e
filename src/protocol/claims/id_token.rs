//! What an ID token says. [OpenID Connect Core §2]

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::userinfo;
use crate::{
    model::{Account, Client, Grant},
    values::{Algorithm, IssuerForm, Scopes, Timestamp},
};

/// What an ID token is made of.
#[derive(Clone, Copy, Debug)]
pub struct IdToken<'a> {
    /// The issuer's identifier.
    pub iss: &'a str,
    /// What it comes from.
    pub grant: &'a Grant,
    /// For whom.
    pub client: &'a Client,
    /// About whom.
    pub account: &'a Account,
    /// What for, this time.
    pub scopes: &'a Scopes,
    /// The request's; none in tokens that come by refresh. [OpenID Connect Core §12.2]
    pub nonce: Option<&'a str>,
    /// `iat`.
    pub from: Timestamp,
    /// `exp`.
    pub until: Timestamp,
}

/// The claims of an ID token. At the root issuer: who, for whom, when and how, and nothing of the profile, which is for the userinfo endpoint
/// [OpenID Connect Core §5.4]; at a tenant's issuer also what Azure's clients read. Claims asked for by name are added in both.
#[must_use]
pub fn claims(token: &IdToken<'_>) -> Map<String, Value> {
    let IdToken { grant, client, account, .. } = token;
    let by = &grant.authentication;
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(token.iss));
    say("sub", json!(account.id));
    say("aud", json!(client.id));
    say("azp", json!(client.id));
    say("exp", json!(token.until));
    say("iat", json!(token.from));
    say("auth_time", json!(by.at));
    say("sid", json!(by.session));
    if !by.acr.is_empty() {
        say("acr", json!(by.acr));
    }
    if !by.amr.is_empty() {
        say("amr", json!(by.amr));
    }
    if let Some(nonce) = token.nonce {
        say("nonce", json!(nonce));
    }
    if grant.issuer.form == IssuerForm::Tenant {
        say("ver", json!("2.0"));
        say("tid", json!(grant.issuer.tenant));
        say("oid", json!(account.id));
        for (name, scope) in [("preferred_username", "profile"), ("name", "profile"), ("email", "email")] {
            if let Some(value) = userinfo::claim(account, name).filter(|_| token.scopes.has(scope)) {
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
