//! Where mail goes.

use std::{net::IpAddr, os::unix::fs::PermissionsExt as _, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, bail};

use super::Config;
use crate::{
    jobs::Post,
    outside::mail::{KeptMails, MailFolder, MailServer, MailServerRules, MailTls},
    values::{Email, Secret},
};

/// Connections to the mail server at once.
const CONNECTIONS: u32 = 8;

/// Where mail goes, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailTold {
    /// The server; without one mail goes to the folder.
    pub server: Option<HostPort>,
    /// How the connection to it is protected.
    pub tls: MailTls,
    /// Who we are to it.
    pub user: Option<String>,
    /// The file with the password.
    pub password: Option<PathBuf>,
    /// From which address.
    pub from: Option<Email>,
    /// The folder.
    pub folder: Option<PathBuf>,
    /// How long the server may take for one step.
    pub patience: Duration,
}

/// `HOST` or `HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// A name or an address.
    pub host: String,
    /// The port, where it is not the usual one.
    pub port: Option<u16>,
}

impl FromStr for HostPort {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && (!host.contains(':') || host.ends_with(']')) => {
                (host, Some(port.parse().with_context(|| format!("{port:?} is not a port"))?))
            }
            _ => (text, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || host.contains(['/', '@', ' ']) {
            bail!("{text:?} is not HOST or HOST:PORT, for instance smtp.example.org:587");
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl HostPort {
    fn is_here(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost") || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// A setting's text.
pub(super) fn tls(text: &str) -> Result<MailTls> {
    match text {
        "starttls" => Ok(MailTls::Starttls),
        "tls" => Ok(MailTls::Implicit),
        "none" => Ok(MailTls::None),
        _ => bail!("{text:?} is not a protection; there are starttls, tls and none"),
    }
}

/// A setting's text.
pub(super) fn address(text: &str) -> Result<Email> {
    text.parse().with_context(|| format!("{text:?} is not one complete mail address"))
}

impl MailTold {
    /// What cannot be together.
    pub(super) fn consistent(self) -> Result<Self> {
        if self.user.is_some() != self.password.is_some() {
            bail!("mail_user and mail_password go together: only one of them is set");
        }
        let Some(server) = &self.server else {
            if self.user.is_some() {
                bail!("mail_user is for a mail_server, and none is set");
            }
            return Ok(self);
        };
        if self.folder.is_some() {
            bail!("mail goes to mail_server or to mail_folder: only one of them can be set");
        }
        if self.tls == MailTls::None && self.user.is_some() && !server.is_here() {
            bail!("the mail password would go over the network in the clear: use mail_tls = starttls or tls");
        }
        Ok(self)
    }

    fn login(&self) -> Result<Option<(String, Secret<String>)>> {
        let (Some(user), Some(file)) = (&self.user, &self.password) else { return Ok(None) };
        let mode = std::fs::metadata(file).with_context(|| format!("mail_password {} cannot be read", file.display()))?.permissions().mode();
        if mode & 0o007 != 0 {
            bail!("{0} can be read by everybody: chmod o= {0}", file.display());
        }
        let text = Secret::new(std::fs::read_to_string(file).with_context(|| format!("mail_password {} cannot be read", file.display()))?);
        let line = text.expose().lines().next().unwrap_or_default();
        if line.is_empty() {
            bail!("mail_password {} is empty", file.display());
        }
        Ok(Some((user.clone(), Secret::from(line))))
    }
}

impl Config {
    /// Who takes mails, and what an operator should know about it. A demonstration keeps them to itself unless a server is named.
    ///
    /// # Errors
    /// A file cannot be read, or there is no address to write from.
    pub fn post(&self, public_url: &str, kept: Option<KeptMails>) -> Result<(Post, Option<String>)> {
        let mail = &self.mail;
        let host = url::Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let own = mail.from.clone().or_else(|| format!("parvis@{host}").parse().ok());
        let Some(server) = &mail.server else {
            let from = own.map_or_else(|| address("parvis@parvis.localhost"), Ok)?;
            if let Some(kept) = kept {
                return Ok((Post { mailer: Arc::new(kept), from }, None));
            }
            let folder = mail.folder.clone().unwrap_or_else(|| self.data.join("mail"));
            let warning = mail.folder.is_none().then(|| format!("no mail_server is set: mail is written to {} and nobody gets it", folder.display()));
            return Ok((Post { mailer: Arc::new(MailFolder::new(folder)), from }, warning));
        };
        let from = own.with_context(|| format!("mail_from is not set, and nobody can write from an address at {host:?}"))?;
        let usual = match mail.tls {
            MailTls::Starttls => 587,
            MailTls::Implicit => 465,
            MailTls::None => 25,
        };
        let ca = self.outgoing.ca.as_ref();
        let rules = MailServerRules {
            host: server.host.clone(),
            port: server.port.unwrap_or(usual),
            tls: mail.tls,
            login: mail.login()?,
            extra_authorities: ca
                .map(|path| std::fs::read(path).with_context(|| format!("outgoing_ca {} cannot be read", path.display())))
                .transpose()?
                .unwrap_or_default(),
            patience: mail.patience,
            connections: CONNECTIONS,
        };
        let bare = mail.tls == MailTls::None && !server.is_here();
        let warning = bare.then(|| format!("mail_tls is none: codes and links go to {} in the clear", server.host));
        let server = MailServer::new(&rules).map_err(anyhow::Error::new)?;
        Ok((Post { mailer: Arc::new(server), from }, warning))
    }
}

#[cfg(test)]
mod tests {
    use super::HostPort;

    #[test]
    fn a_server_is_a_name_or_an_address_with_or_without_a_port() {
        let read = |text: &str| text.parse::<HostPort>().map(|read| (read.host, read.port)).ok();
        assert_eq!(read("smtp.example.org"), Some(("smtp.example.org".to_owned(), None)));
        assert_eq!(read("127.0.0.1:2525"), Some(("127.0.0.1".to_owned(), Some(2525))));
        assert_eq!(read("[::1]:25"), Some(("::1".to_owned(), Some(25))));
        assert_eq!(read("::1"), Some(("::1".to_owned(), None)));
        for wrong in ["", ":25", "smtp://x", "name@host", "host:port"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
