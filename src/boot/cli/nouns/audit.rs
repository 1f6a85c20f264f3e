//! `parvis audit`

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Subcommand, ValueEnum};
use reqwest::Method;
use serde_json::Value;

use super::At;
use crate::boot::cli::shown::{self, Column};

const COLUMNS: &[Column] = &[
    ("WHEN", "event.at"),
    ("WHAT", "event.event"),
    ("OUTCOME", "event.outcome"),
    ("WHO", "event.actor.kind"),
    ("WHICH", "event.actor.id"),
    ("ON", "event.subject.id"),
];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// What happened in an organisation.
    #[command(alias = "show")]
    List,
    /// The same as lines of JSON, each with its place in its chain, or as a table.
    Export {
        /// `ndjson`, or `csv` for a spreadsheet.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Walk every chain; the exit status is 1 when one does not hold.
    Verify,
}

/// As what a trail is taken out.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::boot::cli) enum Format {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// A table.
    Csv,
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<ExitCode> {
        if matches!(self, Self::Verify) {
            let found = at.reach.server()?.ask(Method::GET, "/audit/verify", None, None).await?;
            shown::one(&found, at.reach.json)?;
            let holds = found.get("broken").and_then(Value::as_array).is_some_and(Vec::is_empty);
            return Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let (server, tenant) = at.tenant().await?;
        if let Self::Export { format } = self {
            let format = match format {
                Format::Ndjson => "ndjson",
                Format::Csv => "csv",
            };
            let mut reply = server.send(Method::POST, &format!("{tenant}/audit/export?format={format}"), None, None).await?;
            // As it comes: a trail does not fit into memory for ever.
            while let Some(piece) = reply.chunk().await.context("the export broke off")? {
                shown::write_bytes(&piece)?;
            }
        } else {
            shown::list(server.all(&format!("{tenant}/audit")).await?, COLUMNS, at.reach.json)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
