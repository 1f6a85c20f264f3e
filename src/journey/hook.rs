//! Tells clients of what happens: the event goes into the batch of what causes it, so that neither is there without the other.

use serde::Serialize;

use super::Tools;
use crate::{
    model::{Endpoint, Hook, HookEvent, Message, MessageKind},
    storage::{Batch, Paging},
    values::{ClientId, EntropyExt as _, Fault, Timestamp},
};

/// How many endpoints an organisation may have: each event is judged against all of them.
pub const MOST_ENDPOINTS: usize = 100;

/// Whose endpoints are told.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// Those of every client of the organisation.
    Everyone,
    /// Those of these clients.
    Clients(&'a [ClientId]),
}

impl Audience<'_> {
    fn includes(self, client: &ClientId) -> bool {
        match self {
            Self::Everyone => true,
            Self::Clients(clients) => clients.contains(client),
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    event: &'a HookEvent,
    timestamp: String,
}

/// Into the batch, once for each endpoint that wants to be told. Answers with how many these are.
///
/// # Errors
/// The store failed, or the event does not encode.
pub async fn append(tools: &Tools, batch: &mut Batch, event: &HookEvent, audience: Audience<'_>) -> Result<usize, Fault> {
    let now = tools.now();
    let endpoints = tools.reads().endpoints(event.tenant(), Paging::first(MOST_ENDPOINTS)).await?;
    let told = endpoints.iter().filter(|endpoint| endpoint.wants(event.name()) && audience.includes(&endpoint.client));
    let mut count = 0;
    for endpoint in told {
        append_one(tools, batch, event, endpoint, now)?;
        count += 1;
    }
    Ok(count)
}

/// Into the batch, for this endpoint whether it wants it or not: a test. Answers with the message's name.
///
/// # Errors
/// The event does not encode.
pub fn append_one(tools: &Tools, batch: &mut Batch, event: &HookEvent, endpoint: &Endpoint, now: Timestamp) -> Result<String, Fault> {
    let seconds = i64::try_from(now.0).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_second(seconds).map_err(|error| Fault::because("an instant past the end of time", error))?;
    let body = serde_json::to_string(&Body { event, timestamp: moment.to_string() }).map_err(|error| Fault::because("a webhook does not encode", error))?;
    let hook = Hook {
        tenant: endpoint.tenant,
        client: endpoint.client.clone(),
        endpoint: endpoint.id.clone(),
        event_id: format!("msg_{}", tools.entropy.name()),
        event: event.name(),
        object: event.object(),
        body,
    };
    let id = Hook::message_id(hook.event, now, &tools.entropy.name());
    batch.insert(&Message::queued(id.clone(), MessageKind::Webhook(Box::new(hook)), now))?;
    Ok(id)
}
