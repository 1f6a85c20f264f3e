//! Applications.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, Key, Localised, Record, Table};
use crate::values::{Algorithm, Attribute, ClientAuthMethod, ClientId, Digest, GrantType, OwnClaim, RedirectUri, Scopes, TenantId, Timestamp};

/// Where an application runs, which decides what it can keep secret. [RFC 6749 §2.1]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// On a server.
    Web,
    /// In a browser.
    Browser,
    /// On a person's machine. [RFC 8252]
    Native,
    /// On a server, without people.
    Service,
}

/// Is it on?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientState {
    /// Yes.
    Active,
    /// No: nobody gets in through it and its tokens are dead.
    Disabled,
    /// Put away: off and hidden.
    Archived,
}

/// Must it use PKCE?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PkceRule {
    /// Yes. Always so for public clients.
    #[default]
    Required,
    /// A confidential client may do without.
    Waived,
}

/// Are people asked?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentMode {
    /// Yes, once for each scope.
    #[default]
    Ask,
    /// No: it belongs to the organisation itself. `prompt=consent` still asks.
    Implied,
}

/// Who publishes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publisher {
    /// Name.
    pub name: String,
    /// Domain.
    pub domain: String,
    /// Since when an operator vouches for both.
    pub verified_at: Option<Timestamp>,
}

/// One secret of a confidential client. Two may live side by side while the client changes over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSecret {
    /// Keyed hash, what is compared.
    pub digest: Digest,
    /// The secret itself, sealed: only for `client_secret_jwt`, where it is the key of a MAC.
    #[serde(default)]
    pub sealed: Option<String>,
    /// Its first characters, so that people can tell secrets apart.
    pub hint: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when; `None` for ever.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// An application registered in a tenant. [RFC 7591 §2 for most fields]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Where it is registered.
    pub tenant: TenantId,
    /// `client_id`.
    pub id: ClientId,
    /// Its name on pages.
    pub names: Localised,
    /// Where it runs.
    pub kind: ClientKind,
    /// Where browsers may be sent back to.
    #[serde(default)]
    pub redirect_uris: Vec<RedirectUri>,
    /// Where browsers may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// What it may do at the token endpoint.
    pub grant_types: BTreeSet<GrantType>,
    /// How it proves itself.
    pub auth_method: ClientAuthMethod,
    /// Its secrets.
    #[serde(default)]
    pub secrets: Vec<ClientSecret>,
    /// Its public keys, a JWK Set, for `private_key_jwt`.
    #[serde(default)]
    pub jwks: Option<serde_json::Value>,
    /// Must it use PKCE?
    #[serde(default)]
    pub pkce: PkceRule,
    /// What its ID tokens and logout tokens are signed with.
    pub id_token_algorithm: Algorithm,
    /// What its ID tokens say besides the standard claims.
    #[serde(default)]
    pub id_token_claims: BTreeSet<OwnClaim>,
    /// Of what the organisation asks new people, what those are asked who make their account on the way here; without a list all of it.
    #[serde(default)]
    pub sign_up_attributes: Option<BTreeSet<Attribute>>,
    /// What it may ask for: standard scopes and scopes of APIs.
    pub scopes: Scopes,
    /// Are people asked?
    #[serde(default)]
    pub consent: ConsentMode,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: Publisher,
    /// Its logo, as `Brand` keeps one.
    #[serde(default)]
    pub logo: Option<String>,
    /// Its terms of use.
    #[serde(default)]
    pub terms_url: Option<String>,
    /// Its privacy statement.
    #[serde(default)]
    pub privacy_url: Option<String>,
    /// Where it lives, to start again from.
    #[serde(default)]
    pub home_url: Option<String>,
    /// Where it begins a sign-in that somebody else asks for: it is given `iss` and comes to the authorization endpoint by itself.
    /// [OpenID Connect Core §4]
    #[serde(default)]
    pub initiate_login_uri: Option<String>,
    /// Where logout tokens are sent. [OpenID Connect Back-Channel Logout §2.2]
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
    /// Is it on?
    pub state: ClientState,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

impl Client {
    /// The key of a client: without its tenant nobody finds it.
    #[must_use]
    pub fn key_of(tenant: TenantId, id: &ClientId) -> Key {
        Key::of([&tenant.to_string(), id.as_ref()])
    }

    /// Can it keep a secret? [RFC 6749 §2.1]
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.auth_method != ClientAuthMethod::None
    }

    /// Is it on?
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state == ClientState::Active
    }

    /// Must this client use PKCE? A public one always.
    #[must_use]
    pub fn must_use_pkce(&self) -> bool {
        !self.is_confidential() || self.pkce == PkceRule::Required
    }

    /// The secrets that count at this time.
    pub fn live_secrets(&self, now: Timestamp) -> impl Iterator<Item = &ClientSecret> {
        self.secrets.iter().filter(move |secret| secret.expires_at.is_none_or(|end| now < end))
    }

    /// The origins of its browser redirects, for CORS: only of a client that runs in a browser.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<String> {
        if self.kind == ClientKind::Browser { self.redirect_uris.iter().filter_map(RedirectUri::origin).collect() } else { BTreeSet::new() }
    }
}

impl Record for Client {
    const TABLE: Table = Table::Client;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.id)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        if !self.is_active() {
            return Vec::new();
        }
        let tenant = self.tenant.to_string();
        self.origins().iter().map(|origin| (Index::ClientByOrigin, Key::of([&tenant, origin]))).collect()
    }
}
