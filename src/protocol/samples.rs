//! A client, an API and a session for this room's tests.

use serde_json::json;
use uuid::Uuid;

use super::{authorize::ReturnAddress, params::Params};
use crate::{
    model::{Api, AuthorizationRequest, Client, Session},
    values::{AccountId, Issuer, IssuerForm, RedirectUri, ResponseMode, TenantId},
};

pub(super) const CALLBACK: &str = "https://espace-client.test/retour?via=parvis";
pub(super) const SIGNED_OUT: &str = "https://espace-client.test/au-revoir";
pub(super) const CAMILLE: AccountId = AccountId(Uuid::from_u128(0xca_311e));
pub(super) const NADIA: AccountId = AccountId(Uuid::from_u128(0xad_1a00));

pub(super) fn issuer() -> Issuer {
    Issuer { tenant: TenantId(Uuid::from_u128(0xa_be91)), form: IssuerForm::Root }
}

/// A confidential client on a server.
pub(super) fn client() -> Client {
    serde_json::from_value(json!({
        "tenant": issuer().tenant, "id": "espace-client", "names": {"fr": "Espace client", "en": "Client area"}, "kind": "web",
        "redirect_uris": [CALLBACK], "post_logout_redirect_uris": [SIGNED_OUT, "https://espace-client.test/fin?de=seance"],
        "grant_types": ["authorization_code", "refresh_token"], "auth_method": "client_secret_basic", "pkce": "required", "id_token_algorithm": "RS256",
        "scopes": ["openid", "profile", "email", "offline_access", "factures.lire", "factures.payer", "agenda.lire"],
        "state": "active", "created_at": 1, "updated_at": 1,
    }))
    .unwrap()
}

pub(super) fn native(redirect_uris: &[&str]) -> Client {
    let redirect_uris = redirect_uris.iter().map(|uri| RedirectUri::register(uri).unwrap()).collect();
    Client { kind: crate::model::ClientKind::Native, auth_method: crate::values::ClientAuthMethod::None, redirect_uris, ..client() }
}

pub(super) fn api(identifier: &str, scopes: &[&str]) -> Api {
    let scopes: Vec<_> = scopes.iter().map(|name| json!({"name": name, "title": {"fr": name, "en": name}})).collect();
    serde_json::from_value(json!({
        "tenant": issuer().tenant, "identifier": identifier, "names": {"fr": "", "en": ""}, "scopes": scopes, "algorithm": "RS256", "created_at": 1,
    }))
    .unwrap()
}

pub(super) fn session(sid: &str, subject: AccountId) -> Session {
    serde_json::from_value(json!({
        "digest": crate::values::Digest([7; 32]), "sid": sid, "subject": {"home": issuer().tenant, "id": subject}, "browser": "b", "proofs": [],
        "created_at": 1, "seen_at": 1, "idle_until": 1000, "until": 1000,
    }))
    .unwrap()
}

/// The return address of a request that was found good.
pub(super) fn address(client: &Client, redirect_uri: &str, response_mode: ResponseMode, state: Option<&str>) -> ReturnAddress {
    let request: AuthorizationRequest = serde_json::from_value(json!({
        "issuer": issuer(), "client": client.id, "redirect_uri": redirect_uri, "response_mode": response_mode, "state": state, "scopes": ["openid"],
    }))
    .unwrap();
    ReturnAddress::again(&request, client).unwrap()
}

/// Parameters from pairs.
pub(super) fn params(pairs: &[(&str, &str)]) -> Params {
    Params::parse(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// A row of a table of bad input: the parameter; what comes of it missing, empty, doubled, oversized; wrong values, and what comes of each.
pub(super) type Row = (&'static str, [&'static str; 4], &'static [(&'static str, &'static str)]);

/// What a table of bad input does to one parameter of a good request.
#[derive(Clone, Copy)]
pub(super) enum Change<'a> {
    Missing,
    Empty,
    Doubled,
    Oversized,
    Is(&'a str),
}

impl Change<'_> {
    /// A good request with this change.
    pub(super) fn apply(self, name: &str, good: &[(&str, &str)]) -> Params {
        let old = good.iter().find(|(key, _)| *key == name).map_or("x", |(_, value)| *value);
        let values = match self {
            Self::Missing => vec![],
            Self::Empty => vec![String::new()],
            Self::Doubled => vec![old.to_owned(), old.to_owned()],
            Self::Oversized => vec!["a".repeat(70_000)],
            Self::Is(value) => vec![value.to_owned()],
        };
        let rest = good.iter().filter(|(key, _)| *key != name).map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Params::parse(rest.chain(values.into_iter().map(|value| (name.to_owned(), value))).collect())
    }
}
