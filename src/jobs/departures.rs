//! What people asked for about their own account and need not wait for: exports are made, and accounts go when their time of grace is over.

use std::time::Duration;

use crate::{
    journey::Tools,
    service::account::{deletion::carried_out, export},
    values::Fault,
};

/// How often exports are looked for.
pub const PERIOD_OF_EXPORTS: Duration = Duration::from_secs(5);
/// How often accounts that are due are looked for.
pub const PERIOD_OF_DELETIONS: Duration = Duration::from_mins(10);

/// Make what exports there are to make.
///
/// # Errors
/// The store failed.
pub async fn export(tools: &Tools) -> Result<(), Fault> {
    export::pass(tools).await.map(drop)
}

/// Let go what is due.
///
/// # Errors
/// The store failed.
pub async fn delete(tools: &Tools) -> Result<(), Fault> {
    let accounts = carried_out::pass(tools).await?;
    if accounts > 0 {
        tracing::info!(accounts, "accounts are deleted, as their owners asked");
    }
    Ok(())
}
