//! Endpoints of webhooks, and what became of what was sent to them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, members, page, patched, tenant, written};
use crate::{
    crypto::{Purpose, WebhookSecret},
    journey::{
        Tools,
        hook::{self, MOST_ENDPOINTS},
    },
    model::{Endpoint, EndpointSecret, EndpointState, EventName, Hook, HookEvent, HookName, Message, MessageKind, MessageState, Tenant},
    outside::is_public,
    policy::admin::Right,
    storage::{Batch, Loaded, Paging},
    values::{ClientId, EntropyExt as _, Secret, TenantId, Timestamp},
};

/// How long old secrets may live beside a new one.
const LONGEST_OVERLAP: u64 = 30 * 86_400;

/// An endpoint as it is shown: never its secret.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookShown {
    /// Its name.
    pub id: String,
    /// Whose it is.
    #[schema(value_type = String)]
    pub client_id: ClientId,
    /// Where.
    pub url: String,
    /// Of what it is told.
    pub events: BTreeSet<HookName>,
    /// Does it get anything? `gone`: it answered 410.
    pub state: EndpointState,
    /// Its secrets, by their first characters.
    pub secrets: Vec<WebhookSecretShown>,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

/// A secret as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookSecretShown {
    /// Its first characters.
    pub hint: String,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Until when; absent where it does not end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub expires_at: Option<Timestamp>,
}

/// What may be written about an endpoint.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookWritten {
    /// Where: an https URL that leads to the public internet.
    pub url: String,
    /// Of what it is told.
    pub events: BTreeSet<HookName>,
    /// Does it get anything? An endpoint that is gone comes back with `active`.
    #[serde(default = "active")]
    pub state: EndpointState,
}

fn active() -> EndpointState {
    EndpointState::Active
}

/// A new endpoint.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Whose it is.
    #[schema(value_type = String)]
    pub client_id: ClientId,
    /// What is written about it.
    pub webhook: WebhookWritten,
}

/// An endpoint with a secret, shown this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookMade {
    /// What its messages are signed with: `whsec_…`.
    pub secret: String,
    /// As it is registered.
    pub webhook: Shown<WebhookShown>,
}

/// How to change over to a new secret.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookRotation {
    /// For how many seconds messages are signed with the old secrets, too; a day unless said.
    pub keep_seconds: u64,
}

impl Default for WebhookRotation {
    fn default() -> Self {
        Self { keep_seconds: 86_400 }
    }
}

/// A webhook that was queued.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryQueued {
    /// Its name.
    pub id: String,
}

/// A webhook on its way, or given up.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryShown {
    /// Its name.
    pub id: String,
    /// `webhook-id`, as the endpoint sees it.
    pub webhook_id: String,
    /// To which endpoint.
    pub webhook: String,
    /// What happened.
    pub event: HookName,
    /// What is sent.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// `queued`, `failed` or `sent`.
    #[schema(value_type = String)]
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// What stood in the way last: a status or a kind of failure, never what was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// When it is tried next, or was to be.
    #[schema(value_type = u64)]
    pub due_at: Timestamp,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
}

fn shown_at(rev: u64, endpoint: &Endpoint) -> Shown<WebhookShown> {
    let secret = |secret: &EndpointSecret| WebhookSecretShown { hint: secret.hint.clone(), created_at: secret.created_at, expires_at: secret.expires_at };
    let it = WebhookShown {
        id: endpoint.id.clone(),
        client_id: endpoint.client.clone(),
        url: endpoint.url.clone(),
        events: endpoint.events.clone(),
        state: endpoint.state,
        secrets: endpoint.secrets.iter().map(secret).collect(),
        created_at: endpoint.created_at,
        updated_at: endpoint.updated_at,
    };
    Shown { rev, it }
}

fn delivery(message: &Message) -> Option<DeliveryShown> {
    let hook = message.hook()?;
    Some(DeliveryShown {
        id: message.id.clone(),
        webhook_id: hook.event_id.clone(),
        webhook: hook.endpoint.clone(),
        event: hook.event,
        body: serde_json::from_str(&hook.body).unwrap_or_default(),
        state: message.state,
        tries: message.tries,
        reply: message.reply.clone(),
        due_at: message.due_at,
        created_at: message.created_at,
    })
}

/// The endpoints of an organisation's applications.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<WebhookShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().endpoints(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, id: &str) -> Result<Shown<WebhookShown>, Refused> {
    let (_, found) = find(tools, by, (name, id), Right::ClientRead).await?;
    Ok(shown_at(found.version(), &found))
}

async fn find(tools: &Tools, by: &By, place: (&str, &str), right: Right) -> Result<(Loaded<Tenant>, Loaded<Endpoint>), Refused> {
    let tenant = tenant(tools, by, place.0, right).await?;
    let found = tools.reads().endpoint(tenant.id, place.1).await?.ok_or(Refused::NotFound)?;
    Ok((tenant, found))
}

/// Register one. Its secret is made here and shown this once.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewWebhook) -> Result<WebhookMade, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientWrite).await?;
    let client = tools.reads().client(tenant.id, &new.client_id).await?.ok_or_else(|| invalid("client_id", "is no application of this organisation"))?;
    if tools.reads().endpoints(tenant.id, Paging::first(MOST_ENDPOINTS)).await?.len() == MOST_ENDPOINTS {
        return Err(Refused::Impossible("an organisation has at most 100 endpoints"));
    }
    judged(&new.webhook)?;
    let now = tools.now();
    let (secret, kept) = made(tools)?;
    let endpoint = Endpoint {
        tenant: tenant.id,
        client: client.id.clone(),
        id: tools.entropy.uuid(now).to_string(),
        url: new.webhook.url,
        events: new.webhook.events,
        secrets: vec![kept],
        state: new.webhook.state,
        created_at: now,
        updated_at: now,
    };
    let mut batch = Batch::new(now);
    batch.unchanged(&client).insert(&endpoint)?;
    batch.audit(&by.event_saying(EventName::WebhookUpdated, tenant.id, now, "created").on("webhook", &endpoint.id))?;
    commit(tools, batch).await?;
    Ok(WebhookMade { secret: secret.expose().clone(), webhook: shown_at(1, &endpoint) })
}

fn made(tools: &Tools) -> Result<(Secret<String>, EndpointSecret), Refused> {
    let secret = WebhookSecret::make(&*tools.entropy);
    let told = secret.told();
    let sealed = tools.sealer.seal(Purpose::Webhook, secret.bytes(), &*tools.entropy)?;
    let hint = told.expose().chars().take(10).collect();
    Ok((told, EndpointSecret { sealed, hint, created_at: tools.now(), expires_at: None }))
}

/// What can be seen of an address without asking anybody; where its name leads is looked at when something is sent there.
fn judged(after: &WebhookWritten) -> Result<(), Refused> {
    written::page_url("url", Some(&after.url))?;
    let url = Url::parse(&after.url).map_err(|_| invalid("url", "is not a URL"))?;
    if url.fragment().is_some() {
        return Err(invalid("url", "has no fragment"));
    }
    let written = match url.host() {
        Some(Host::Ipv4(address)) => Some(std::net::IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(std::net::IpAddr::V6(address)),
        _ => None,
    };
    if written.is_some_and(|address| !is_public(address) && !address.is_loopback()) {
        return Err(invalid("url", "must be an address of the public internet"));
    }
    if after.events.is_empty() {
        return Err(invalid("events", "must not be empty"));
    }
    if after.state == EndpointState::Gone {
        return Err(invalid("state", "is active or disabled"));
    }
    Ok(())
}

/// Change it: its address, its events, on or off.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<WebhookShown>, Refused> {
    let (tenant, found) = find(tools, by, place, Right::ClientWrite).await?;
    as_seen(&found, rev)?;
    // Whoever changes the address of one that is gone must say that it is back.
    let state = if found.state == EndpointState::Gone { EndpointState::Disabled } else { found.state };
    let after: WebhookWritten = patched(&WebhookWritten { url: found.url.clone(), events: found.events.clone(), state }, patch)?;
    judged(&after)?;
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.map(|endpoint| Endpoint { url: after.url, events: after.events, state: after.state, updated_at: now, ..endpoint });
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::WebhookUpdated, tenant.id, now, members(patch)).on("webhook", &changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Take it away. What waits for it is given up.
///
/// # Errors
/// See [`Refused`].
pub async fn delete(tools: &Tools, by: &By, place: (&str, &str)) -> Result<(), Refused> {
    let (tenant, found) = find(tools, by, place, Right::ClientWrite).await?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    batch.delete(&found).audit(&by.event_saying(EventName::WebhookUpdated, tenant.id, now, "deleted").on("webhook", &found.id))?;
    commit(tools, batch).await
}

/// Give it a new secret, shown this once. For a while messages carry the signatures of both.
///
/// # Errors
/// See [`Refused`].
pub async fn rotate_secret(tools: &Tools, by: &By, place: (&str, &str), asked: WebhookRotation) -> Result<WebhookMade, Refused> {
    let (tenant, found) = find(tools, by, place, Right::ClientWrite).await?;
    if asked.keep_seconds > LONGEST_OVERLAP {
        return Err(invalid("keep_seconds", "is at most 2592000"));
    }
    let now = tools.now();
    let end = now.plus(asked.keep_seconds);
    let (secret, kept) = made(tools)?;
    let rev = found.version() + 1;
    let changed = found.map(|mut endpoint| {
        // Two at a time: the one before, for a while, and the new one.
        let before = endpoint.secrets.pop().filter(|_| asked.keep_seconds > 0);
        endpoint.secrets = before.map(|before| EndpointSecret { expires_at: Some(end), ..before }).into_iter().chain([kept]).collect();
        Endpoint { updated_at: now, ..endpoint }
    });
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::WebhookUpdated, tenant.id, now, "secret rotated").on("webhook", &changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(WebhookMade { secret: secret.expose().clone(), webhook: shown })
}

/// Send it a test, whatever it wants to be told of.
///
/// # Errors
/// See [`Refused`].
pub async fn test(tools: &Tools, by: &By, place: (&str, &str)) -> Result<DeliveryQueued, Refused> {
    let (tenant, found) = find(tools, by, place, Right::ClientWrite).await?;
    if found.state != EndpointState::Active {
        return Err(Refused::Impossible("the endpoint is switched off"));
    }
    let now = tools.now();
    let mut batch = Batch::new(now);
    let event = HookEvent::Test { tenant: tenant.id, webhook: found.id.clone() };
    let id = hook::append_one(tools, &mut batch, &event, &found, now)?;
    commit(tools, batch).await?;
    Ok(DeliveryQueued { id })
}

/// What waits and what was given up, in the order of their names.
///
/// # Errors
/// See [`Refused`].
pub async fn deliveries(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<DeliveryShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    let part = page(tools.reads().open_hooks(tenant.id, paging).await?, limit, |message| delivery(&message));
    Ok(Page { items: part.items.into_iter().flatten().collect(), next: part.next })
}

/// All that was sent lately or is on its way, for the page of a demonstration: with the address it goes to.
///
/// # Errors
/// The store failed.
pub async fn of_late(tools: &Tools, tenant: TenantId) -> Result<Vec<(DeliveryShown, String)>, Refused> {
    let reads = tools.reads();
    let mut all = reads.open_hooks(tenant, Paging::first(PageAsked::MOST)).await?;
    all.extend(reads.sent_hooks(tenant, Paging::first(PageAsked::MOST)).await?);
    let mut shown = Vec::with_capacity(all.len());
    for message in all {
        let Some(delivery) = delivery(&message) else { continue };
        let url = reads.endpoint(tenant, &delivery.webhook).await?.map(|endpoint| endpoint.url.clone()).unwrap_or_default();
        shown.push((delivery, url));
    }
    Ok(shown)
}

async fn find_delivery(tools: &Tools, tenant: TenantId, id: &str) -> Result<Loaded<Message>, Refused> {
    let found = tools.store.load::<Message>(&Message::key_of(id), tools.now()).await?;
    found.filter(|message| message.hook().is_some_and(|hook| hook.tenant == tenant)).ok_or(Refused::NotFound)
}

/// One of them.
///
/// # Errors
/// See [`Refused`].
pub async fn show_delivery(tools: &Tools, by: &By, name: &str, id: &str) -> Result<DeliveryShown, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientRead).await?;
    delivery(&*find_delivery(tools, tenant.id, id).await?).ok_or(Refused::NotFound)
}

/// Send one that was given up once more, under the same `webhook-id`, so that a receiver that has it all the same can tell.
///
/// # Errors
/// See [`Refused`].
pub async fn retry(tools: &Tools, by: &By, name: &str, id: &str) -> Result<DeliveryQueued, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientWrite).await?;
    let before = find_delivery(tools, tenant.id, id).await?;
    if before.state != MessageState::Failed {
        return Err(Refused::Impossible("only a webhook that was given up can be sent once more"));
    }
    let now = tools.now();
    let hook: Hook = before.hook().ok_or(Refused::NotFound)?.clone();
    let name = Hook::message_id(hook.event, now, &tools.entropy.name());
    let after = Message::queued(name, MessageKind::Webhook(Box::new(hook)), now);
    let mut batch = Batch::new(now);
    batch.delete(&before).insert(&after)?.audit(&by.event(EventName::WebhookRetried, tenant.id, now).on("webhook", id))?;
    commit(tools, batch).await?;
    Ok(DeliveryQueued { id: after.id })
}
