//! What the house needs before it can serve anybody. Asked often: a look at one row, and at keys that are kept in memory.

use crate::{
    journey::Tools,
    service::keys,
    values::{Fault, Issuer, IssuerForm},
};

/// What is missing; `None` when nothing is.
///
/// # Errors
/// The store cannot be read, or a key does not open.
pub async fn missing(tools: &Tools) -> Result<Option<&'static str>, Fault> {
    let Some(tenant) = tools.reads().default_tenant().await? else { return Ok(Some("there is no default tenant")) };
    let keys = keys::of(tools, Issuer { tenant: tenant.id, form: IssuerForm::Root }).await?;
    let can_sign = keys.algorithms(tools.now()).next().is_some();
    Ok(if can_sign { None } else { Some("the default tenant has no signing key") })
}
