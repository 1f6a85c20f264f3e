//! `redirect_uri`: where the answer may go. Nothing else in the crate can make a [`ReturnAddress`].

use super::response_mode;
use crate::{
    model::{AuthorizationRequest, Client, ClientKind},
    protocol::{ErrorCode, OAuthError, params::Params},
    values::{RedirectUri, ResponseMode},
};

const MISSING: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter redirect_uri is missing");
const UNREGISTERED: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the redirect_uri is not registered for this client");

/// Where a client gets its answer: a redirect URI that was found registered, how the answer goes there, and the client's `state`.
/// Its existence is the proof of the check, so a redirect to anywhere else cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnAddress {
    redirect_uri: RedirectUri,
    response_mode: ResponseMode,
    state: Option<String>,
}

impl ReturnAddress {
    /// The address of a request that was found good earlier. It is looked up once more: a redirect URI that was taken off the registration
    /// while the person was signing in gets nothing.
    ///
    /// # Errors
    /// `invalid_request`, for a page of ours.
    pub fn again(request: &AuthorizationRequest, client: &Client) -> Result<Self, OAuthError> {
        if client.id != request.client || client.tenant != request.issuer.tenant {
            return Err(UNREGISTERED);
        }
        let redirect_uri = registered(request.redirect_uri.as_str(), client)?;
        Ok(Self { redirect_uri, response_mode: request.response_mode, state: request.state.clone() })
    }

    /// The registered URI, with the port that a native client chose.
    #[must_use]
    pub fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    /// How the answer goes there.
    #[must_use]
    pub fn response_mode(&self) -> ResponseMode {
        self.response_mode
    }

    /// Given back untouched.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }
}

/// It must be there, even where only one is registered. [OpenID Connect Core §3.1.2.1]
pub(super) fn check(params: &Params, client: &Client) -> Result<ReturnAddress, OAuthError> {
    let text = params.one("redirect_uri")?.ok_or(MISSING)?;
    let redirect_uri = registered(text, client)?;
    let state = params.one("state").ok().flatten().map(str::to_owned);
    Ok(ReturnAddress { redirect_uri, response_mode: response_mode::for_errors(params), state })
}

/// Byte for byte one of the registered ones; only a native client on loopback chooses its port when it starts. [RFC 9700 §2.1, RFC 8252 §7.3]
fn registered(text: &str, client: &Client) -> Result<RedirectUri, OAuthError> {
    if let Some(uri) = client.redirect_uris.iter().find(|uri| uri.as_str() == text) {
        return Ok(uri.clone());
    }
    let is_free = client.kind == ClientKind::Native;
    let asked = loopback(text).filter(|_| is_free).ok_or(UNREGISTERED)?;
    client.redirect_uris.iter().find(|uri| loopback(uri.as_str()) == Some(asked)).ok_or(UNREGISTERED)?;
    RedirectUri::register(text).map_err(|_| UNREGISTERED)
}

/// A plain HTTP URI on this machine without its port: host, and all that follows. The text decides, not a parser that might read it otherwise than a browser.
fn loopback(text: &str) -> Option<(&'static str, &str)> {
    let text = text.strip_prefix("http://")?;
    let (host, rest) = ["127.0.0.1", "[::1]", "localhost"].into_iter().find_map(|host| Some((host, text.strip_prefix(host)?)))?;
    let rest = match rest.strip_prefix(':') {
        None => rest,
        Some(rest) => {
            let (port, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
            port.parse::<u16>().ok().filter(|&port| port > 0)?;
            rest
        }
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

#[cfg(test)]
mod tests;
