//! `parvis setting`

use anyhow::Result;
use clap::Subcommand;
use reqwest::Method;
use serde_json::json;

use super::{At, assign};
use crate::boot::cli::shown;

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// All settings of an organisation.
    #[command(alias = "list")]
    Show,
    /// Change some.
    Update {
        /// As NAME=VALUE; null brings the default back.
        #[arg(required = true, value_name = "NAME=VALUE")]
        changes: Vec<String>,
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
            Self::Update { changes, rev } => {
                let mut members = json!({});
                changes.iter().try_for_each(|change| assign(&mut members, change))?;
                server.ask(Method::PATCH, &path, Some(&members), *rev).await?
            }
        };
        shown::one(&settings, at.reach.json)
    }
}
