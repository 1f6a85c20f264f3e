//! `parvis api`

use anyhow::{Context as _, Result};
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, Changes, names, said};
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] =
    &[("IDENTIFIER", "identifier"), ("NAME", "names.fr"), ("TOKENS", "token_format"), ("ALGORITHM", "algorithm"), ("BUILT IN", "built_in")];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The APIs of an organisation.
    List,
    /// One.
    Show {
        /// Its identifier.
        identifier: String,
    },
    /// Make one.
    Create {
        /// Its identifier, a URI: what `aud` says in its tokens.
        #[arg(long, value_name = "URI")]
        identifier: String,
        /// Its name on pages.
        #[arg(long)]
        name: String,
        /// Its English name, where it has another.
        #[arg(long)]
        name_en: Option<String>,
        /// One permission and what a person reads, as in invoice.read=Lire vos factures; may be repeated.
        #[arg(long = "scope", value_name = "NAME=TITLE")]
        scopes: Vec<String>,
        /// jwt or opaque.
        #[arg(long, default_value = "jwt")]
        token_format: String,
        /// What its JWTs are signed with: RS256, ES256, EdDSA or PS256.
        #[arg(long, default_value = "RS256")]
        algorithm: String,
        /// Life of its tokens; the organisation's setting unless said.
        #[arg(long, value_name = "SECONDS")]
        lifetime: Option<u64>,
    },
    /// Change one.
    Update {
        /// Its identifier.
        identifier: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Take one away that no application may ask for any more.
    Delete {
        /// Its identifier.
        identifier: String,
    },
}

fn scope(text: &String) -> Result<Value> {
    let (name, title) = text.split_once('=').with_context(|| format!("{text:?} is not NAME=TITLE"))?;
    Ok(json!({ "name": name, "title": names(title, None) }))
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/apis");
        let path = |identifier: &str| format!("{all}/{}", part(identifier));
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Show { identifier } => server.ask(Method::GET, &path(identifier), None, None).await?,
            Self::Create { identifier, name, name_en, scopes, token_format, algorithm, lifetime } => {
                let api = said([
                    ("names", Some(names(name, name_en.as_ref()))),
                    ("scopes", Some(scopes.iter().map(scope).collect::<Result<Value>>()?)),
                    ("token_format", Some(json!(token_format))),
                    ("algorithm", Some(json!(algorithm))),
                    ("lifetime", lifetime.map(|seconds| json!(seconds))),
                ]);
                server.ask(Method::POST, &all, Some(&json!({ "identifier": identifier, "api": api })), None).await?
            }
            Self::Update { identifier, changes } => server.ask(Method::PATCH, &path(identifier), Some(&changes.patch()?), changes.rev).await?,
            Self::Delete { identifier } => {
                server.ask(Method::DELETE, &path(identifier), None, None).await?;
                json!({ "identifier": identifier, "deleted": true })
            }
        };
        shown::one(&shown, as_json)
    }
}
