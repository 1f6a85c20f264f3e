//! `parvis setting`

use anyhow::{Context as _, Result};
use clap::Subcommand;
use reqwest::Method;
use serde_json::json;

use super::{At, assign, password};
use crate::boot::cli::shown;

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// All settings of an organisation.
    #[command(alias = "list")]
    Show,
    /// Change some.
    Update {
        /// As NAME=VALUE; null brings the default back.
        #[arg(required_unless_present = "captcha_secret_stdin", value_name = "NAME=VALUE")]
        changes: Vec<String>,
        /// Read `captcha.secret` from standard input, so that it stands in no list of processes.
        #[arg(long)]
        captcha_secret_stdin: bool,
        /// Refuse if the organisation is no longer at this rev.
        #[arg(long, value_name = "REV")]
        rev: Option<u64>,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let (server, tenant) = at.tenant().await?;
        let path = format!("{tenant}/settings");
        let settings = match self {
            Self::Show => server.ask(Method::GET, &path, None, None).await?,
            Self::Update { changes, captcha_secret_stdin, rev } => {
                let mut members = json!({});
                changes.iter().try_for_each(|change| assign(&mut members, change))?;
                if *captcha_secret_stdin {
                    let (secret, _) = password(true)?;
                    let into = members.as_object_mut().context("changes are not an object")?;
                    let captcha = into.entry("captcha").or_insert_with(|| json!({}));
                    captcha.as_object_mut().context("captcha is an object")?.insert("secret".to_owned(), json!(secret.expose()));
                }
                server.ask(Method::PATCH, &path, Some(&members), *rev).await?
            }
        };
        shown::one(&settings, at.reach.json)
    }
}
