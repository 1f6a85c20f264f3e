//! Names of things, one type each.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_ids { ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct $name(pub Uuid);
    impl fmt::Display for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
    }
    impl std::str::FromStr for $name {
        type Err = uuid::Error;
        fn from_str(text: &str) -> Result<Self, uuid::Error> { Uuid::try_parse(text).map(Self) }
    }
)*}}

macro_rules! text_ids { ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
    $(#[$doc])*
    #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct $name(pub String);
    impl fmt::Display for $name {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
    }
    impl AsRef<str> for $name { fn as_ref(&self) -> &str { &self.0 } }
    impl From<&str> for $name { fn from(text: &str) -> Self { Self(text.to_owned()) } }
    impl From<String> for $name { fn from(text: String) -> Self { Self(text) } }
)*}}

uuid_ids! {
    /// One organisation. Clients see it as `tid`.
    TenantId,
    /// One person in one home tenant, for ever. Clients see it as `sub` and `oid`.
    AccountId,
    /// A company within the organisation it deals with. Clients see it as `company_id`.
    CompanyId,
    /// What a person or a client was granted: the family of tokens that came from one authorization.
    GrantId,
    /// What a person quotes to the operator when something failed here.
    IncidentId,
}

text_ids! {
    /// A client's public name, `client_id`. [RFC 6749 §2.2]
    ClientId,
    /// A walk through the pages. Public: the record names the browser that may use it.
    JourneyId,
    /// The keyed digest of a browser's `__Host-device` cookie, never the cookie itself.
    BrowserId,
    /// A signed-in session as clients see it, `sid`. Not the cookie's value. [OpenID Connect Back-Channel Logout §2.1]
    SessionId,
    /// A signing key's public name, `kid`. [RFC 7517 §4.5]
    KeyId,
    /// The identifier of an API, a URI: what `aud` says in its access tokens. [RFC 8707 §2]
    ApiIdentifier,
}

/// Which of a tenant's two issuers is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerForm {
    /// The public URL itself; only the default tenant answers there.
    Root,
    /// `{public URL}/{tenant id}/v2.0`, for every tenant.
    Tenant,
}

/// Who signs: a tenant at one of its addresses. Codes, refresh tokens and keys belong to one issuer and are nothing at another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issuer {
    /// The organisation.
    pub tenant: TenantId,
    /// At which of its addresses.
    pub form: IssuerForm,
}

impl Issuer {
    /// The issuer identifier, as `iss` and discovery say it. `public_url` has no trailing slash. [RFC 8414 §2]
    #[must_use]
    pub fn identifier(&self, public_url: &str) -> String {
        match self.form {
            IssuerForm::Root => public_url.to_owned(),
            IssuerForm::Tenant => format!("{public_url}/{}/v2.0", self.tenant),
        }
    }

    /// A short unambiguous text for keys in the store.
    #[must_use]
    pub fn key(&self) -> String {
        match self.form {
            IssuerForm::Root => format!("{}:root", self.tenant),
            IssuerForm::Tenant => format!("{}:tenant", self.tenant),
        }
    }
}
