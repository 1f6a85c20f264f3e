//! The audit trail, read, verified and taken out.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{By, Page, Refused, invalid, tenant};
use crate::{
    journey::Tools,
    model::{AuditEvent, AuditRecord, EventName, Key, Outcome, Record as _, Tenant},
    policy::admin::{Place, Right},
    storage::{Loaded, Paging, follows},
    values::{AccountId, Email, TenantId, Timestamp},
};

mod export;
mod shown;

pub use export::{Export, ExportFormat, export};
pub use shown::EventShown;

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

/// Which events are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventsAsked {
    /// The `next` of the part before.
    pub after: Option<String>,
    /// At most this many, 50 unless said, 200 at most.
    pub limit: Option<usize>,
    /// The latest first.
    pub newest: bool,
    /// By this account or about it: its id, address or login name. Refreshed tokens are not found so.
    pub person: Option<String>,
    /// Of this name.
    pub event: Option<String>,
    /// Through this application.
    pub client: Option<String>,
    /// From this day on, `YYYY-MM-DD`, in UTC.
    pub from: Option<String>,
    /// Until this day, that day included.
    pub until: Option<String>,
    /// That went so: `success`, `failure` or `refused`.
    pub outcome: Option<String>,
}

/// So many events are read at once.
const PAGE: usize = 200;
/// So many are looked at for one answer.
const LOOKED_AT: usize = 1_000;
/// The most that is given at once.
const MOST: usize = 200;
const DAY: u64 = 86_400;
/// Events of one moment may stand a little out of their order.
const LEEWAY: u64 = 60;

/// What is asked for, understood.
#[derive(Clone, Debug)]
struct Wanted {
    tenant: TenantId,
    person: Option<AccountId>,
    event: Option<EventName>,
    client: Option<String>,
    from: Option<Timestamp>,
    before: Option<Timestamp>,
    outcome: Option<Outcome>,
}

impl Wanted {
    async fn understand(tools: &Tools, tenant: &Tenant, asked: &EventsAsked) -> Result<Self, Refused> {
        let word = |text: &str| serde_json::Value::String(text.to_owned());
        let person = match &asked.person {
            Some(who) => Some(account_named(tools, tenant.id, who).await?.ok_or_else(|| invalid("person", "is no account of this organisation"))?),
            None => None,
        };
        let event = asked.event.as_deref().map(|name| serde_json::from_value(word(name))).transpose().map_err(|_| invalid("event", "is no event"))?;
        let outcome = asked.outcome.as_deref().map(|name| serde_json::from_value(word(name))).transpose();
        Ok(Self {
            tenant: tenant.id,
            person,
            event,
            client: asked.client.clone(),
            from: asked.from.as_deref().map(|text| day("from", text)).transpose()?,
            before: asked.until.as_deref().map(|text| day("until", text).map(|day| day.plus(DAY))).transpose()?,
            outcome: outcome.map_err(|_| invalid("outcome", "is success, failure or refused"))?,
        })
    }

    fn takes(&self, event: &AuditEvent) -> bool {
        event.tenant == self.tenant
            && self.event.is_none_or(|name| event.event == name)
            && self.client.as_ref().is_none_or(|client| event.client.as_ref().is_some_and(|through| through.to_string() == *client))
            && self.from.is_none_or(|from| event.at >= from)
            && self.before.is_none_or(|before| event.at < before)
            && self.outcome.is_none_or(|outcome| event.outcome == outcome)
    }

    /// Is what is wanted behind, in this direction?
    fn is_past(&self, at: Timestamp, newest: bool) -> bool {
        if newest { self.from.is_some_and(|from| at.plus(LEEWAY) < from) } else { self.before.is_some_and(|before| at >= before.plus(LEEWAY)) }
    }
}

/// An account of the organisation; by its id one whose home is elsewhere, too, as people act where they are members.
async fn account_named(tools: &Tools, home: TenantId, who: &str) -> Result<Option<AccountId>, Refused> {
    let who = who.trim();
    let reads = tools.reads();
    Ok(match (who.parse::<AccountId>(), who.parse::<Email>()) {
        (Ok(id), _) => Some(id),
        (_, Ok(email)) => reads.account_by_email(home, &email).await?.map(|account| account.id),
        _ => reads.account_by_login(home, &who.to_lowercase()).await?.map(|account| account.id),
    })
}

fn day(field: &'static str, text: &str) -> Result<Timestamp, Refused> {
    let day: jiff::civil::Date = text.trim().parse().map_err(|_| invalid(field, "is YYYY-MM-DD"))?;
    let start = day.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| invalid(field, "is YYYY-MM-DD"))?;
    u64::try_from(start.timestamp().as_second()).map(Timestamp).map_err(|_| invalid(field, "is after 1970"))
}

/// Part of the events of an organisation, in their order or the latest first. A part may be short, or empty, and still have a next one: what is looked at in
/// vain is counted.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &EventsAsked) -> Result<Page<EventShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AuditRead).await?;
    let wanted = Wanted::understand(tools, &tenant, asked).await?;
    let limit = asked.limit.unwrap_or(50).clamp(1, MOST);
    let place = asked.after.as_deref().map(opened).transpose()?;
    let (rows, next) = part(tools, &wanted, (place, asked.newest), limit).await?;
    let mut items = Vec::with_capacity(rows.len());
    let mut names = BTreeMap::new();
    for row in rows {
        items.push(EventShown::of(tools, row, &mut names).await?);
    }
    Ok(Page { items, next: next.map(|next| URL_SAFE_NO_PAD.encode(next.as_str())) })
}

fn opened(cursor: &str) -> Result<Key, Refused> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.map(Key::from_stored).ok_or_else(|| invalid("after", "not a place in this list"))
}

/// Rows that fit, and where to go on. An organisation's events are in one chain, so their keys are in the order of time.
async fn part(
    tools: &Tools,
    wanted: &Wanted,
    (place, newest): (Option<Key>, bool),
    limit: usize,
) -> Result<(Vec<(Loaded<AuditRecord>, AuditEvent)>, Option<Key>), Refused> {
    let stream = AuditEvent::stream_of(wanted.tenant);
    let mut place = match place {
        Some(place) => place,
        None if newest => match wanted.before {
            Some(before) => AuditRecord::key_of(stream, sequence_at(tools, stream, before.plus(LEEWAY)).await?),
            None => AuditRecord::key_of(stream, u64::MAX),
        },
        None => match wanted.from {
            Some(from) => AuditRecord::key_of(stream, sequence_at(tools, stream, from.minus(LEEWAY)).await?.saturating_sub(1)),
            None => AuditRecord::key_of(stream, 0),
        },
    };
    let (mut found, mut looked_at) = (Vec::new(), 0);
    loop {
        let paging = if newest { Paging::before(place.clone(), PAGE) } else { Paging::after(place.clone(), PAGE) };
        let reads = tools.reads();
        let rows = match wanted.person {
            Some(person) => reads.audit_of_account(person, paging).await?,
            None => reads.audit_of(wanted.tenant, paging).await?,
        };
        let is_end = rows.len() < PAGE;
        for row in rows {
            // Events of other chains belong to other organisations.
            if row.stream != stream {
                return Ok((found, None));
            }
            looked_at += 1;
            place = row.key();
            let Ok(event) = serde_json::from_str::<AuditEvent>(&row.event) else { continue };
            if wanted.is_past(event.at, newest) {
                return Ok((found, None));
            }
            if wanted.takes(&event) {
                found.push((row, event));
            }
            if found.len() == limit || looked_at == LOOKED_AT {
                return Ok((found, Some(place)));
            }
        }
        if is_end {
            return Ok((found, None));
        }
    }
}

/// The first place of a chain whose event is not before this time, or the one behind its end.
async fn sequence_at(tools: &Tools, stream: u8, at: Timestamp) -> Result<u64, Refused> {
    let reads = tools.reads();
    let (mut low, mut high) = (1, 1);
    while event_at(reads.audit_at(stream, high).await?).is_some_and(|found| found < at) {
        (low, high) = (high + 1, high * 2);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if event_at(reads.audit_at(stream, middle).await?).is_some_and(|found| found < at) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

fn event_at(record: Option<Loaded<AuditRecord>>) -> Option<Timestamp> {
    serde_json::from_str::<AuditEvent>(&record?.event).ok().map(|event| event.at)
}

/// Walk every chain from its first event. The chains hold all organisations' events, so this is for operators.
///
/// # Errors
/// See [`Refused`].
pub async fn verify(tools: &Tools, by: &By) -> Result<Verified, Refused> {
    by.must(Right::AuditRead, Place::House)?;
    let mut verified = Verified { events: 0, broken: Vec::new() };
    let last = last_known(tools).await?;
    for stream in 0..AuditEvent::STREAMS {
        walk(tools, stream, last.get(&stream).copied(), &mut verified).await?;
    }
    Ok(verified)
}

/// Walk the chain that an organisation's events are in. What else is in it is counted and not shown.
///
/// # Errors
/// See [`Refused`].
pub async fn verify_chain(tools: &Tools, by: &By, name: &str) -> Result<Verified, Refused> {
    let tenant = tenant(tools, by, name, Right::AuditRead).await?;
    let stream = AuditEvent::stream_of(tenant.id);
    let last = tools.reads().audit_of(tenant.id, Paging::last(1)).await?.first().map(|event| event.sequence);
    let mut verified = Verified { events: 0, broken: Vec::new() };
    walk(tools, stream, last, &mut verified).await?;
    Ok(verified)
}

async fn walk(tools: &Tools, stream: u8, last: Option<u64>, verified: &mut Verified) -> Result<(), Refused> {
    let reads = tools.reads();
    let (mut before, mut sequence) = (None, 1);
    while let Some(record) = reads.audit_at(stream, sequence).await? {
        if let Err(why) = follows(before.as_ref(), &record) {
            verified.broken.push(Break { stream, sequence, why: why.to_owned() });
        }
        verified.events += 1;
        sequence += 1;
        before = Some(record.into_value());
    }
    if last.is_some_and(|last| last >= sequence) {
        verified.broken.push(Break { stream, sequence, why: "it is missing".to_owned() });
    }
    Ok(())
}

/// The last event of each chain that some organisation's list still names: a chain that ends before it has lost events.
async fn last_known(tools: &Tools) -> Result<BTreeMap<u8, u64>, Refused> {
    let reads = tools.reads();
    let mut last: BTreeMap<u8, u64> = BTreeMap::new();
    for tenant in reads.tenants(Paging::first(usize::MAX)).await? {
        if let Some(end) = reads.audit_of(tenant.id, Paging::last(1)).await?.first() {
            let known = last.entry(end.stream).or_default();
            *known = (*known).max(end.sequence);
        }
    }
    Ok(last)
}

/// An account's events in one organisation, the latest first.
pub(super) async fn events_of(tools: &Tools, tenant: TenantId, account: AccountId, most: usize) -> Result<Vec<AuditEvent>, Refused> {
    let wanted = Wanted { tenant, person: Some(account), event: None, client: None, from: None, before: None, outcome: None };
    let (rows, _) = part(tools, &wanted, (None, true), most).await?;
    Ok(rows.into_iter().map(|(_, event)| event).collect())
}
