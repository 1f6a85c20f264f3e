//! A mail server, spoken to by SMTP. [RFC 5321]

use std::time::Duration;

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
    },
};

use super::{MailFailed, Mailer, Outgoing, message};
use crate::values::{Fault, Secret};

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// TLS begins after the greeting, and must. [RFC 3207]
    Starttls,
    /// TLS from the first byte. [RFC 8314 §3.3]
    Implicit,
    /// None: for a server on this machine.
    None,
}

/// Which server, and how it is spoken to.
#[derive(Clone, Debug)]
pub struct MailServerRules {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Protection.
    pub tls: MailTls,
    /// Who we are to it, if it asks.
    pub login: Option<(String, Secret<String>)>,
    /// Authorities to trust besides the system's, PEM.
    pub extra_authorities: Vec<u8>,
    /// How long one step may take.
    pub patience: Duration,
    /// How many connections at once.
    pub connections: u32,
}

/// The server.
pub struct MailServer(AsyncSmtpTransport<Tokio1Executor>);

impl MailServer {
    /// Speak to it by these rules. No connection is made yet.
    ///
    /// # Errors
    /// The authorities are no certificates, or the name is none.
    pub fn new(rules: &MailServerRules) -> Result<Self, Fault> {
        let tls = match rules.tls {
            MailTls::Starttls => Tls::Required(parameters(rules)?),
            MailTls::Implicit => Tls::Wrapper(parameters(rules)?),
            MailTls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&rules.host)
            .port(rules.port)
            .tls(tls)
            .timeout(Some(rules.patience))
            .pool_config(PoolConfig::new().max_size(rules.connections).idle_timeout(Duration::from_secs(30)));
        if let Some((name, password)) = &rules.login {
            builder = builder.credentials(Credentials::new(name.clone(), password.expose().clone()));
        }
        Ok(Self(builder.build()))
    }
}

fn parameters(rules: &MailServerRules) -> Result<TlsParameters, Fault> {
    let failed = |error: Error| Fault::because("the mail server's TLS cannot be set up", error);
    let mut builder = TlsParameters::builder(rules.host.clone()).certificate_store(CertificateStore::Default);
    for pem in pems(&rules.extra_authorities) {
        builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(failed)?);
    }
    builder.build_rustls().map_err(failed)
}

/// A bundle, one certificate at a time.
fn pems(bundle: &[u8]) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = String::from_utf8_lossy(bundle);
    text.split_inclusive(END).filter(|pem| pem.contains(END)).map(str::to_owned).collect()
}

#[async_trait]
impl Mailer for MailServer {
    async fn send(&self, mail: &Outgoing) -> Result<(), MailFailed> {
        let written = message(mail).map_err(|fault| MailFailed::Refused(fault.to_string()))?;
        self.0.send(written).await.map(|_| ()).map_err(|error| failed(&error))
    }

    async fn reach(&self) -> Result<(), MailFailed> {
        match self.0.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(MailFailed::Down("the mail server does not answer".to_owned())),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn failed(error: &Error) -> MailFailed {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = inner.source();
    }
    words.truncate(words.char_indices().nth(500).map_or(words.len(), |(at, _)| at));
    match error.status().map(u16::from) {
        // It leaves, or does not know us: nothing is wrong with the mail. [RFC 5321 §3.8, RFC 4954 §6]
        Some(421 | 454 | 530 | 534 | 535 | 538) => MailFailed::Down(words),
        Some(400..=499) => MailFailed::Later(words),
        Some(500..=599) => MailFailed::Refused(words),
        _ => MailFailed::Down(words),
    }
}
