//! What a client asked for at the authorization endpoint, after every check.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::values::{AccountId, ApiIdentifier, ClientId, Issuer, Locale, Prompt, RedirectUri, ResponseMode, Scopes};

/// How one claim was asked for. [OpenID Connect Core §5.5.1]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRequest {
    /// Is the client worse off without it?
    #[serde(default)]
    pub essential: bool,
    /// The one value that will do.
    #[serde(default)]
    pub value: Option<serde_json::Value>,
    /// The values that will do.
    #[serde(default)]
    pub values: Option<Vec<serde_json::Value>>,
}

/// The `claims` parameter. [OpenID Connect Core §5.5]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsRequest {
    /// Asked for at the userinfo endpoint.
    #[serde(default)]
    pub userinfo: BTreeMap<String, ClaimRequest>,
    /// Asked for in the ID token.
    #[serde(default)]
    pub id_token: BTreeMap<String, ClaimRequest>,
}

/// A request that passed every check of `protocol/authorize`; its redirect URI is registered. [RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Who was asked.
    pub issuer: Issuer,
    /// Who asks.
    pub client: ClientId,
    /// Where the answer goes, as the client wrote it (a native client's port may differ from the registered one).
    pub redirect_uri: RedirectUri,
    /// How it goes there.
    pub response_mode: ResponseMode,
    /// Given back untouched.
    #[serde(default)]
    pub state: Option<String>,
    /// What is asked for.
    pub scopes: Scopes,
    /// The one API whose scopes are among them.
    #[serde(default)]
    pub api: Option<ApiIdentifier>,
    /// Given back in the ID token.
    #[serde(default)]
    pub nonce: Option<String>,
    /// PKCE, always S256. [RFC 7636 §4.2]
    #[serde(default)]
    pub code_challenge: Option<String>,
    /// What the person is asked anew.
    #[serde(default)]
    pub prompt: BTreeSet<Prompt>,
    /// How old the person's last proof may be, in seconds.
    #[serde(default)]
    pub max_age: Option<u64>,
    /// Who is probably meant.
    #[serde(default)]
    pub login_hint: Option<String>,
    /// Who must be meant: the subject of a valid `id_token_hint`, or of a `sub` asked for by value.
    #[serde(default)]
    pub required_subject: Option<AccountId>,
    /// The page's language.
    #[serde(default)]
    pub ui_locale: Option<Locale>,
    /// Wished authentication contexts, best first.
    #[serde(default)]
    pub acr_values: Vec<String>,
    /// Single claims asked for.
    #[serde(default)]
    pub claims: ClaimsRequest,
}

impl AuthorizationRequest {
    /// Is this among the prompts?
    #[must_use]
    pub fn prompts(&self, prompt: Prompt) -> bool {
        self.prompt.contains(&prompt)
    }

    /// Is this an OpenID Connect request, one that gets an ID token?
    #[must_use]
    pub fn is_openid(&self) -> bool {
        self.scopes.has("openid")
    }
}
