//! Webhooks: where clients want to be told of what happens, and what they are told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Key, Record, Table};
use crate::values::{AccountId, ClientId, CompanyId, TenantId, Timestamp};

macro_rules! hooks { ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
    /// The name of something that clients can be told of. A name keeps its meaning for ever.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
    pub enum HookName { $($(#[$doc])* #[serde(rename = $name)] $variant),* }
    impl HookName {
        /// All of them, in the order in which they can happen to one thing.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// Its name.
        #[must_use]
        pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $name),* } }
    }
}}

hooks! {
    /// An administrator asks whether the endpoint listens. Every endpoint gets its own.
    Test = "webhook.test",
    /// An invitation left for its person.
    InvitationSent = "invitation.sent",
    /// The invited person has accepted.
    InvitationRedeemed = "invitation.redeemed",
    /// A company was made.
    CompanyCreated = "company.created",
    /// An account is gone for ever.
    AccountDeleted = "account.deleted",
}

/// Something that happened, as clients are told: ids and nothing about a person. Who wants to know more asks the API with rights of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", content = "data")]
pub enum HookEvent {
    /// [`HookName::Test`]
    #[serde(rename = "webhook.test")]
    Test {
        /// In which organisation.
        #[schema(value_type = String)]
        tenant: TenantId,
        /// Which endpoint.
        webhook: String,
    },
    /// [`HookName::InvitationSent`]
    #[serde(rename = "invitation.sent")]
    InvitationSent {
        /// Of which organisation.
        #[schema(value_type = String)]
        tenant: TenantId,
        /// Which invitation.
        invitation: String,
    },
    /// [`HookName::InvitationRedeemed`]
    #[serde(rename = "invitation.redeemed")]
    InvitationRedeemed {
        /// Of which organisation.
        #[schema(value_type = String)]
        tenant: TenantId,
        /// Which invitation.
        invitation: String,
        /// Who has it now: `sub` in tokens.
        #[schema(value_type = String)]
        account: AccountId,
        /// Was the account made for it?
        new_user: bool,
    },
    /// [`HookName::CompanyCreated`]
    #[serde(rename = "company.created")]
    CompanyCreated {
        /// In which organisation.
        #[schema(value_type = String)]
        tenant: TenantId,
        /// Which company: `company_id` in tokens.
        #[schema(value_type = String)]
        company: CompanyId,
        /// Who made it and administers it: `sub` in tokens.
        #[schema(value_type = String)]
        account: AccountId,
    },
    /// [`HookName::AccountDeleted`]
    #[serde(rename = "account.deleted")]
    AccountDeleted {
        /// In which organisation it was known.
        #[schema(value_type = String)]
        tenant: TenantId,
        /// Which account: `sub` in tokens.
        #[schema(value_type = String)]
        account: AccountId,
    },
}

impl HookEvent {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> HookName {
        match self {
            Self::Test { .. } => HookName::Test,
            Self::InvitationSent { .. } => HookName::InvitationSent,
            Self::InvitationRedeemed { .. } => HookName::InvitationRedeemed,
            Self::CompanyCreated { .. } => HookName::CompanyCreated,
            Self::AccountDeleted { .. } => HookName::AccountDeleted,
        }
    }

    /// In which organisation it happened.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        match self {
            Self::Test { tenant, .. }
            | Self::InvitationSent { tenant, .. }
            | Self::InvitationRedeemed { tenant, .. }
            | Self::CompanyCreated { tenant, .. }
            | Self::AccountDeleted { tenant, .. } => *tenant,
        }
    }

    /// What it happened to: events of one thing arrive in the order they happened.
    #[must_use]
    pub fn object(&self) -> String {
        match self {
            Self::Test { webhook, .. } => format!("webhook:{webhook}"),
            Self::InvitationSent { invitation, .. } | Self::InvitationRedeemed { invitation, .. } => format!("invitation:{invitation}"),
            Self::CompanyCreated { company, .. } => format!("company:{company}"),
            Self::AccountDeleted { account, .. } => format!("account:{account}"),
        }
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// In which organisation.
    pub tenant: TenantId,
    /// Of whose endpoint.
    pub client: ClientId,
    /// To which endpoint.
    pub endpoint: String,
    /// `webhook-id`: the same at each try, so that a receiver can tell a repetition.
    pub event_id: String,
    /// What happened.
    pub event: HookName,
    /// To what.
    pub object: String,
    /// The JSON, byte for byte as it is signed and sent.
    pub body: String,
}

impl Hook {
    /// The messages that go to one endpoint about one thing, one after the other.
    #[must_use]
    pub fn line(&self) -> Key {
        Key::of([&self.tenant.to_string(), &self.endpoint, &self.object])
    }

    /// The name of a message: those of one line sort in the order in which things happened, by time and then by what can only come after what.
    #[must_use]
    pub fn message_id(event: HookName, at: Timestamp, random: &str) -> String {
        let rank = HookName::ALL.iter().position(|name| *name == event).unwrap_or_default();
        format!("hook_{:010x}{rank:02}_{random}", at.0)
    }
}

/// Does an endpoint get anything?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndpointState {
    /// Yes.
    Active,
    /// No: an administrator switched it off.
    Disabled,
    /// No: it answered 410, that it wants nothing any more.
    Gone,
}

/// A secret of an endpoint. Two live side by side while its owner changes over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointSecret {
    /// The key of the signature, sealed.
    pub sealed: String,
    /// Its first characters, so that people can tell secrets apart.
    pub hint: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when; `None` for ever.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Where a client wants to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// In which organisation.
    pub tenant: TenantId,
    /// Whose it is.
    pub client: ClientId,
    /// Its name.
    pub id: String,
    /// Where.
    pub url: String,
    /// Of what.
    pub events: BTreeSet<HookName>,
    /// What its messages are signed with: the newest, and older ones for a while.
    pub secrets: Vec<EndpointSecret>,
    /// Does it get anything?
    pub state: EndpointState,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

impl Endpoint {
    /// The key of an endpoint: without its tenant nobody finds it.
    #[must_use]
    pub fn key_of(tenant: TenantId, id: &str) -> Key {
        Key::of([&tenant.to_string(), id])
    }

    /// Is it told of this?
    #[must_use]
    pub fn wants(&self, event: HookName) -> bool {
        self.state == EndpointState::Active && self.events.contains(&event)
    }

    /// The secrets that count at this time.
    pub fn live_secrets(&self, now: Timestamp) -> impl Iterator<Item = &EndpointSecret> {
        self.secrets.iter().filter(move |secret| secret.expires_at.is_none_or(|end| now < end))
    }
}

impl Record for Endpoint {
    const TABLE: Table = Table::Endpoint;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, &self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_about_one_thing_sort_as_they_happened() {
        let first = Hook::message_id(HookName::InvitationSent, Timestamp(1000), "zzz");
        let second = Hook::message_id(HookName::InvitationRedeemed, Timestamp(1000), "aaa");
        let third = Hook::message_id(HookName::InvitationSent, Timestamp(1001), "000");
        assert!(first < second && second < third, "{first} {second} {third}");
        assert!(!first.contains('.'), "the signature joins its parts with full stops");
    }

    #[test]
    fn every_event_is_written_under_its_name() {
        let id = TenantId(uuid::Uuid::nil());
        let event = HookEvent::InvitationSent { tenant: id, invitation: "i".to_owned() };
        let written = serde_json::to_value(&event).unwrap();
        assert_eq!(written["type"], event.name().as_str());
    }
}
