//! Writes down how many tokens clients got for themselves: one event for each client, grant and minute.

use std::time::Duration;

use crate::{journey::Tools, model::AuditEvent, service::token::TokenCounts, storage::Batch, values::Fault};

/// How often.
pub const PERIOD: Duration = Duration::from_secs(20);

/// Write the minutes that are over.
///
/// # Errors
/// The store failed; what was not written is kept for the next time.
pub async fn run(tools: &Tools, counts: &TokenCounts) -> Result<(), Fault> {
    write(tools, counts, counts.drain(tools.now())).await
}

/// Write everything: the server stops.
///
/// # Errors
/// The store failed.
pub async fn last(tools: &Tools, counts: &TokenCounts) -> Result<(), Fault> {
    write(tools, counts, counts.drain_all()).await
}

async fn write(tools: &Tools, counts: &TokenCounts, events: Vec<AuditEvent>) -> Result<(), Fault> {
    if events.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new(tools.now());
    for event in &events {
        batch.audit(event)?;
    }
    let written = tools.store.commit(batch).await;
    if written.is_err() {
        counts.restore(&events);
    }
    Ok(written?)
}
