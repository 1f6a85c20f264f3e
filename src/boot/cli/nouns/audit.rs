//! `parvis audit`

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;
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
    /// The same as lines of JSON, each with its place in its chain.
    Export,
    /// Walk every chain; the exit status is 1 when one does not hold.
    Verify,
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
        let events = server.all(&format!("{tenant}/audit")).await?;
        if matches!(self, Self::Export) {
            events.iter().try_for_each(|event| shown::write(&format!("{event}\n")))?;
        } else {
            shown::list(events, COLUMNS, at.reach.json)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
