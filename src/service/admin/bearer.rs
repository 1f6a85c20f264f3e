//! Access tokens for the administration API.

use crate::{journey::Tools, values::Fault};

use super::By;

/// Who asks with this access token; `None` when it counts for nothing here.
///
/// # Errors
/// The store failed.
pub async fn caller(_tools: &Tools, _token: &str, _ip: Option<&str>, _correlation: Option<&str>) -> Result<Option<By>, Fault> {
    Ok(None)
}
