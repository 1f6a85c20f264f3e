//! The audit trail, read and verified.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{By, Page, PageAsked, Refused, page, tenant};
use crate::{
    journey::Tools,
    model::{AuditEvent, Record as _},
    policy::admin::{Place, Right},
    storage::{Paging, follows},
};

/// An event and its place.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct EventShown {
    /// Which chain.
    pub stream: u8,
    /// Its place there.
    pub sequence: u64,
    /// The hash that the chain has here.
    pub hash: String,
    /// What happened.
    #[schema(value_type = Object)]
    pub event: serde_json::Value,
}

/// What came of looking at every event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Verified {
    /// How many were looked at.
    pub events: u64,
    /// Where a chain is broken; empty when all is well.
    pub broken: Vec<Break>,
}

/// A place where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Break {
    /// Which chain.
    pub stream: u8,
    /// At which event.
    pub sequence: u64,
    /// What is wrong there.
    pub why: String,
}

/// The events of an organisation, in the order they happened.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<EventShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AuditRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().audit_of(tenant.id, paging).await?, limit, |row| EventShown {
        stream: row.stream,
        sequence: row.sequence,
        hash: row.hash.clone(),
        event: serde_json::from_str(&row.event).unwrap_or_else(|_| serde_json::Value::String(row.event.clone())),
    }))
}

/// Walk every chain from its first event. The chains hold all organisations' events, so this is for operators.
///
/// # Errors
/// See [`Refused`].
pub async fn verify(tools: &Tools, by: &By) -> Result<Verified, Refused> {
    by.must(Right::AuditRead, Place::House)?;
    let reads = tools.reads();
    let mut verified = Verified { events: 0, broken: Vec::new() };
    let last = last_known(tools).await?;
    for stream in 0..AuditEvent::STREAMS {
        let mut before = None;
        let mut sequence = 1;
        while let Some(record) = reads.audit_at(stream, sequence).await? {
            if let Err(why) = follows(before.as_ref(), &record) {
                verified.broken.push(Break { stream, sequence, why: why.to_owned() });
            }
            verified.events += 1;
            sequence += 1;
            before = Some(record.into_value());
        }
        if last.get(&stream).is_some_and(|last| *last >= sequence) {
            verified.broken.push(Break { stream, sequence, why: "it is missing".to_owned() });
        }
    }
    Ok(verified)
}

/// The last event of each chain that some organisation's list still names: a chain that ends before it has lost events.
async fn last_known(tools: &Tools) -> Result<BTreeMap<u8, u64>, Refused> {
    let reads = tools.reads();
    let mut last: BTreeMap<u8, u64> = BTreeMap::new();
    for tenant in reads.tenants(Paging::first(usize::MAX)).await? {
        let mut paging = Paging::first(1000);
        loop {
            let events = reads.audit_of(tenant.id, paging).await?;
            let Some(end) = events.last() else { break };
            paging = Paging::after(end.key(), 1000);
            let known = last.entry(end.stream).or_default();
            *known = (*known).max(end.sequence);
        }
    }
    Ok(last)
}
