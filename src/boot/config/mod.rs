//! What we are told before we start: flags, environment, and a file.
//!
//! A flag wins over the environment, the environment over the file, the file over the default; whatever nobody knows is refused with the nearest
//! name that somebody does. Rooms never see this type: they are given the few values they need.

mod kinds;
mod mail;
mod outgoing;
mod settings;
mod source;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

pub use kinds::{LogFormat, PublicUrl};
pub use mail::{HostPort, MailTold};
pub use outgoing::{Loopback, Outgoing};
pub use settings::{BESIDES, SETTINGS, Setting, named, nearest, reference};
use source::{Layer, Place, Said};

use crate::{outside::mail::MailTls, storage::AbortAt, web::extract::TrustedProxies};

/// Files for TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// How passwords are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passwords {
    /// KiB.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
    /// How many in parallel.
    pub at_once: usize,
    /// How many in line.
    pub waiting: usize,
}

/// How patient we are, and with how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Threads that answer.
    pub workers: usize,
    /// Open connections.
    pub connections: usize,
    /// For a request's head.
    pub header: Duration,
    /// For a request's body.
    pub body: Duration,
    /// For the next request.
    pub idle: Duration,
    /// For requests in flight when we stop.
    pub shutdown: Duration,
}

/// Everything we are told, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// The file that was read, if any.
    pub file: Option<PathBuf>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where browsers reach us; by default known when the port is.
    pub public_url: Option<PublicUrl>,
    /// The master key's file.
    pub master_key: PathBuf,
    /// TLS, if it is ours to do.
    pub tls: Option<Tls>,
    /// Whose X-Forwarded-For is believed.
    pub trusted_proxies: TrustedProxies,
    /// How to log.
    pub log: LogFormat,
    /// What to log.
    pub log_level: String,
    /// Patience.
    pub limits: Limits,
    /// Argon2id.
    pub passwords: Passwords,
    /// Our own requests.
    pub outgoing: Outgoing,
    /// Where mail goes.
    pub mail: MailTold,
    /// At which commit of a request to end without a word, for tests of crashes.
    pub abort_at: Option<AbortAt>,
}

/// What the process was started with: flags by setting name, `--config`, and the environment. A parameter, so that a test can say it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Flags.
    pub flags: BTreeMap<&'static str, String>,
    /// `--config`.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: BTreeMap<String, String>,
}

impl Given {
    /// With the environment of this process. Names and values that are not Unicode cannot be ours.
    #[must_use]
    pub fn with_environment(mut self) -> Self {
        self.environment = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect();
        self
    }

    fn says(&self, name: &str) -> Option<&str> {
        self.environment.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The data folder as far as flags and environment say.
    fn folder(&self) -> PathBuf {
        let told = self.flags.get("data").map(String::as_str).or_else(|| self.says("PARVIS_DATA"));
        told.map_or_else(|| self.usual_folder(), PathBuf::from)
    }

    fn usual_folder(&self) -> PathBuf {
        let shared = self.says("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || self.says("HOME").map(|home| Path::new(home).join(".local/share"));
        shared.or_else(home).map_or_else(|| PathBuf::from("parvis-data"), |folder| folder.join("parvis"))
    }
}

impl Config {
    /// Read and check everything.
    ///
    /// # Errors
    /// One line that says what is wrong and where it was said.
    pub fn read(given: &Given) -> Result<Self> {
        let named = given.file.clone().or_else(|| given.says("PARVIS_CONFIG").map(PathBuf::from));
        let beside = given.folder().join("parvis.toml");
        let (path, must_exist) = named.map_or((beside, false), |path| (path, true));
        let mut layers = vec![source::flags(&given.flags), source::environment(&given.environment)?];
        let mut file = None;
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                kinds::refuse_writable_by_others(&path)?;
                let layer = source::file(path.clone(), &text)?;
                if !must_exist && layer.contains_key("data") {
                    bail!("data in {} cannot move the folder that the file lies in; use --data or PARVIS_DATA", path.display());
                }
                layers.push(layer);
                file = Some(path);
            }
            Err(error) if must_exist || error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("the configuration file {} cannot be read", path.display()));
            }
            Err(_) => {}
        }
        Told { layers }.config(given, file)
    }

    /// Where browsers reach us, once the port is known.
    #[must_use]
    pub fn public_url(&self, port: u16) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::on_this_machine(self.tls.is_some(), port))
    }
}

/// All sources together, the strongest first.
struct Told {
    layers: Vec<Layer>,
}

impl Told {
    fn said(&self, name: &'static str) -> Option<&Said> {
        self.layers.iter().find_map(|layer| layer.get(name))
    }

    /// Parse a value, or take the default.
    fn one<T>(&self, name: &'static str, parse: impl Fn(&str) -> Result<T>, default: T) -> Result<T> {
        Ok(self.maybe(name, parse)?.unwrap_or(default))
    }

    fn maybe<T>(&self, name: &'static str, parse: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
        let (Some(said), Some(setting)) = (self.said(name), settings::named(name)) else { return Ok(None) };
        parse(said.text.trim()).map(Some).with_context(|| format!("{}", Place(setting, &said.source)))
    }

    fn number(&self, name: &'static str, default: usize, allowed: std::ops::RangeInclusive<usize>) -> Result<usize> {
        self.one(name, |text| kinds::number(text, &allowed), default)
    }

    fn seconds(&self, name: &'static str, default: usize) -> Result<Duration> {
        Ok(Duration::from_secs(self.number(name, default, 1..=3600)? as u64))
    }

    fn path(&self, name: &'static str) -> Result<Option<PathBuf>> {
        self.maybe(name, kinds::path)
    }

    fn config(self, given: &Given, file: Option<PathBuf>) -> Result<Config> {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let data = self.path("data")?.unwrap_or_else(|| given.usual_folder());
        let config = Config {
            master_key: self.path("master_key")?.unwrap_or_else(|| data.join("master.key")),
            data,
            file,
            listen: self.one("listen", kinds::listen, SocketAddr::from(([127, 0, 0, 1], 8080)))?,
            public_url: self.maybe("public_url", str::parse)?,
            tls: self.tls()?,
            trusted_proxies: self.one("trusted_proxies", |text| text.parse().map_err(anyhow::Error::msg), TrustedProxies::default())?,
            log: self.one("log", str::parse, LogFormat::Auto)?,
            log_level: self.one("log_level", kinds::filter, "info".to_owned())?,
            limits: self.limits(processors)?,
            passwords: self.passwords(processors)?,
            outgoing: self.outgoing()?,
            mail: self.mail()?,
            abort_at: self.maybe("abort_at", |text| text.parse().map_err(|why| anyhow::anyhow!("{text:?} {why}")))?,
        };
        config.consistent()
    }

    fn tls(&self) -> Result<Option<Tls>> {
        match (self.path("tls_certificate")?, self.path("tls_key")?) {
            (Some(certificate), Some(key)) => Ok(Some(Tls { certificate, key })),
            (None, None) => Ok(None),
            _ => bail!("tls_certificate and tls_key go together: only one of them is set"),
        }
    }

    fn limits(&self, processors: usize) -> Result<Limits> {
        Ok(Limits {
            workers: self.number("workers", processors, 1..=512)?,
            connections: self.number("connections", 20_000, 16..=1_000_000)?,
            header: self.seconds("header_seconds", 10)?,
            body: self.seconds("body_seconds", 30)?,
            idle: self.seconds("idle_seconds", 75)?,
            shutdown: self.seconds("shutdown_seconds", 10)?,
        })
    }

    fn passwords(&self, processors: usize) -> Result<Passwords> {
        let narrow = |number: usize| u32::try_from(number).context("too large");
        Ok(Passwords {
            memory: narrow(self.number("password_memory", 19_456, 8_192..=4_194_304)?)?,
            passes: narrow(self.number("password_passes", 2, 1..=64)?)?,
            at_once: self.number("password_at_once", processors, 1..=512)?,
            waiting: self.number("password_waiting", 200, 1..=100_000)?,
        })
    }

    fn mail(&self) -> Result<MailTold> {
        let told = MailTold {
            server: self.maybe("mail_server", str::parse)?,
            tls: self.one("mail_tls", mail::tls, MailTls::Starttls)?,
            user: self.maybe("mail_user", |text| Ok(text.to_owned()))?,
            password: self.path("mail_password")?,
            from: self.maybe("mail_from", mail::address)?,
            folder: self.path("mail_folder")?,
            patience: self.seconds("mail_seconds", 30)?,
        };
        told.consistent()
    }

    fn outgoing(&self) -> Result<Outgoing> {
        Ok(Outgoing { ca: self.path("outgoing_ca")?, loopback: self.one("outgoing_loopback", |text| kinds::list(text, str::parse), Vec::new())? })
    }
}

impl Config {
    /// What no single setting can be blamed for.
    fn consistent(self) -> Result<Self> {
        if !self.listen.ip().is_loopback() && self.tls.is_none() && self.trusted_proxies.is_empty() {
            bail!(
                "{} is reachable from other machines without TLS: set tls_certificate and tls_key, or declare the proxy that does TLS with trusted_proxies",
                self.listen
            );
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
