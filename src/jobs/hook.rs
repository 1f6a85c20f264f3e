//! One webhook on its way to one endpoint. [Standard Webhooks 1.0.0]

use openidconnect::{HttpRequest, http::Request};

use super::outbox::Told;
use crate::{
    crypto::{Purpose as Seal, WebhookSecret},
    journey::Tools,
    model::{Actor, AuditEvent, Endpoint, EndpointState, EventName, Hook, Missed},
    outside::{Fetch, Purpose},
    storage::{Batch, CommitError, Loaded},
    values::{Fault, Timestamp},
};

/// The answer of an endpoint that wants nothing any more.
const GONE: u16 = 410;

/// Tell the endpoint. Only a status of 200 to 299 counts: a redirect is not followed, and what the answer says is not looked at.
pub(super) async fn tell(tools: &Tools, fetch: &Fetch, hook: &Hook) -> Result<Told, Fault> {
    let reads = tools.reads();
    let Some(endpoint) = reads.endpoint(hook.tenant, &hook.endpoint).await? else { return Ok(Told::Nobody) };
    if endpoint.state != EndpointState::Active {
        return Ok(Told::Never("the endpoint is switched off".to_owned()));
    }
    if !reads.client(hook.tenant, &hook.client).await?.is_some_and(|client| client.is_active()) {
        return Ok(Told::Never("the application is switched off".to_owned()));
    }
    let Some(request) = signed(tools, &endpoint, hook, tools.now())? else { return Ok(Told::Never("not an https address".to_owned())) };
    Ok(match fetch.send(Purpose::Webhook, request).await {
        Ok(answer) if answer.status().is_success() => Told::Yes,
        Ok(answer) if answer.status().as_u16() == GONE => {
            switch_off(tools, endpoint).await?;
            Told::Never(format!("status {GONE}"))
        }
        Ok(answer) => Told::No(Missed::Later(format!("status {}", answer.status().as_u16()))),
        Err(failed) => Told::No(Missed::Down(failed.to_string())),
    })
}

/// The request, with one signature for each secret that counts now: while its owner changes over, either is enough.
fn signed(tools: &Tools, endpoint: &Endpoint, hook: &Hook, now: Timestamp) -> Result<Option<HttpRequest>, Fault> {
    let mut signatures = Vec::new();
    // The newest first: it is the one that stays.
    for secret in endpoint.live_secrets(now).collect::<Vec<_>>().into_iter().rev() {
        let bytes = tools.sealer.open(Seal::Webhook, &secret.sealed).map_err(|error| Fault::because("a webhook's secret cannot be read", error))?;
        signatures.push(WebhookSecret::from_bytes(bytes).sign(&hook.event_id, now, &hook.body));
    }
    let request = Request::post(&endpoint.url)
        .header("content-type", "application/json")
        .header("webhook-id", &hook.event_id)
        .header("webhook-timestamp", now.0.to_string())
        .header("webhook-signature", signatures.join(" "));
    Ok(request.body(hook.body.clone().into_bytes()).ok())
}

/// It asked for it. If somebody changes it at the same moment, their word counts, and the next answer of 410 is heard again.
async fn switch_off(tools: &Tools, endpoint: Loaded<Endpoint>) -> Result<(), Fault> {
    let now = tools.now();
    let mut batch = Batch::new(now);
    let mut event = AuditEvent::new(EventName::WebhookUpdated, endpoint.tenant, Actor::SYSTEM, now).on("webhook", &endpoint.id).through(&endpoint.client);
    event.reason = Some("gone".to_owned());
    batch.audit(&event)?;
    batch.update(endpoint.map(|endpoint| Endpoint { state: EndpointState::Gone, updated_at: now, ..endpoint }))?;
    match tools.store.commit(batch).await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(other) => Err(other.into()),
    }
}
