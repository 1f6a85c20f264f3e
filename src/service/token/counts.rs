//! Tokens that leave no record of their own, counted.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    model::{Actor, AuditEvent, EventName},
    values::{ClientId, GrantType, TenantId, Timestamp},
};

/// One client, one grant, one minute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Counted {
    tenant: TenantId,
    client: ClientId,
    grant: GrantType,
    minute: u64,
}

/// How many tokens clients got for themselves, in memory until a job writes them to the audit trail: one event for each client, grant and minute. A crash
/// loses the count of its minute, never a token's effect.
#[derive(Debug, Default)]
pub struct TokenCounts(Mutex<HashMap<Counted, u64>>);

impl TokenCounts {
    fn inside(&self) -> MutexGuard<'_, HashMap<Counted, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more.
    pub fn count(&self, tenant: TenantId, client: &ClientId, grant: GrantType, now: Timestamp) {
        *self.inside().entry(Counted { tenant, client: client.clone(), grant, minute: now.0 / 60 }).or_default() += 1;
    }

    /// Take out the minutes that are over, as events, the oldest first. Whoever cannot write them gives them back with [`TokenCounts::restore`].
    #[must_use]
    pub fn drain(&self, now: Timestamp) -> Vec<AuditEvent> {
        self.take(|minute| minute < now.0 / 60)
    }

    /// Take out everything: the server stops.
    #[must_use]
    pub fn drain_all(&self) -> Vec<AuditEvent> {
        self.take(|_| true)
    }

    fn take(&self, is_over: impl Fn(u64) -> bool) -> Vec<AuditEvent> {
        let mut over: Vec<(Counted, u64)> = self.inside().extract_if(|counted, _| is_over(counted.minute)).collect();
        over.sort_by(|(a, _), (b, _)| (a.minute, a.tenant, &a.client).cmp(&(b.minute, b.tenant, &b.client)));
        over.into_iter().map(|(counted, count)| event(&counted, count)).collect()
    }

    /// Put events back that could not be written.
    pub fn restore(&self, events: &[AuditEvent]) {
        let mut inside = self.inside();
        for event in events {
            if let (Some(client), Some(grant), Some(count)) = (&event.client, event.method.as_deref().and_then(GrantType::parse), event.count) {
                *inside.entry(Counted { tenant: event.tenant, client: client.clone(), grant, minute: event.at.0 / 60 }).or_default() += count;
            }
        }
    }
}

fn event(counted: &Counted, count: u64) -> AuditEvent {
    let made = AuditEvent::new(EventName::TokenIssued, counted.tenant, Actor::client(&counted.client), Timestamp(counted.minute * 60));
    AuditEvent { count: Some(count), ..made.through(&counted.client).by(counted.grant.as_str()) }
}
