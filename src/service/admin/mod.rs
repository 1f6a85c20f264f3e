//! Administration: what operators and administrators change, each change one commit with its audit events.
//!
//! Every function takes [`By`], asks `policy::admin`, loads by tenant, checks what was written, and commits once. What may be written has types of its own,
//! apart from the records: a field that is not in them cannot be set. Changes are merge patches (RFC 7396) over what may be written.

pub mod accounts;
pub mod apis;
pub mod audit;
pub mod bearer;
pub mod clients;
pub mod companies;
pub mod console;
pub mod import;
pub mod invitations;
pub mod keys;
pub mod links;
pub mod mail;
pub mod overview;
pub mod settings;
pub mod support;
pub mod tenants;
pub mod terms;
pub mod webhooks;

mod ending;
mod written;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    journey::Tools,
    model::{Actor, ActorKind, AuditEvent, EventName, Index, Key, Record, Subject, Tenant},
    policy::admin::{Caller, Place, Right, Verdict, is_operator, may},
    storage::{Batch, CommitError, Loaded, Paging, StoreError},
    values::{ClientId, Fault, TenantId, Timestamp},
};

pub use written::{ImageRefused, PublicKeysRefused};

/// Who asks, and from where.
#[derive(Clone, Debug)]
pub struct By {
    /// For the decision.
    pub caller: Caller,
    /// For the audit.
    pub actor: Actor,
    /// Which person, if one asks.
    pub subject: Option<Subject>,
    /// Through which client.
    pub client: Option<ClientId>,
    /// From which address.
    pub ip: Option<String>,
    /// In which request.
    pub correlation: Option<String>,
}

impl By {
    /// Somebody on this machine.
    #[must_use]
    pub fn local() -> Self {
        Self { caller: Caller::Local, actor: Actor { kind: ActorKind::Local, id: None }, subject: None, client: None, ip: None, correlation: None }
    }

    /// A client by itself.
    #[must_use]
    pub fn client(caller: Caller, id: &ClientId) -> Self {
        Self { caller, actor: Actor::client(id), subject: None, client: Some(id.clone()), ip: None, correlation: None }
    }

    /// A client on behalf of a person.
    #[must_use]
    pub fn person(caller: Caller, subject: Subject, client: &ClientId) -> Self {
        let kind = if is_operator(&caller) { ActorKind::Operator } else { ActorKind::Admin };
        Self {
            actor: Actor { kind, id: Some(subject.id.to_string()) },
            caller,
            subject: Some(subject),
            client: Some(client.clone()),
            ip: None,
            correlation: None,
        }
    }

    /// A person at a console.
    #[must_use]
    pub fn console(caller: Caller, subject: Subject) -> Self {
        let kind = if is_operator(&caller) { ActorKind::Operator } else { ActorKind::Admin };
        Self { actor: Actor { kind, id: Some(subject.id.to_string()) }, caller, subject: Some(subject), client: None, ip: None, correlation: None }
    }

    /// From which address, in which request.
    #[must_use]
    pub fn from(self, ip: Option<&str>, correlation: Option<&str>) -> Self {
        Self { ip: ip.map(str::to_owned), correlation: correlation.map(str::to_owned), ..self }
    }

    /// May this caller do this there?
    #[must_use]
    pub fn may(&self, right: Right, place: Place) -> bool {
        may(&self.caller, right, place) == Verdict::Allowed
    }

    fn event(&self, event: EventName, tenant: TenantId, now: Timestamp) -> AuditEvent {
        let mut made = AuditEvent::new(event, tenant, self.actor.clone(), now).from(self.ip.as_deref(), self.correlation.as_deref());
        made.client.clone_from(&self.client);
        made
    }

    /// An event that says what was changed.
    fn event_saying(&self, event: EventName, tenant: TenantId, now: Timestamp, what: impl Into<String>) -> AuditEvent {
        let mut made = self.event(event, tenant, now);
        made.reason = Some(what.into());
        made
    }

    fn must(&self, right: Right, place: Place) -> Result<(), Refused> {
        match may(&self.caller, right, place) {
            Verdict::Allowed => Ok(()),
            Verdict::Unseen => Err(Refused::NotFound),
            Verdict::LacksScope(scope) => Err(Refused::LacksScope(scope)),
            Verdict::LacksRole => Err(Refused::LacksRole),
        }
    }

    fn must_be_operator(&self) -> Result<(), Refused> {
        if is_operator(&self.caller) { Ok(()) } else { Err(Refused::LacksRole) }
    }
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is none that this caller can see.
    #[error("not found")]
    NotFound,
    /// The token lacks a scope.
    #[error("the token lacks the scope {0}")]
    LacksScope(&'static str),
    /// The caller's role does not include it.
    #[error("the role does not include it")]
    LacksRole,
    /// Nobody may: it is built in, or would contradict itself.
    #[error("{0}")]
    Impossible(&'static str),
    /// Nobody takes this from themselves.
    #[error("nobody takes this from themselves: ask another administrator")]
    Oneself,
    /// Nobody could give roles any more.
    #[error("this is the last administrator: give somebody else the role first")]
    LastAdministrator,
    /// As many as one inviter may send in a day.
    #[error("this inviter has sent {most} invitations in a day, and may send no more")]
    Quota {
        /// How many that is.
        most: u32,
    },
    /// Something written is not right.
    #[error("{field}: {why}")]
    Invalid {
        /// Its place in what was sent.
        field: &'static str,
        /// What is wrong with it, in words for the administrator.
        why: String,
    },
    /// What was sent is not of the expected form.
    #[error("{0}")]
    Malformed(String),
    /// Somebody else has this already.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// It is no longer as the caller saw it.
    #[error("it was changed meanwhile")]
    Stale,
    /// Somebody changed it at the same moment.
    #[error("it was changed at the same moment")]
    Conflict,
    /// Too much at once.
    #[error("too much at once")]
    Busy,
    /// Our fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<CommitError> for Refused {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict(_) => Self::Conflict,
            CommitError::Taken(index) => Self::Taken(taken(index)),
            CommitError::Store(error) => Self::Fault(error.into()),
        }
    }
}

fn taken(index: Index) -> &'static str {
    match index {
        Index::TenantBySlug => "slug",
        Index::TenantByDomain => "domains",
        Index::AccountByEmail => "email",
        Index::AccountByPhone => "phone",
        Index::AccountByLogin => "login",
        Index::ApiByScope => "scopes",
        _ => "id",
    }
}

fn invalid(field: &'static str, why: impl Into<String>) -> Refused {
    Refused::Invalid { field, why: why.into() }
}

/// Something shown, with the number that a change must name to be sure of what it changes.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Shown<T> {
    /// Grows with each change; `If-Match` takes it.
    pub rev: u64,
    /// What it is.
    #[serde(flatten)]
    pub it: T,
}

/// Part of a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// What to send as `after` for the next part; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PageAsked {
    /// The `next` of the part before.
    pub after: Option<String>,
    /// At most this many, 50 unless said, 200 at most.
    pub limit: Option<usize>,
}

impl PageAsked {
    const MOST: usize = 200;

    fn paging(&self) -> Result<Paging, Refused> {
        let limit = self.limit.unwrap_or(50).clamp(1, Self::MOST);
        let Some(cursor) = &self.after else { return Ok(Paging::first(limit)) };
        let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(Paging::after(Key::from_stored(text.ok_or_else(|| invalid("after", "not a place in this list"))?), limit))
    }
}

fn page<T: Record, S>(rows: Vec<Loaded<T>>, limit: usize, show: impl Fn(Loaded<T>) -> S) -> Page<S> {
    let next = rows.last().filter(|_| rows.len() == limit).map(|row| URL_SAFE_NO_PAD.encode(row.key().as_str()));
    Page { items: rows.into_iter().map(show).collect(), next }
}

/// The organisation that is named, if this caller may do this there.
async fn tenant(tools: &Tools, by: &By, name: &str, right: Right) -> Result<Loaded<Tenant>, Refused> {
    let tenant = tools.reads().tenant_named(name).await?.ok_or(Refused::NotFound)?;
    by.must(right, Place::Tenant(tenant.id))?;
    Ok(tenant)
}

/// Is it still as the caller saw it?
fn as_seen<T>(loaded: &Loaded<T>, rev: Option<u64>) -> Result<(), Refused> {
    if rev.is_none_or(|rev| rev == loaded.version()) { Ok(()) } else { Err(Refused::Stale) }
}

async fn commit(tools: &Tools, batch: Batch) -> Result<(), Refused> {
    Ok(tools.store.commit(batch).await?)
}

/// The members that a merge patch names, for the audit: what was changed, never to what.
fn members(patch: &serde_json::Value) -> String {
    patch.as_object().map(|members| members.keys().map(String::as_str).collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// What was written before, with a merge patch over it. [RFC 7396]
fn patched<T: Serialize + DeserializeOwned>(before: &T, patch: &serde_json::Value) -> Result<T, Refused> {
    let mut value = serde_json::to_value(before).map_err(|error| Fault::because("a record does not encode", error))?;
    if !patch.is_object() {
        return Err(Refused::Malformed("a change is a JSON object with the members to change".to_owned()));
    }
    merge(&mut value, patch);
    serde_json::from_value(value).map_err(|error| Refused::Malformed(error.to_string()))
}

fn merge(into: &mut serde_json::Value, patch: &serde_json::Value) {
    let serde_json::Value::Object(members) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = serde_json::Value::Object(serde_json::Map::new());
    }
    let Some(object) = into.as_object_mut() else { return };
    for (name, value) in members {
        if value.is_null() {
            object.remove(name);
        } else {
            merge(object.entry(name).or_insert(serde_json::Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn a_merge_patch_changes_what_it_names_and_removes_what_it_nulls() {
        // The example of RFC 7396 §3.
        let mut document = json!({"title": "Goodbye!", "author": {"givenName": "John", "familyName": "Doe"}, "tags": ["example", "sample"], "content": "This will be unchanged"});
        merge(&mut document, &json!({"title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": {"familyName": null}, "tags": ["example"]}));
        assert_eq!(
            document,
            json!({"title": "Hello!", "author": {"givenName": "John"}, "tags": ["example"], "content": "This will be unchanged", "phoneNumber": "+01-123-456-7890"})
        );
    }
}
