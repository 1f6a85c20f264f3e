//! The code flow with PKCE, as the `openidconnect` crate does it.

use std::{
    fmt::{Debug, Formatter},
    sync::Arc,
};

use anyhow::{Context as _, Result, anyhow, bail};
use openidconnect::{
    AccessToken, AdditionalClaims, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, IdToken, IdTokenFields, IssuerUrl, LanguageTag, LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RefreshToken, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType, CoreUserInfoClaims,
    },
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::page::{Row, rows};
use crate::{
    boot::demo::{Application, Registered},
    model::Localised,
    outside::{Fetch, Purpose},
    values::{Locale, Secret},
};

/// The session's name in ID tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SessionClaim {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
}

impl AdditionalClaims for SessionClaim {}

type Token = IdToken<SessionClaim, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Fields = IdTokenFields<SessionClaim, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type Library = Client<
    SessionClaim,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One application, and the provider it relies on.
pub(super) struct Relying {
    application: &'static Application,
    secret: Option<Secret<String>>,
    issuer: String,
    url: String,
    fetch: Arc<Fetch>,
}

/// A browser on its way through the provider.
#[derive(Clone)]
pub(super) struct Pending {
    state: Secret<String>,
    nonce: Secret<String>,
    verifier: Secret<String>,
}

impl Debug for Pending {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pending")
    }
}

/// Somebody who is signed in here.
#[derive(Clone)]
pub(super) struct SignedIn {
    /// Of which session.
    pub(super) sid: Option<String>,
    /// What the verified ID token says.
    pub(super) claims: Vec<Row>,
    /// What userinfo said, once it was asked.
    pub(super) userinfo: Option<Vec<Row>>,
    id_token: Secret<String>,
    access_token: Secret<String>,
    refresh_token: Option<Secret<String>>,
}

impl Debug for SignedIn {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedIn")
    }
}

impl SignedIn {
    /// Was a refresh token given?
    pub(super) fn can_refresh(&self) -> bool {
        self.refresh_token.is_some()
    }
}

/// What comes back with the browser.
#[derive(Debug, Deserialize)]
pub(super) struct Returned {
    #[serde(default)]
    code: Option<Secret<String>>,
    #[serde(default)]
    state: Option<Secret<String>>,
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}

impl Relying {
    pub(super) fn new(registered: Registered, (public_url, port): (&str, u16), fetch: Arc<Fetch>) -> Self {
        let Registered { application, issuer, secret } = registered;
        Self { application, secret, issuer: issuer.identifier(public_url), url: application.url(port), fetch }
    }

    pub(super) fn host(&self) -> String {
        self.application.host()
    }

    pub(super) fn id(&self) -> &'static str {
        self.application.id
    }

    pub(super) fn names(&self) -> Localised {
        self.application.names()
    }

    pub(super) fn sees_userinfo(&self) -> bool {
        self.application.sees_userinfo()
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What the provider says of itself, asked each time: its keys change.
    pub(super) async fn discover(&self) -> Result<ProviderMetadataWithLogout> {
        let http = |request: HttpRequest| self.fetch.send(Purpose::Demonstration, request);
        let issuer = IssuerUrl::new(self.issuer.clone()).context("the issuer is not a URL")?;
        ProviderMetadataWithLogout::discover_async(issuer, &http).await.context("the provider was not discovered")
    }

    fn library(&self, provider: ProviderMetadataWithLogout) -> Result<Library> {
        let secret = self.secret.as_ref().map(|secret| ClientSecret::new(secret.expose().clone()));
        let back = RedirectUrl::new(format!("{}/callback", self.url)).context("the redirect URI is not a URL")?;
        Ok(Library::from_provider_metadata(provider, ClientId::new(self.application.id.to_owned()), secret).set_redirect_uri(back))
    }

    /// Where to send the browser, and what to expect back.
    pub(super) async fn start(&self, locale: Locale) -> Result<(Url, Pending)> {
        let library = self.library(self.discover().await?)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.application.scopes.split(' ').filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.to_owned()));
        let (url, state, nonce) = library
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(scopes)
            .add_ui_locale(LanguageTag::new(locale.tag().to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let pending = Pending {
            state: Secret::from(state.secret().as_str()),
            nonce: Secret::from(nonce.secret().as_str()),
            verifier: Secret::from(verifier.secret().as_str()),
        };
        Ok((url, pending))
    }

    /// The code turned into tokens, and the ID token verified.
    pub(super) async fn finish(&self, pending: Pending, returned: Returned) -> Result<SignedIn> {
        let state = returned.state.ok_or_else(|| anyhow!("no state came back"))?;
        if state.expose() != pending.state.expose() {
            bail!("another state came back");
        }
        let provider = self.discover().await?;
        if returned.iss.as_deref() != Some(provider.issuer().as_str()) {
            bail!("the answer is not from the provider that was asked");
        }
        if let Some(error) = returned.error {
            bail!("{error}: {}", returned.error_description.unwrap_or_default());
        }
        let code = returned.code.ok_or_else(|| anyhow!("no code came back"))?;
        let library = self.library(provider)?;
        let http = |request: HttpRequest| self.fetch.send(Purpose::Demonstration, request);
        let answer = library
            .exchange_code(AuthorizationCode::new(code.expose().clone()))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.expose().clone()))
            .request_async(&http)
            .await
            .context("the code was not accepted")?;
        let nonce = Nonce::new(pending.nonce.expose().clone());
        Self::believed(&library, &answer, |claimed: Option<&Nonce>| match claimed {
            Some(claimed) if claimed.secret() == nonce.secret() => Ok(()),
            _ => Err("another nonce came back".to_owned()),
        })
    }

    /// New tokens for the refresh token.
    pub(super) async fn refresh(&self, signed_in: &SignedIn) -> Result<SignedIn> {
        let library = self.library(self.discover().await?)?;
        let http = |request: HttpRequest| self.fetch.send(Purpose::Demonstration, request);
        let token = signed_in.refresh_token.as_ref().ok_or_else(|| anyhow!("no refresh token was given"))?;
        let token = RefreshToken::new(token.expose().clone());
        let answer = library.exchange_refresh_token(&token)?.request_async(&http).await.context("the refresh token was not accepted")?;
        let mut renewed = Self::believed(&library, &answer, |_: Option<&Nonce>| Ok(()))?;
        renewed.refresh_token = renewed.refresh_token.or_else(|| signed_in.refresh_token.clone());
        Ok(renewed)
    }

    fn believed(library: &Library, answer: &Answer, nonce: impl openidconnect::NonceVerifier) -> Result<SignedIn> {
        let id_token = answer.id_token().ok_or_else(|| anyhow!("no ID token was given"))?;
        let claims = id_token.claims(&library.id_token_verifier(), nonce).context("the ID token is not to be believed")?;
        Ok(SignedIn {
            sid: claims.additional_claims().sid.clone(),
            claims: rows(&serde_json::to_value(claims)?),
            userinfo: None,
            id_token: Secret::new(id_token.to_string()),
            access_token: Secret::from(answer.access_token().secret().as_str()),
            refresh_token: answer.refresh_token().map(|token| Secret::from(token.secret().as_str())),
        })
    }

    /// What the provider says of the person now.
    pub(super) async fn userinfo(&self, signed_in: &SignedIn) -> Result<serde_json::Value> {
        let library = self.library(self.discover().await?)?;
        let http = |request: HttpRequest| self.fetch.send(Purpose::Demonstration, request);
        let asked = library.user_info(AccessToken::new(signed_in.access_token.expose().clone()), None)?;
        let claims: CoreUserInfoClaims = asked.request_async(&http).await.context("userinfo did not answer")?;
        Ok(serde_json::to_value(claims)?)
    }

    /// Where to send the browser so that the provider forgets the person too.
    pub(super) async fn end_session(&self, signed_in: &SignedIn) -> Result<Url> {
        let provider = self.discover().await?;
        let endpoint = provider.additional_metadata().end_session_endpoint.clone().ok_or_else(|| anyhow!("the provider ends no sessions"))?;
        let hint: Token = signed_in.id_token.expose().parse().context("the ID token does not parse any more")?;
        let back = PostLogoutRedirectUrl::new(format!("{}/", self.url)).context("the address to come back to is not a URL")?;
        Ok(LogoutRequest::from(endpoint)
            .set_id_token_hint(&hint)
            .set_client_id(ClientId::new(self.application.id.to_owned()))
            .set_post_logout_redirect_uri(back)
            .http_get_url())
    }
}
