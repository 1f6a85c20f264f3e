//! What is written and shown about a client.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    model::{Client, ClientKind, ClientState, ConsentMode, Localised, PkceRule},
    service::admin::Shown,
    values::{Algorithm, Attribute, ClientAuthMethod, ClientId, GrantType, OwnClaim, Scopes, TenantId, Timestamp},
};

/// Who publishes it, as it is written. Whether that is verified is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublisherWritten {
    /// Name.
    pub name: String,
    /// Domain.
    pub domain: String,
}

/// What may be written about a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientWritten {
    /// Its name on pages.
    pub names: Localised,
    /// Where it runs.
    pub kind: ClientKind,
    /// Where browsers may be sent back to.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where browsers may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// What it may do at the token endpoint; by its kind where absent.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub grant_types: BTreeSet<GrantType>,
    /// How it proves itself.
    #[schema(value_type = String)]
    pub auth_method: ClientAuthMethod,
    /// Its public keys, a JWK Set, for `private_key_jwt`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<serde_json::Value>,
    /// Must it use PKCE?
    #[serde(default)]
    pub pkce: PkceRule,
    /// What its ID tokens are signed with.
    #[serde(default = "usual")]
    #[schema(value_type = String)]
    pub id_token_algorithm: Algorithm,
    /// What its ID tokens say besides the standard claims.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub id_token_claims: BTreeSet<OwnClaim>,
    /// Of what the organisation asks new people, what those are asked who make their account on the way here (`country`, `birth_date`, `marketing`); without a
    /// list all of it.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub sign_up_attributes: Option<BTreeSet<Attribute>>,
    /// What it may ask for, apart by spaces in nothing but a list.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub scopes: Scopes,
    /// Are people asked?
    #[serde(default)]
    pub consent: ConsentMode,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: PublisherWritten,
    /// Its logo: a PNG in base64, at most 24 kB.
    #[serde(default)]
    pub logo: Option<String>,
    /// Its terms of use.
    #[serde(default)]
    pub terms_url: Option<String>,
    /// Its privacy statement.
    #[serde(default)]
    pub privacy_url: Option<String>,
    /// Where it lives.
    #[serde(default)]
    pub home_url: Option<String>,
    /// Where it begins a sign-in that somebody else asks for: after an invitation, people are sent there.
    #[serde(default)]
    pub initiate_login_uri: Option<String>,
    /// Where logout tokens are sent.
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
}

fn usual() -> Algorithm {
    Algorithm::Rs256
}

/// A new client.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// `client_id`, where it is decided already; made up where absent.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The rest.
    pub client: ClientWritten,
}

/// A secret as it is shown later: never itself.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SecretShown {
    /// Its first characters.
    pub hint: String,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Until when.
    #[schema(value_type = Option<u64>)]
    pub expires_at: Option<Timestamp>,
}

/// A client as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ClientShown {
    /// `client_id`.
    #[schema(value_type = String)]
    pub client_id: ClientId,
    /// Where it is registered.
    #[schema(value_type = uuid::Uuid)]
    pub tenant: TenantId,
    /// Is it on?
    pub state: ClientState,
    /// Does an operator vouch for its publisher?
    pub publisher_verified: bool,
    /// Its secrets.
    pub secrets: Vec<SecretShown>,
    /// What may be written.
    #[serde(flatten)]
    pub written: ClientWritten,
    /// Since when, in seconds since 1970.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

pub(super) fn written_of(client: &Client) -> ClientWritten {
    ClientWritten {
        names: client.names.clone(),
        kind: client.kind,
        redirect_uris: client.redirect_uris.iter().map(ToString::to_string).collect(),
        post_logout_redirect_uris: client.post_logout_redirect_uris.iter().map(ToString::to_string).collect(),
        grant_types: client.grant_types.clone(),
        auth_method: client.auth_method,
        jwks: client.jwks.clone(),
        pkce: client.pkce,
        id_token_algorithm: client.id_token_algorithm,
        id_token_claims: client.id_token_claims.clone(),
        sign_up_attributes: client.sign_up_attributes.clone(),
        scopes: client.scopes.clone(),
        consent: client.consent,
        publisher: PublisherWritten { name: client.publisher.name.clone(), domain: client.publisher.domain.clone() },
        logo: client.logo.clone(),
        terms_url: client.terms_url.clone(),
        privacy_url: client.privacy_url.clone(),
        home_url: client.home_url.clone(),
        initiate_login_uri: client.initiate_login_uri.clone(),
        backchannel_logout_uri: client.backchannel_logout_uri.clone(),
    }
}

pub(super) fn shown_at(rev: u64, client: &Client) -> Shown<ClientShown> {
    let secrets = client.secrets.iter().map(|secret| SecretShown { hint: secret.hint.clone(), created_at: secret.created_at, expires_at: secret.expires_at });
    let it = ClientShown {
        client_id: client.id.clone(),
        tenant: client.tenant,
        state: client.state,
        publisher_verified: client.publisher.verified_at.is_some(),
        secrets: secrets.collect(),
        written: written_of(client),
        created_at: client.created_at,
        updated_at: client.updated_at,
    };
    Shown { rev, it }
}
