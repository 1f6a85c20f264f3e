//! Where a browser may be sent back to.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// An absolute URI without fragment, kept byte for byte as it was registered: comparison is of the text. [RFC 6749 §3.1.2, RFC 9700 §2.1]
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RedirectUri(String);

/// Why a text cannot be registered as a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriRefused {
    /// Relative, empty, longer than 2,000 bytes, or not a URI at all.
    #[error("a redirect URI is an absolute URI of at most 2000 bytes")]
    NotAbsolute,
    /// With `#`.
    #[error("a redirect URI has no fragment")]
    Fragment,
    /// `user:password@`, a wildcard, or a control character.
    #[error("a redirect URI has no user, no wildcard and no control characters")]
    Unsafe,
    /// A scheme that browsers run or read: `javascript`, `data`, `file`, `blob`…
    #[error("this scheme cannot receive a response")]
    Scheme,
    /// `http` to anything but this machine.
    #[error("http is for loopback addresses only")]
    PlainHttp,
}

impl RedirectUri {
    /// Check a text for registration: `https`, `http` on loopback (native clients, development), or a native client's own scheme. [RFC 8252 §7]
    ///
    /// # Errors
    /// See [`RedirectUriRefused`].
    pub fn register(text: &str) -> Result<Self, RedirectUriRefused> {
        use RedirectUriRefused::{Fragment, NotAbsolute, PlainHttp, Scheme, Unsafe};
        if text.is_empty() || text.len() > 2000 {
            return Err(NotAbsolute);
        }
        if text.chars().any(|c| c.is_control() || c == ' ' || c == '*' || c == '\\') {
            return Err(Unsafe);
        }
        if text.contains('#') {
            return Err(Fragment);
        }
        let url = Url::parse(text).map_err(|_| NotAbsolute)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unsafe);
        }
        match url.scheme() {
            "https" if url.host().is_some() => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(PlainHttp),
            "https" | "javascript" | "data" | "file" | "blob" | "about" | "vbscript" | "ws" | "wss" | "ftp" => return Err(Scheme),
            _ => {}
        }
        Ok(Self(text.to_owned()))
    }

    /// Byte for byte as registered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin a browser would report for a page there; `None` for a native client's own scheme.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
    }
}

/// `localhost`, a name under `.localhost`, `127.0.0.0/8` or `[::1]`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
