//! What applications call.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Localised, Record, Table};
use crate::values::{Algorithm, ApiIdentifier, Scope, TenantId, Timestamp};

/// What an API's access tokens look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// A signed JWT that the API verifies by itself. [RFC 9068]
    #[default]
    Jwt,
    /// A random string that the API asks about. [RFC 7662]
    Opaque,
}

/// One permission of an API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiScope {
    /// As it stands in the `scope` parameter; unique in the tenant.
    pub name: Scope,
    /// What a person reads: «Lire vos factures».
    pub title: Localised,
    /// What it means in detail.
    #[serde(default)]
    pub text: Localised,
}

/// An API that accepts our access tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Api {
    /// Where it is registered.
    pub tenant: TenantId,
    /// What `aud` says.
    pub identifier: ApiIdentifier,
    /// Its name on pages.
    pub names: Localised,
    /// Its permissions.
    pub scopes: Vec<ApiScope>,
    /// What its tokens look like.
    #[serde(default)]
    pub token_format: TokenFormat,
    /// What its JWTs are signed with.
    pub algorithm: Algorithm,
    /// Life of its tokens in seconds; the tenant's setting where absent.
    #[serde(default)]
    pub lifetime: Option<u64>,
    /// Since when.
    pub created_at: Timestamp,
}

impl Api {
    /// The key of an API.
    #[must_use]
    pub fn key_of(tenant: TenantId, identifier: &ApiIdentifier) -> Key {
        Key::of([&tenant.to_string(), identifier.as_ref()])
    }
}

impl Record for Api {
    const TABLE: Table = Table::Api;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.identifier)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        let tenant = self.tenant.to_string();
        self.scopes.iter().map(|scope| (Index::ApiByScope, Key::of([&tenant, scope.name.as_str()]))).collect()
    }
}
