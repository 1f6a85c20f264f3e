//! Addresses of before, which accounts answer to for thirty days and not longer.

use std::time::Duration;

use crate::{journey::Tools, service::account::contact, values::Fault};

/// How often this looks.
pub const PERIOD: Duration = Duration::from_mins(15);

/// Forget what is due.
///
/// # Errors
/// The store failed.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    let accounts = contact::forget_aliases(tools).await?;
    if accounts > 0 {
        tracing::info!(accounts, "addresses of before are forgotten");
    }
    Ok(())
}
