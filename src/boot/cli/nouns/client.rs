//! `parvis client`

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, Changes, act, json_file, names, said};
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] =
    &[("CLIENT ID", "client_id"), ("NAME", "names.fr"), ("KIND", "kind"), ("AUTHENTICATION", "auth_method"), ("STATE", "state"), ("SCOPES", "scopes")];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The applications of an organisation.
    List,
    /// One application.
    Show {
        /// Its client_id.
        id: String,
    },
    /// Register one; its secret is shown this once.
    Create(Box<New>),
    /// Change one.
    Update {
        /// Its client_id.
        id: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Make a new secret, shown this once.
    Secret {
        /// Its client_id.
        id: String,
        /// For how many seconds the old secrets still work.
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        keep: u64,
    },
    /// Switch one on.
    Enable {
        /// Its client_id.
        id: String,
    },
    /// Switch one off: nobody gets in through it, and its tokens are nothing.
    Disable {
        /// Its client_id.
        id: String,
    },
    /// Put one away.
    Archive {
        /// Its client_id.
        id: String,
    },
    /// Vouch for its publisher.
    Verify {
        /// Its client_id.
        id: String,
    },
    /// Stop vouching for its publisher.
    Doubt {
        /// Its client_id.
        id: String,
    },
}

/// A new application.
#[derive(Debug, Args)]
pub(in crate::boot::cli) struct New {
    /// Its client_id; made up unless said.
    #[arg(long)]
    id: Option<String>,
    /// Its name on pages.
    #[arg(long)]
    name: String,
    /// Its English name, where it has another.
    #[arg(long)]
    name_en: Option<String>,
    /// Where it runs: web, browser, native or service.
    #[arg(long, default_value = "web")]
    kind: String,
    /// Where browsers may be sent back to; may be repeated.
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// Where browsers may be sent after signing out; may be repeated.
    #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
    post_logout_redirect_uris: Vec<String>,
    /// How it proves itself: client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt or none; by its kind unless said.
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// What it may do at the token endpoint, by its kind unless said; may be repeated.
    #[arg(long = "grant-type", value_name = "GRANT")]
    grant_types: Vec<String>,
    /// What it may ask for, apart by spaces; may be repeated. openid profile email unless said.
    #[arg(long = "scope", value_name = "SCOPES")]
    scopes: Vec<String>,
    /// It may do without PKCE; for clients that prove themselves.
    #[arg(long)]
    no_pkce: bool,
    /// People are not asked: it belongs to the organisation itself.
    #[arg(long)]
    no_consent: bool,
    /// Its public keys, a JWK Set.
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// What its ID tokens are signed with: RS256, ES256, EdDSA or PS256.
    #[arg(long, value_name = "ALGORITHM")]
    id_token_algorithm: Option<String>,
    /// Who publishes it.
    #[arg(long)]
    publisher_name: Option<String>,
    /// The publisher's domain.
    #[arg(long)]
    publisher_domain: Option<String>,
    /// Where logout tokens are sent.
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    /// Where it begins a sign-in that somebody else asks for: after an invitation, people are sent there.
    #[arg(long, value_name = "URL")]
    initiate_login_uri: Option<String>,
    #[command(flatten)]
    changes: Changes,
}

impl New {
    fn body(&self) -> Result<Value> {
        let usual_method = if matches!(self.kind.as_str(), "browser" | "native") { "none" } else { "client_secret_basic" };
        let mut scopes: Vec<&str> = self.scopes.iter().flat_map(|text| text.split_whitespace()).collect();
        if scopes.is_empty() && self.kind != "service" {
            scopes = vec!["openid", "profile", "email"];
        }
        let publisher =
            said([("name", self.publisher_name.as_ref().map(|name| json!(name))), ("domain", self.publisher_domain.as_ref().map(|name| json!(name)))]);
        let client = said([
            ("names", Some(names(&self.name, self.name_en.as_ref()))),
            ("kind", Some(json!(self.kind))),
            ("redirect_uris", Some(json!(self.redirect_uris))),
            ("post_logout_redirect_uris", Some(json!(self.post_logout_redirect_uris))),
            ("auth_method", Some(json!(self.auth_method.as_deref().unwrap_or(usual_method)))),
            ("grant_types", Some(json!(self.grant_types))),
            ("scopes", Some(json!(scopes))),
            ("pkce", self.no_pkce.then(|| json!("waived"))),
            ("consent", self.no_consent.then(|| json!("implied"))),
            ("jwks", self.jwks.as_deref().map(json_file).transpose()?),
            ("id_token_algorithm", self.id_token_algorithm.as_ref().map(|name| json!(name))),
            ("publisher", Some(publisher)),
            ("initiate_login_uri", self.initiate_login_uri.as_ref().map(|uri| json!(uri))),
            ("backchannel_logout_uri", self.backchannel_logout_uri.as_ref().map(|uri| json!(uri))),
        ]);
        Ok(said([("client_id", self.id.as_ref().map(|id| json!(id))), ("client", Some(self.changes.over(client)?))]))
    }
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/clients");
        let path = |id: &str| format!("{all}/{}", part(id));
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Show { id } => server.ask(Method::GET, &path(id), None, None).await?,
            Self::Create(new) => server.ask(Method::POST, &all, Some(&new.body()?), None).await?,
            Self::Update { id, changes } => server.ask(Method::PATCH, &path(id), Some(&changes.patch()?), changes.rev).await?,
            Self::Secret { id, keep } => server.ask(Method::POST, &format!("{}/secrets", path(id)), Some(&json!({ "keep_seconds": keep })), None).await?,
            Self::Enable { id } => act(&server, &format!("{}/enable", path(id))).await?,
            Self::Disable { id } => act(&server, &format!("{}/disable", path(id))).await?,
            Self::Archive { id } => act(&server, &format!("{}/archive", path(id))).await?,
            Self::Verify { id } => server.ask(Method::PUT, &format!("{}/publisher/verified", path(id)), None, None).await?,
            Self::Doubt { id } => server.ask(Method::DELETE, &format!("{}/publisher/verified", path(id)), None, None).await?,
        };
        shown::one(&shown, as_json)
    }
}
