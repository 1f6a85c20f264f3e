//! `serve --demo`: a place to try everything without setting anything up, on this machine only.
//!
//! It adds fictional organisations, people and applications to the data folder, serves small applications that sign people in ([`app`]), and shows the page
//! that lists all of it. What boot does with it, in this order: [`refuse_elsewhere`], [`listen`], [`reaching_this_machine`], [`Demo::prepare`] before the first
//! records are made, [`Demo::routes`] beside the provider's own, [`Demo::serve`].

pub mod app;
mod clients;
mod fixtures;
mod home;
mod kept;
mod language;
mod mailbox;
mod people;
mod tenants;
mod terms;

use std::{
    net::{IpAddr, SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
};

use actix_web::dev::Server;
use anyhow::{Context as _, Result, bail};
use url::{Host, Url};

pub use clients::{APPLICATIONS, Application};
pub use fixtures::{Fixtures, Registered};
pub use home::{Advance, Routes};
pub use mailbox::samples as mailbox_samples;

use crate::{
    journey::Tools,
    outside::{Fetch, FetchRules, Purpose, mail::KeptMails},
};

/// A demonstration is for this machine: everybody who reaches it can read everybody's password.
///
/// # Errors
/// It would be reached from elsewhere.
pub fn refuse_elsewhere(listen: SocketAddr, public_url: &str) -> Result<()> {
    if !listen.ip().is_loopback() {
        bail!("--demo shows every password to whoever reaches it: it listens on this machine only, not on {listen}");
    }
    let url = Url::parse(public_url).context("the public URL is not a URL")?;
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    };
    if !is_here {
        bail!("--demo shows every password to whoever reaches it: its public URL is on localhost, not {public_url}");
    }
    Ok(())
}

/// Where the applications listen: the port after the provider's if it is free, else any.
///
/// # Errors
/// No port is free.
pub fn listen(provider: SocketAddr) -> Result<TcpListener> {
    let next = SocketAddr::new(provider.ip(), provider.port().checked_add(1).unwrap_or(0));
    let any = SocketAddr::new(provider.ip(), 0);
    TcpListener::bind(next).or_else(|_| TcpListener::bind(any)).context("the demonstration's applications find no port to listen on")
}

/// The provider's own requests may reach the applications, and the applications the provider.
#[must_use]
pub fn reaching_this_machine(mut rules: FetchRules) -> FetchRules {
    rules.loopback_for.extend([Purpose::BackchannelLogout, Purpose::Webhook, Purpose::PageLink, Purpose::Demonstration]);
    rules
}

/// A demonstration, ready to be served.
pub struct Demo {
    fixtures: Fixtures,
    listener: TcpListener,
    port: u16,
    kept: KeptMails,
}

impl Demo {
    /// Add the fictional world to the store, as far as it is not there. Before any tenant is made, so that the default one is the demonstration's.
    ///
    /// # Errors
    /// The store failed, or the data folder cannot be written.
    pub async fn prepare(tools: &Tools, data: &Path, listener: TcpListener) -> Result<Self> {
        let port = listener.local_addr().context("the demonstration's socket has no address")?.port();
        let fixtures = fixtures::load(tools, data, port).await?;
        Ok(Self { fixtures, listener, port, kept: KeptMails::default() })
    }

    /// What was loaded.
    #[must_use]
    pub fn fixtures(&self) -> &Fixtures {
        &self.fixtures
    }

    /// Where the applications listen.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The pages of the demonstration on the provider: `/`, `/_demo/mailbox` and each mail in it, `/_demo/outbox`, `/_demo/clock`.
    #[must_use]
    pub fn routes(&self, advance: Advance) -> Routes {
        home::routes(self.fixtures.clone(), self.port, (advance, self.kept.clone()))
    }

    /// Where mails are kept instead of being sent.
    #[must_use]
    pub fn kept_mails(&self) -> KeptMails {
        self.kept.clone()
    }

    /// Serve the applications until the server's handle stops them.
    ///
    /// # Errors
    /// The socket cannot be listened to.
    pub fn serve(self, tools: &Tools, fetch: Arc<Fetch>) -> Result<Server> {
        let place = (&*tools.public_url, self.port);
        let site = app::Site::new(self.fixtures.applications, place, fetch, (Arc::clone(&tools.pages), Arc::clone(&tools.entropy)));
        site.serve(self.listener).context("the demonstration's applications cannot be served")
    }
}
