//! Speaking to a server: the one on this machine, found through its data folder, or another.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use reqwest::{
    Certificate, Client, Method, RequestBuilder, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, IF_MATCH},
};
use serde_json::Value;

use crate::{
    boot::{
        config::{Config, Given},
        local,
    },
    values::Secret,
};

/// Where the server is and what opens it.
#[derive(Clone, Debug, Args)]
pub(super) struct Reach {
    /// The data folder of the server on this machine.
    #[arg(long, value_name = "DIR", global = true, help_heading = "Reaching the server")]
    data: Option<PathBuf>,
    /// Its configuration file, to learn the data folder from.
    #[arg(long, value_name = "FILE", global = true, help_heading = "Reaching the server")]
    config: Option<PathBuf>,
    /// Another server's public URL; needs --token.
    #[arg(long, value_name = "URL", global = true, env = "PARVIS_SERVER", help_heading = "Reaching the server")]
    server: Option<String>,
    /// A file with an access token for it.
    #[arg(long, value_name = "FILE", global = true, env = "PARVIS_TOKEN", help_heading = "Reaching the server")]
    token: Option<PathBuf>,
    /// Certificates in PEM to trust besides the system's.
    #[arg(long, value_name = "FILE", global = true, env = "PARVIS_CA", help_heading = "Reaching the server")]
    ca: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(super) json: bool,
}

/// A server that answers.
pub(super) struct Server {
    http: Client,
    url: String,
    token: Secret<String>,
}

impl Reach {
    /// The configuration that a server on this machine would have.
    pub(super) fn local_config(&self) -> Result<Config> {
        let data = self.data.iter().map(|path| ("data", path.to_string_lossy().into_owned())).collect();
        Config::read(&Given { flags: data, file: self.config.clone(), ..Given::default() }.with_environment())
    }

    /// Is a server meant that is not this machine's?
    pub(super) fn is_elsewhere(&self) -> bool {
        self.server.is_some()
    }

    /// Find the server and what opens it.
    pub(super) fn server(&self) -> Result<Server> {
        let mut extra = self.ca.clone().into_iter().collect::<Vec<_>>();
        let (url, token, connect) = match (&self.server, &self.token) {
            (Some(server), Some(file)) => {
                let token = std::fs::read_to_string(file).with_context(|| format!("the token {} cannot be read", file.display()))?;
                (server.trim_end_matches('/').to_owned(), Secret::new(token.trim().to_owned()), None)
            }
            (Some(_), None) => bail!("--server needs --token: a file with an access token for it"),
            (None, _) => {
                let (whereabouts, token) = local::find(&self.local_config()?.data)?;
                extra.extend(whereabouts.certificate.clone());
                (whereabouts.url.clone(), token, Some(whereabouts))
            }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the command line speaks to its own server, where the rules against reaching inside the network would be in the way"
        )]
        let mut http = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).connect_timeout(Duration::from_secs(10));
        for path in &extra {
            let pem = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
            let certificates = Certificate::from_pem_bundle(&pem).with_context(|| format!("{} holds no certificates", path.display()))?;
            http = http.tls_certs_merge(certificates);
        }
        if let Some(whereabouts) = &connect
            && let Some(name) = url::Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned))
        {
            http = http.resolve(&name, whereabouts.connect);
        }
        Ok(Server { http: http.build().context("no client")?, url, token })
    }
}

impl Server {
    /// Ask for something; what is refused is an error in the server's words.
    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<&Value>, rev: Option<u64>) -> Result<Value> {
        let reply = self.send(method, path, body, rev).await?;
        if reply.status() == StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        let text = reply.text().await.context("the answer broke off")?;
        serde_json::from_str(&text).context("the answer is not JSON")
    }

    /// Send a piece of a file, and get the answer as it comes.
    pub(super) async fn send_file(&self, path: &str, media: &'static str, piece: Vec<u8>) -> Result<Response> {
        self.answered(self.request(Method::POST, path)?.header(CONTENT_TYPE, media).body(piece)).await
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", self.token.expose())).context("the token has letters that no token has")?;
        bearer.set_sensitive(true);
        Ok(self.http.request(method, format!("{}/api/v1{path}", self.url)).header(AUTHORIZATION, bearer))
    }

    /// Ask, and get the answer as it comes.
    pub(super) async fn send(&self, method: Method, path: &str, body: Option<&Value>, rev: Option<u64>) -> Result<Response> {
        let mut request = self.request(method, path)?;
        if let Some(body) = body {
            request = request.json(body);
        }
        if let Some(rev) = rev {
            request = request.header(IF_MATCH, format!("\"{rev}\""));
        }
        self.answered(request).await
    }

    async fn answered(&self, request: RequestBuilder) -> Result<Response> {
        let reply = request.send().await.with_context(|| format!("the server at {} does not answer", self.url))?;
        if reply.status().is_success() {
            return Ok(reply);
        }
        Err(refusal(reply).await)
    }

    /// All parts of a list.
    pub(super) async fn all(&self, path: &str) -> Result<Vec<Value>> {
        let mut items = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let cursor = after.map_or_else(String::new, |after| format!("&after={after}"));
            let part = self.ask(Method::GET, &format!("{path}?limit=200{cursor}"), None, None).await?;
            items.extend(part.get("items").and_then(Value::as_array).cloned().unwrap_or_default());
            match part.get("next").and_then(Value::as_str) {
                Some(next) => after = Some(next.to_owned()),
                None => return Ok(items),
            }
        }
    }
}

async fn refusal(reply: Response) -> anyhow::Error {
    let status = reply.status();
    let problem: Value = reply.json().await.unwrap_or(Value::Null);
    let said = |name: &str| problem.get(name).and_then(Value::as_str);
    let scope = said("scope").map(|scope| format!(" (it needs the scope {scope})")).unwrap_or_default();
    let incident = said("incident").map(|id| format!(" (incident {id})")).unwrap_or_default();
    let words = said("detail").or_else(|| said("title")).map_or_else(|| format!("the server answered {status}"), str::to_owned);
    anyhow::anyhow!("{words}{scope}{incident}")
}

/// A part of a path.
pub(super) fn part(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}
