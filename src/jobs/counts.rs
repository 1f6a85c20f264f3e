//! Writes the counts of tokens that leave no record of their own to the audit trail.

use std::time::Duration;

use crate::{journey::Tools, model::AuditEvent, service::token::TokenCounts, storage::Batch, values::Fault};

/// How often.
pub const PERIOD: Duration = Duration::from_secs(60);

/// Write the minutes that are over.
///
/// # Errors
/// The store failed; the counts stay for the next time.
pub async fn run(tools: &Tools, counts: &TokenCounts) -> Result<(), Fault> {
    write(tools, counts, counts.drain(tools.now())).await
}

/// Write everything: the server stops.
///
/// # Errors
/// The store failed.
pub async fn finish(tools: &Tools, counts: &TokenCounts) -> Result<(), Fault> {
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
    if let Err(error) = tools.store.commit(batch).await {
        counts.restore(&events);
        return Err(error.into());
    }
    Ok(())
}
