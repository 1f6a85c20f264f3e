//! An event as it is shown: with the names of the people in it, as far as they have an account in its organisation.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    journey::Tools,
    model::{Account, Actor, ActorKind, AuditEvent, AuditRecord, Subject, Target},
    service::admin::Refused,
    storage::Loaded,
    values::{AccountId, TenantId},
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
    /// Who did it; a person by the name they sign in with.
    #[serde(skip)]
    pub who: Actor,
    /// To whom or what; an account by the same.
    #[serde(skip)]
    pub on: Option<Target>,
}

impl EventShown {
    /// Of a row. Names that were looked up are kept in `names`.
    pub(super) async fn of(
        tools: &Tools,
        (row, event): (Loaded<AuditRecord>, AuditEvent),
        names: &mut BTreeMap<String, Option<String>>,
    ) -> Result<Self, Refused> {
        let (mut who, mut on) = (event.actor, event.subject);
        if let Some(id) = &mut who.id
            && matches!(who.kind, ActorKind::Person | ActorKind::Admin | ActorKind::Operator)
        {
            *id = named(tools, event.tenant, id, names).await?;
        }
        if let Some(target) = &mut on
            && target.kind == "account"
        {
            target.id = named(tools, event.tenant, &target.id, names).await?;
        }
        Ok(Self {
            stream: row.stream,
            sequence: row.sequence,
            hash: row.hash.clone(),
            event: serde_json::from_str(&row.event).unwrap_or_else(|_| serde_json::Value::String(row.event.clone())),
            who,
            on,
        })
    }
}

async fn named(tools: &Tools, home: TenantId, id: &str, names: &mut BTreeMap<String, Option<String>>) -> Result<String, Refused> {
    if !names.contains_key(id) {
        let account: Option<Loaded<Account>> = match id.parse::<AccountId>() {
            Ok(id) => tools.reads().account(Subject { home, id }).await?,
            Err(_) => None,
        };
        names.insert(id.to_owned(), account.map(|account| account.identifier()).filter(|name| !name.is_empty()));
    }
    Ok(names.get(id).cloned().flatten().unwrap_or_else(|| id.to_owned()))
}
