//! Signing keys are replaced every ninety days: the new one is published a day before it signs, the old one leaves when its last token has ended.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    journey::Tools,
    model::Actor,
    service::keys::{self, Start},
    storage::Paging,
    values::{Algorithm, Fault, Issuer, IssuerForm, Timestamp},
};

/// How often this looks.
pub const PERIOD: Duration = Duration::from_hours(1);
/// How old a key gets before its successor is made.
const AGE: u64 = 90 * 86_400;

/// Rotate what is due, and notice keys that others made.
///
/// # Errors
/// The store failed, or a key could not be made.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    for tenant in tools.reads().tenants(Paging::first(usize::MAX)).await? {
        for form in [IssuerForm::Root, IssuerForm::Tenant] {
            if form == IssuerForm::Root && !tenant.is_default {
                continue;
            }
            let issuer = Issuer { tenant: tenant.id, form };
            for algorithm in due(tools, issuer).await? {
                let kid = keys::rotate(tools, issuer, algorithm, Start::Ahead, Actor::SYSTEM).await?;
                tracing::info!("key.id" = %kid, "key.algorithm" = %algorithm, "tenant.id" = %tenant.id, "a signing key has a successor");
            }
        }
    }
    Ok(())
}

/// The algorithms whose newest key has signed for long enough.
async fn due(tools: &Tools, issuer: Issuer) -> Result<Vec<Algorithm>, Fault> {
    let now = tools.now();
    let mut newest: BTreeMap<Algorithm, Timestamp> = BTreeMap::new();
    for key in tools.reads().signing_keys(issuer).await?.into_iter().filter(|key| key.retired_at.is_none()) {
        let known = newest.entry(key.algorithm).or_default();
        *known = (*known).max(key.active_from);
    }
    Ok(newest.into_iter().filter(|(_, since)| now.since(*since) >= AGE).map(|(algorithm, _)| algorithm).collect())
}
