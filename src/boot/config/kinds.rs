//! The kinds of values that settings have.

use std::{
    fmt,
    net::{SocketAddr, ToSocketAddrs as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context as _, Result, bail};
use url::{Host, Url};

/// How to log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Pretty on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Pretty,
    /// For machines.
    Json,
}

impl FromStr for LogFormat {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "auto" => Ok(Self::Auto),
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => bail!("{text:?} is not a format; there are auto, pretty and json"),
        }
    }
}

/// Where browsers reach us: scheme, name and port, nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The usual one, for trying out.
    #[must_use]
    pub fn on_this_machine(is_tls: bool, port: u16) -> Self {
        let (scheme, usual) = if is_tls { ("https", 443) } else { ("http", 80) };
        Self(if port == usual { format!("{scheme}://localhost") } else { format!("{scheme}://localhost:{port}") })
    }

    /// Its text, without trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let url = Url::parse(text).with_context(|| format!("{text:?} is not a URL"))?;
        let Some(host) = url.host() else { bail!("{text:?} names no host") };
        let Host::Domain(name) = host else {
            bail!("the public URL needs a name, not an IP address: passkeys refuse addresses. On this machine use http://localhost:PORT");
        };
        let is_here = name == "localhost" || name.ends_with(".localhost");
        match url.scheme() {
            "https" => {}
            "http" if is_here => {}
            "http" => bail!("the public URL must be https: plain http is for localhost only"),
            other => bail!("the public URL must be https, not {other}"),
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() || url.path() != "/" {
            bail!("the public URL has no path, user, query or fragment: https://name or https://name:port");
        }
        if text.ends_with('/') {
            bail!("the public URL has no trailing slash: it is the issuer, compared letter by letter");
        }
        Ok(Self(url.origin().ascii_serialization()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) fn listen(text: &str) -> Result<SocketAddr> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let named = text.strip_prefix("localhost:").and_then(|_| text.to_socket_addrs().ok()).and_then(|mut found| found.next());
    named.with_context(|| format!("{text:?} is not ADDRESS:PORT, for instance 127.0.0.1:8080"))
}

pub(super) fn number(text: &str, allowed: &std::ops::RangeInclusive<usize>) -> Result<usize> {
    let number: usize = text.parse().with_context(|| format!("{text:?} is not a whole number"))?;
    if !allowed.contains(&number) {
        bail!("{number} is not between {} and {}", allowed.start(), allowed.end());
    }
    Ok(number)
}

pub(super) fn path(text: &str) -> Result<PathBuf> {
    if text.is_empty() {
        bail!("an empty path");
    }
    Ok(PathBuf::from(text))
}

pub(super) fn list<T>(text: &str, parse: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(parse).collect()
}

pub(super) fn filter(text: &str) -> Result<String> {
    tracing_subscriber::EnvFilter::try_new(text).with_context(|| format!("{text:?} is not a log filter"))?;
    Ok(text.to_owned())
}

/// A file that decides how we run is nobody else's to write. [security rule 32]
pub(super) fn refuse_writable_by_others(path: &Path) -> Result<()> {
    let mode = std::fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.permissions().mode();
    if mode & 0o002 != 0 {
        bail!("{0} can be written by everybody: chmod o-w {0}", path.display());
    }
    Ok(())
}
