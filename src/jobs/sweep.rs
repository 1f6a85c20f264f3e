//! Removes what has expired, a little at a time, so that no commit waits long behind it.

use std::time::Duration;

use crate::{journey::Tools, values::Fault};

/// How often.
pub const PERIOD: Duration = Duration::from_secs(30);
/// How many rows in one go.
const SLICE: usize = 500;
/// How many goes, so that a store full of old rows is cleared over some minutes and not all at once.
const GOES: usize = 40;

/// Remove what is due.
///
/// # Errors
/// The store failed.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    for _ in 0..GOES {
        let gone = tools.store.sweep(tools.now(), SLICE).await?;
        if gone < SLICE {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}
