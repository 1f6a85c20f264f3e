//! Asking a provider whether a person, and no robot, stands behind an answer.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;

use super::{Fetch, FetchFailed, Purpose};
use crate::values::Secret;

/// What a provider is asked.
#[derive(Debug)]
pub struct CaptchaAsked<'a> {
    /// Where.
    pub verify_url: &'a str,
    /// By what it knows us.
    pub secret: &'a Secret<Vec<u8>>,
    /// What its widget put into the form; nothing where it did not get that far.
    pub response: &'a str,
    /// From where the form came.
    pub ip: Option<&'a str>,
}

/// Why a provider said neither yes nor no: then there has to be another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptchaSilent {
    /// It cannot be reached.
    #[error(transparent)]
    Unreachable(#[from] FetchFailed),
    /// It answers something else.
    #[error("the answer is none of a captcha's")]
    NotUnderstood,
    /// It does not know our secret.
    #[error("the secret is refused")]
    SecretRefused,
}

/// Whoever tells people from robots.
#[async_trait]
pub trait Captchas: Send + Sync {
    /// Does the provider say that it was a person?
    async fn is_person(&self, asked: &CaptchaAsked<'_>) -> Result<bool, CaptchaSilent>;
}

/// The protocol that the known providers share: a form with `secret`, `response` and `remoteip`, and JSON with `success`.
pub struct SiteVerify(Arc<Fetch>);

impl SiteVerify {
    /// Over this client.
    #[must_use]
    pub fn new(fetch: Arc<Fetch>) -> Self {
        Self(fetch)
    }
}

#[derive(Deserialize)]
struct Said {
    success: bool,
    #[serde(default, rename = "error-codes")]
    error_codes: Vec<String>,
}

#[async_trait]
impl Captchas for SiteVerify {
    async fn is_person(&self, asked: &CaptchaAsked<'_>) -> Result<bool, CaptchaSilent> {
        let secret = std::str::from_utf8(asked.secret.expose()).map_err(|_| CaptchaSilent::SecretRefused)?;
        let mut fields = vec![("secret", secret), ("response", asked.response)];
        fields.extend(asked.ip.map(|ip| ("remoteip", ip)));
        let answer = self.0.post_form(Purpose::Captcha, asked.verify_url, &fields).await?;
        // Some say no with a status of its own.
        let said: Said = match answer.status().as_u16() {
            200..=299 | 400..=499 => serde_json::from_slice(answer.body()).map_err(|_| CaptchaSilent::NotUnderstood)?,
            _ => return Err(CaptchaSilent::NotUnderstood),
        };
        if !said.success && said.error_codes.iter().any(|code| matches!(code.as_str(), "missing-input-secret" | "invalid-input-secret")) {
            return Err(CaptchaSilent::SecretRefused);
        }
        // Nothing was answered, so nobody is vouched for.
        Ok(said.success && !asked.response.is_empty())
    }
}
