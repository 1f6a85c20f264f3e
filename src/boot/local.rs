//! The way in for whoever may read the data folder: where the server is, and a token that changes with each start.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::{config::Tls, folder::Folder};
use crate::{
    journey::Tools,
    storage::sled::Sled,
    values::{EntropyExt as _, Secret},
    web::api::LocalAccess,
};

const SERVER: &str = "server.json";
const TOKEN: &str = "local.token";

/// Where the server is, for the command line on the same machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whereabouts {
    /// Its address as a URL.
    pub url: String,
    /// Where to connect to, whatever the name in the URL resolves to.
    pub connect: SocketAddr,
    /// Its certificate, to be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
}

/// The way in.
pub struct Local {
    whereabouts: Whereabouts,
    token: Secret<String>,
}

impl Local {
    /// For this start.
    #[must_use]
    pub fn new(tools: &Tools, listening: SocketAddr, tls: Option<&Tls>) -> Self {
        let here = match listening.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            other => other,
        };
        let connect = SocketAddr::new(here, listening.port());
        let name = url::Url::parse(&tools.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let url = match (tls, name) {
            (Some(_), Some(name)) => format!("https://{name}:{}", listening.port()),
            _ => format!("http://{connect}"),
        };
        let certificate = tls.map(|tls| std::path::absolute(&tls.certificate).unwrap_or_else(|_| tls.certificate.clone()));
        Self { whereabouts: Whereabouts { url, connect, certificate }, token: tools.entropy.token() }
    }

    /// The address as a URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.whereabouts.url
    }

    /// What the API needs to know the token again.
    #[must_use]
    pub fn access(&self, store: Arc<Sled>) -> LocalAccess {
        LocalAccess::new(self.token.clone(), self.whereabouts.connect.ip(), store)
    }

    /// Write it down, once we listen.
    ///
    /// # Errors
    /// The disk fails.
    pub fn tell(&self, folder: &Folder) -> Result<()> {
        folder.write_private(TOKEN, self.token.expose())?;
        folder.write_private(SERVER, &serde_json::to_string(&self.whereabouts).context("whereabouts")?)
    }

    /// Nobody is here any more.
    pub fn forget(folder: &Folder) {
        folder.remove(SERVER);
        folder.remove(TOKEN);
    }
}

/// Where the server that uses this data folder is, and the token for it.
///
/// # Errors
/// No server runs on it, or this user may not read the folder.
pub fn find(folder: &Path) -> Result<(Whereabouts, Secret<String>)> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let missing = || format!("no server runs on the data folder {}: start one with parvis serve, or name another with --data or --server", folder.display());
    let text = read(SERVER).with_context(missing)?;
    let whereabouts = serde_json::from_str(&text).with_context(|| format!("{} cannot be understood", folder.join(SERVER).display()))?;
    let token = read(TOKEN).with_context(missing)?;
    Ok((whereabouts, Secret::new(token)))
}
