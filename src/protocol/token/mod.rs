//! The token endpoint: what is asked, and what comes back. [RFC 6749 §3.2]

pub mod authorization_code;
pub mod client_credentials;
pub mod pkce;
pub mod refresh_token;

use serde::{Serialize, Serializer};

use super::{ErrorCode, OAuthError, params::Params};
use crate::{
    model::{Account, AccountState, Client, Tenant},
    values::{GrantType, Issuer, IssuerForm, Scopes, Secret},
};

/// What a client wants at the token endpoint. Each value is there once, not empty, and not longer than anything of ours could be.
#[derive(Clone, Debug)]
pub enum TokenRequest {
    /// To redeem a code. [RFC 6749 §4.1.3]
    AuthorizationCode {
        /// The code.
        code: Secret<String>,
        /// Where the code went, if the authorization request said so.
        redirect_uri: Option<String>,
        /// [RFC 7636 §4.5]
        code_verifier: Option<Secret<String>>,
    },
    /// To get new tokens for old ones. [RFC 6749 §6]
    RefreshToken {
        /// The token.
        refresh_token: Secret<String>,
        /// Less than was granted.
        scope: Option<Scopes>,
    },
    /// To get a token for the client itself. [RFC 6749 §4.4.2]
    ClientCredentials {
        /// What for.
        scope: Option<Scopes>,
    },
}

impl TokenRequest {
    /// Read the parameters.
    ///
    /// # Errors
    /// `invalid_request`, `unsupported_grant_type` or `invalid_scope`.
    pub fn read(params: &Params) -> Result<Self, OAuthError> {
        const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::UnsupportedGrantType, "this grant_type is not known here");
        let grant_type = required(params, "grant_type", "grant_type is missing")?;
        let secret = |text: &str| Secret::new(text.to_owned());
        Ok(match GrantType::parse(grant_type).ok_or(UNKNOWN)? {
            GrantType::AuthorizationCode => Self::AuthorizationCode {
                code: secret(required(params, "code", "code is missing")?),
                redirect_uri: params.one("redirect_uri")?.map(str::to_owned),
                code_verifier: params.one("code_verifier")?.map(secret),
            },
            GrantType::RefreshToken => {
                Self::RefreshToken { refresh_token: secret(required(params, "refresh_token", "refresh_token is missing")?), scope: scope(params)? }
            }
            GrantType::ClientCredentials => Self::ClientCredentials { scope: scope(params)? },
        })
    }

    /// Which grant this is.
    #[must_use]
    pub fn grant_type(&self) -> GrantType {
        match self {
            Self::AuthorizationCode { .. } => GrantType::AuthorizationCode,
            Self::RefreshToken { .. } => GrantType::RefreshToken,
            Self::ClientCredentials { .. } => GrantType::ClientCredentials,
        }
    }
}

/// A parameter that must be there.
pub(super) fn required<'a>(params: &'a Params, name: &str, missing: &'static str) -> Result<&'a str, OAuthError> {
    params.one(name)?.ok_or(OAuthError::new(ErrorCode::InvalidRequest, missing))
}

fn scope(params: &Params) -> Result<Option<Scopes>, OAuthError> {
    const MALFORMED: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "scope holds characters that no scope has");
    params.one("scope")?.map(|text| text.parse().map_err(|error| MALFORMED.because(error))).transpose()
}

/// What comes back. [RFC 6749 §5.1, OpenID Connect Core §3.1.3.3]
#[derive(Clone, Debug, Serialize)]
pub struct TokenAnswer {
    /// For the API.
    #[serde(serialize_with = "shown")]
    pub access_token: Secret<String>,
    /// Always `Bearer`. [RFC 6750]
    pub token_type: &'static str,
    /// Seconds that the access token lives.
    pub expires_in: u64,
    /// What it is for, in full: clients compare it with what they asked for.
    #[serde(serialize_with = "joined", skip_serializing_if = "Scopes::is_empty")]
    pub scope: Scopes,
    /// For more tokens.
    #[serde(serialize_with = "shown_if", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret<String>>,
    /// For the client itself.
    #[serde(serialize_with = "shown_if", skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret<String>>,
}

fn shown<S: Serializer>(secret: &Secret<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

#[expect(clippy::ref_option, reason = "this is how serde calls it")]
fn shown_if<S: Serializer>(secret: &Option<Secret<String>>, to: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(to)
}

fn joined<S: Serializer>(scopes: &Scopes, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(scopes)
}

/// The token endpoint's address, which client assertions may name as their audience. `public_url` has no trailing slash.
#[must_use]
pub fn endpoint(public_url: &str, issuer: Issuer) -> String {
    match issuer.form {
        IssuerForm::Root => format!("{public_url}/token"),
        IssuerForm::Tenant => format!("{public_url}/{}/oauth2/v2.0/token", issuer.tenant),
    }
}

/// May this client use this grant?
///
/// # Errors
/// `unauthorized_client`: it is not registered for it. [RFC 6749 §5.2]
pub fn may_use(client: &Client, grant_type: GrantType) -> Result<(), OAuthError> {
    if client.grant_types.contains(&grant_type) {
        Ok(())
    } else {
        Err(OAuthError::new(ErrorCode::UnauthorizedClient, "this client is not registered for this grant_type"))
    }
}

/// Does everybody still stand whose standing a person's tokens rest on? Asked at redemption, at refresh and at each look at a token, not only at sign-in.
///
/// # Errors
/// `invalid_grant`, the same for each cause; the log is told which.
pub fn still_stands(tenant: Option<&Tenant>, home: Option<&Tenant>, account: Option<&Account>) -> Result<(), OAuthError> {
    let refuse = |cause: &str| Err(OAuthError::new(ErrorCode::InvalidGrant, "what this was granted upon does not stand any more").because(cause));
    if !tenant.is_some_and(Tenant::is_active) {
        return refuse("the tenant is off");
    }
    if !home.is_some_and(Tenant::is_active) {
        return refuse("the home tenant is off");
    }
    match account.map(|account| account.state) {
        Some(AccountState::Active) => Ok(()),
        Some(AccountState::Archived) => refuse("the account is archived"),
        Some(AccountState::Locked) => refuse("the account is locked"),
        None => refuse("the account is gone"),
    }
}
