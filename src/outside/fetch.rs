//! The one way out: every request to another server is made here.

use std::{collections::BTreeSet, error::Error, net::IpAddr, net::SocketAddr, sync::Arc, time::Duration};

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{
    Certificate, Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::sync::OnceCell;
use url::{Host, Url};

use super::{Names, SystemNames, is_public};
use crate::values::{Fault, is_loopback};

/// What a request is for; each has its own rules on where it may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To tell a client that a session ended.
    BackchannelLogout,
    /// To tell a client of what happened.
    Webhook,
    /// To ask whether a person, and no robot, stands behind an answer.
    Captcha,
    /// To see whether a page is there that people will be led to.
    PageLink,
    /// What the demonstration's applications ask of their provider.
    Demonstration,
}

/// The rules, from the configuration.
#[derive(Clone)]
pub struct FetchRules {
    /// Authorities to trust besides the system's, PEM.
    pub extra_authorities: Vec<u8>,
    /// For what this machine itself may be reached, by `http` too.
    pub loopback_for: BTreeSet<Purpose>,
    /// Who looks names up.
    pub names: Arc<dyn Names>,
    /// How long the whole exchange may take.
    pub patience: Duration,
    /// How many bytes an answer may have.
    pub largest: usize,
}

impl Default for FetchRules {
    fn default() -> Self {
        Self {
            extra_authorities: Vec::new(),
            loopback_for: BTreeSet::new(),
            names: Arc::new(SystemNames),
            patience: Duration::from_secs(5),
            largest: 1024 * 1024,
        }
    }
}

/// Why there is no answer. The words are fixed: they stand in records and logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFailed {
    /// Not a URL, or one with a user, or of another scheme than `https`.
    #[error("not an https address")]
    BadAddress,
    /// The name leads to this machine or to somebody's own network.
    #[error("the address is not on the public internet")]
    NotPublic,
    /// The name has no address.
    #[error("the name does not resolve")]
    NoSuchName,
    /// Nobody answers there, or not in TLS that we trust.
    #[error("no connection")]
    NoConnection,
    /// It took too long.
    #[error("no answer in time")]
    TooSlow,
    /// More than an answer may have.
    #[error("the answer is too large")]
    TooLarge,
    /// The connection broke, or the answer is not HTTP.
    #[error("the answer broke off")]
    Broken,
}

/// Where a connection may lead. Each reach has its own client, so that no pooled connection crosses from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Public,
    PublicOrLoopback,
    Loopback,
}

impl Reach {
    fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::PublicOrLoopback => is_public(address) || address.is_loopback(),
            Self::Loopback => address.is_loopback(),
        }
    }
}

/// Looks a name up once and hands on exactly what it checked: the connection is made to these addresses, so a name that changes its mind gains nothing.
struct Checked {
    names: Arc<dyn Names>,
    reach: Reach,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, reach) = (Arc::clone(&self.names), self.reach);
        Box::pin(async move {
            let addresses = names.addresses(name.as_str()).await.map_err(|_| FetchFailed::NoSuchName)?;
            if addresses.is_empty() {
                return Err(FetchFailed::NoSuchName.into());
            }
            if !addresses.iter().all(|address| reach.allows(*address)) {
                return Err(FetchFailed::NotPublic.into());
            }
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// The outgoing HTTP client: public addresses only, no redirects, no proxies, no cookies, little time, small answers.
pub struct Fetch {
    rules: FetchRules,
    authorities: Vec<Certificate>,
    public: OnceCell<Client>,
    public_or_loopback: OnceCell<Client>,
    loopback: OnceCell<Client>,
}

impl Fetch {
    /// Under these rules. Connections, and the system's list of authorities, wait until they are needed.
    ///
    /// # Errors
    /// The extra authorities are not PEM certificates.
    pub fn new(rules: FetchRules) -> Result<Self, Fault> {
        let authorities =
            Certificate::from_pem_bundle(&rules.extra_authorities).map_err(|error| Fault::because("the extra authorities are not PEM certificates", error))?;
        Ok(Self { rules, authorities, public: OnceCell::new(), public_or_loopback: OnceCell::new(), loopback: OnceCell::new() })
    }

    /// Send a form and wait for the answer.
    ///
    /// # Errors
    /// There is no answer, or it may not be asked for.
    pub async fn post_form(&self, purpose: Purpose, url: &str, fields: &[(&str, &str)]) -> Result<HttpResponse, FetchFailed> {
        let body = serde_urlencoded::to_string(fields).map_err(|_| FetchFailed::BadAddress)?;
        let request = openidconnect::http::Request::post(url).header("content-type", "application/x-www-form-urlencoded").body(body.into_bytes());
        self.send(purpose, request.map_err(|_| FetchFailed::BadAddress)?).await
    }

    /// Send a request and wait for the answer.
    ///
    /// # Errors
    /// There is no answer, or it may not be asked for.
    pub async fn send(&self, purpose: Purpose, request: HttpRequest) -> Result<HttpResponse, FetchFailed> {
        let request = reqwest::Request::try_from(request).map_err(|_| FetchFailed::BadAddress)?;
        let reach = self.reach(purpose, request.url())?;
        let client = self.client(reach).await?;
        let mut answer = client.execute(request).await.map_err(|error| why(&error))?;
        if answer.content_length().is_some_and(|length| length > self.rules.largest as u64) {
            return Err(FetchFailed::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| why(&error))? {
            if body.len().saturating_add(piece.len()) > self.rules.largest {
                return Err(FetchFailed::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        let mut whole = HttpResponse::new(body);
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(whole)
    }

    /// How far this URL may lead. An address written as a number never meets the resolver, so it is checked here.
    fn reach(&self, purpose: Purpose, url: &Url) -> Result<Reach, FetchFailed> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchFailed::BadAddress);
        }
        let loopback = self.rules.loopback_for.contains(&purpose);
        let reach = match url.scheme() {
            "https" if loopback => Reach::PublicOrLoopback,
            "https" => Reach::Public,
            "http" if loopback && is_loopback(url) => Reach::Loopback,
            _ => return Err(FetchFailed::BadAddress),
        };
        let written = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) => None,
            None => return Err(FetchFailed::BadAddress),
        };
        if written.is_some_and(|address| !reach.allows(address)) {
            return Err(FetchFailed::NotPublic);
        }
        Ok(reach)
    }

    async fn client(&self, reach: Reach) -> Result<&Client, FetchFailed> {
        let kept = match reach {
            Reach::Public => &self.public,
            Reach::PublicOrLoopback => &self.public_or_loopback,
            Reach::Loopback => &self.loopback,
        };
        let made =
            kept.get_or_try_init(async || self.build(reach).inspect_err(|error| tracing::error!(error.message = %error, "no outgoing requests: {error}")));
        made.await.map_err(|_| FetchFailed::NoConnection)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place: with the checked resolver, and without redirects")]
    fn build(&self, reach: Reach) -> Result<Client, reqwest::Error> {
        let resolver = Checked { names: Arc::clone(&self.rules.names), reach };
        let client = Client::builder()
            .user_agent(concat!("parvis/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(resolver)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(self.rules.patience)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(10));
        // Plain HTTP to this machine needs no authorities: it works on a system that has none.
        let client = if reach == Reach::Loopback { client.tls_certs_only([]) } else { client.tls_certs_merge(self.authorities.clone()) };
        client.build()
    }
}

/// What stood in the way, told apart as far as operators need it.
fn why(error: &reqwest::Error) -> FetchFailed {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(ours) = inner.downcast_ref::<FetchFailed>() {
            return *ours;
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        FetchFailed::TooSlow
    } else if error.is_connect() {
        FetchFailed::NoConnection
    } else {
        FetchFailed::Broken
    }
}
