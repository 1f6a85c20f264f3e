//! `parvis webhook`

use anyhow::Result;
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, Changes, act, said};
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] = &[("WEBHOOK", "id"), ("CLIENT ID", "client_id"), ("URL", "url"), ("EVENTS", "events"), ("STATE", "state")];
const DELIVERIES: &[Column] = &[
    ("DELIVERY", "id"),
    ("WEBHOOK", "webhook"),
    ("EVENT", "event"),
    ("STATE", "state"),
    ("TRIES", "tries"),
    ("SINCE", "created_at"),
    ("NEXT", "due_at"),
    ("ANSWER", "reply"),
];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// Where applications are told of what happens.
    List,
    /// One endpoint.
    Show {
        /// Its name.
        webhook: String,
    },
    /// Register an endpoint; its secret is shown this once.
    Create {
        /// Whose it is.
        #[arg(long, value_name = "CLIENT_ID")]
        client: String,
        /// Where: an https URL.
        #[arg(long)]
        url: String,
        /// Of what it is told: invitation.sent, invitation.redeemed, company.created, account.deleted; may be repeated. All unless said.
        #[arg(long = "event", value_name = "EVENT")]
        events: Vec<String>,
    },
    /// Change one: url, events, or state (active or disabled).
    Update {
        /// Its name.
        webhook: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Take one away.
    Delete {
        /// Its name.
        webhook: String,
    },
    /// Make a new secret, shown this once.
    Secret {
        /// Its name.
        webhook: String,
        /// For how many seconds messages are signed with the old secret, too.
        #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
        keep: u64,
    },
    /// Send it a test.
    Test {
        /// Its name.
        webhook: String,
    },
    /// What waits, and what was given up with the reason.
    Deliveries,
    /// One delivery, with what is sent.
    Delivery {
        /// Its name.
        delivery: String,
    },
    /// Send a delivery that was given up once more.
    Retry {
        /// Its name.
        delivery: String,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/webhooks");
        let path = |id: &str| format!("{all}/{}", part(id));
        let delivery = |id: &str| format!("{tenant}/deliveries/{}", part(id));
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Deliveries => return shown::list(server.all(&format!("{tenant}/deliveries")).await?, DELIVERIES, as_json),
            Self::Show { webhook } => server.ask(Method::GET, &path(webhook), None, None).await?,
            Self::Create { client, url, events } => server.ask(Method::POST, &all, Some(&new(client, url, events)), None).await?,
            Self::Update { webhook, changes } => server.ask(Method::PATCH, &path(webhook), Some(&changes.patch()?), changes.rev).await?,
            Self::Delete { webhook } => server.ask(Method::DELETE, &path(webhook), None, None).await?,
            Self::Secret { webhook, keep } => {
                let body = json!({ "keep_seconds": keep });
                server.ask(Method::POST, &format!("{}/secrets", path(webhook)), Some(&body), None).await?
            }
            Self::Test { webhook } => act(&server, &format!("{}/test", path(webhook))).await?,
            Self::Delivery { delivery: id } => server.ask(Method::GET, &delivery(id), None, None).await?,
            Self::Retry { delivery: id } => act(&server, &format!("{}/retry", delivery(id))).await?,
        };
        shown::one(&shown, as_json)
    }
}

fn new(client: &str, url: &str, events: &[String]) -> Value {
    let all = ["invitation.sent", "invitation.redeemed", "company.created", "account.deleted"];
    let events = if events.is_empty() { json!(all) } else { json!(events) };
    said([("client_id", Some(json!(client))), ("webhook", Some(json!({ "url": url, "events": events })))])
}
