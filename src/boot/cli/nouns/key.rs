//! `parvis key`

use anyhow::Result;
use clap::Subcommand;
use reqwest::Method;
use serde_json::json;

use super::At;
use crate::boot::cli::shown::{self, Column};

const COLUMNS: &[Column] = &[
    ("KEY", "kid"),
    ("ISSUER", "issuer"),
    ("ALGORITHM", "algorithm"),
    ("SIGNS", "active"),
    ("FROM", "active_from"),
    ("RETIRED", "retired_at"),
    ("GONE", "gone_at"),
];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The keys of an organisation's issuers.
    #[command(alias = "show")]
    List,
    /// Let a new key take over: published a day before it signs.
    Rotate {
        /// At which of the organisation's issuers: root or tenant.
        #[arg(long, default_value = "tenant")]
        issuer: String,
        /// For which algorithm: RS256, ES256, EdDSA or PS256.
        #[arg(long, default_value = "RS256")]
        algorithm: String,
        /// At once, because the old key is in the wrong hands.
        #[arg(long)]
        now: bool,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let (server, tenant) = at.tenant().await?;
        match self {
            Self::List => shown::list(server.all(&format!("{tenant}/keys")).await?, COLUMNS, at.reach.json),
            Self::Rotate { issuer, algorithm, now } => {
                let body = json!({ "issuer": issuer, "algorithm": algorithm, "now": now });
                shown::one(&server.ask(Method::POST, &format!("{tenant}/keys/rotate"), Some(&body), None).await?, at.reach.json)
            }
        }
    }
}
