//! What happened: written in the commit that does it, chained by the store, never changed.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{ClientId, TenantId, Timestamp};

macro_rules! events { ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
    /// What happened, by the name of the specification's catalogue (§A.0.2).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum EventName { $($(#[$doc])* #[serde(rename = $name)] $variant),* }
    impl EventName {
        /// All of them.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// Its name.
        #[must_use]
        pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $name),* } }
    }
}}

events! {
    /// An account was made.
    AccountCreated = "account.created",
    /// An account was changed.
    AccountUpdated = "account.updated",
    /// An account was put away.
    AccountArchived = "account.archived",
    /// An archived account works again.
    AccountRestored = "account.restored",
    /// A person asked for all that is kept of them.
    AccountExported = "account.exported",
    /// A person asked for the end of their account.
    AccountDeletionRequested = "account.deletion_requested",
    /// An account is gone.
    AccountDeleted = "account.deleted",
    /// A password was set by somebody else than its owner.
    PasswordSet = "password.set",
    /// A person chose another password.
    PasswordChanged = "password.changed",
    /// Somebody asked for a new password in the place of a forgotten one.
    PasswordResetRequested = "password.reset_requested",
    /// A person chose a new password in the place of a forgotten one, or took a change back.
    PasswordReset = "password.reset",
    /// A sign-in began.
    SigninStarted = "signin.started",
    /// A sign-in succeeded.
    SigninSucceeded = "signin.succeeded",
    /// A proof was wrong.
    SigninFailed = "signin.failed",
    /// Too many tries: for a while none is judged, at an account or from a network.
    SigninThrottled = "signin.throttled",
    /// A proved person may not go on.
    SigninBlocked = "signin.blocked",
    /// A session began.
    SessionCreated = "session.created",
    /// A session ended.
    SessionEnded = "session.ended",
    /// A session was ended by somebody who may, not by signing out in it.
    SessionRevoked = "session.revoked",
    /// An account was taken off a browser's list.
    DeviceForgotten = "device.forgotten",
    /// A person let an organisation have something about them.
    ConsentOrgGranted = "consent.org_granted",
    /// A person said no to an organisation.
    ConsentOrgDenied = "consent.org_denied",
    /// A person took back what an organisation was let have.
    ConsentOrgRevoked = "consent.org_revoked",
    /// A person agreed to an application.
    ConsentUserGranted = "consent.user_granted",
    /// A person said no to an application.
    ConsentUserDenied = "consent.user_denied",
    /// A person took an agreement back.
    ConsentUserRevoked = "consent.user_revoked",
    /// A person reported an application.
    AppReported = "app.reported",
    /// A version of terms of use was published, or a document was made or changed.
    TouPublished = "tou.published",
    /// A person accepted terms of use.
    TouAccepted = "tou.accepted",
    /// A person did not accept terms of use.
    TouDeclined = "tou.declined",
    /// A role was given.
    RoleAssigned = "role.assigned",
    /// A role was taken.
    RoleRemoved = "role.removed",
    /// A tenant was made.
    TenantCreated = "tenant.created",
    /// A tenant was changed.
    TenantUpdated = "tenant.updated",
    /// A tenant was switched off.
    TenantDisabled = "tenant.disabled",
    /// A tenant was switched on.
    TenantEnabled = "tenant.enabled",
    /// A client was made.
    AppCreated = "app.created",
    /// A client was changed.
    AppUpdated = "app.updated",
    /// A client got a new secret.
    AppSecretRotated = "app.secret_rotated",
    /// A client was switched off.
    AppDisabled = "app.disabled",
    /// An API was made or changed.
    ApiUpdated = "api.updated",
    /// An issuer has a new signing key.
    KeyRotated = "key.rotated",
    /// Settings were changed.
    PolicyChanged = "policy.changed",
    /// The look was changed.
    BrandingChanged = "branding.changed",
    /// Tokens were issued.
    TokenIssued = "token.issued",
    /// Tokens were refreshed.
    TokenRefreshed = "token.refreshed",
    /// Tokens were revoked.
    TokenRevoked = "token.revoked",
    /// A code or refresh token was used again.
    CodeReplayed = "code.replayed",
    /// Somebody asked to sign out.
    LogoutRequested = "logout.requested",
    /// Somebody is signed out.
    LogoutCompleted = "logout.completed",
    /// A client could not be told.
    LogoutBackchannelFailed = "logout.backchannel_failed",
    /// A mail was given up.
    MailFailed = "mail.failed",
    /// A code was sent to a mailbox.
    EmailVerificationSent = "email.verification_sent",
    /// The owner of a mailbox typed the code.
    EmailVerified = "email.verified",
    /// Somebody is invited.
    InvitationCreated = "invitation.created",
    /// Its mail was taken by the other side.
    InvitationSent = "invitation.sent",
    /// Its mail was refused by the other side.
    InvitationBounced = "invitation.bounced",
    /// Somebody pressed «Commencer».
    InvitationOpened = "invitation.opened",
    /// It came to an account with a place.
    InvitationRedeemed = "invitation.redeemed",
    /// Its time was over when somebody came with it.
    InvitationExpired = "invitation.expired",
    /// It has a new link.
    InvitationRegenerated = "invitation.regenerated",
    /// It was taken back.
    InvitationRevoked = "invitation.revoked",
    /// It was for somebody else, as who had it said.
    InvitationRefused = "invitation.refused",
    /// Its address or its time was changed.
    InvitationUpdated = "invitation.updated",
    /// An account has another address, or its old one again.
    EmailChanged = "email.changed",
    /// A mail that was given up is to be sent once more.
    MailRetried = "mail.retried",
    /// A person said of what happened to their account that it was not them.
    ActivityDisowned = "activity.disowned",
    /// The audit trail, or part of it, was taken out as a file.
    AuditExported = "audit.exported",
    /// Somebody who helps looked at an account.
    SupportViewed = "support.viewed",
    /// An endpoint of webhooks was made, changed or taken away.
    WebhookUpdated = "webhook.updated",
    /// A webhook was given up.
    WebhookFailed = "webhook.failed",
    /// A webhook that was given up is to be sent once more.
    WebhookRetried = "webhook.retried",
    /// A company was made.
    CompanyCreated = "company.created",
}

/// What kind of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person about themselves.
    Person,
    /// An administrator of the tenant.
    Admin,
    /// An operator.
    Operator,
    /// A client by itself.
    Client,
    /// The server by itself.
    System,
    /// Somebody on this machine with the token file.
    Local,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// Which.
    #[serde(default)]
    pub id: Option<String>,
}

impl Actor {
    /// The server by itself.
    pub const SYSTEM: Self = Self { kind: ActorKind::System, id: None };

    /// A person.
    #[must_use]
    pub fn person(subject: Subject) -> Self {
        Self { kind: ActorKind::Person, id: Some(subject.id.to_string()) }
    }

    /// A client.
    #[must_use]
    pub fn client(id: &ClientId) -> Self {
        Self { kind: ActorKind::Client, id: Some(id.to_string()) }
    }
}

/// To whom or what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// A noun: `account`, `client`, `session`, `grant`, `tenant`, `key`…
    pub kind: String,
    /// Which.
    pub id: String,
}

impl Target {
    /// Name it.
    pub fn new(kind: &str, id: impl ToString) -> Self {
        Self { kind: kind.to_owned(), id: id.to_string() }
    }
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Success,
    /// Tried in vain.
    Failure,
    /// Not allowed.
    Refused,
}

/// One event. Make it with [`AuditEvent::new`] and add what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub tenant: TenantId,
    /// Who.
    pub actor: Actor,
    /// To whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Target>,
    /// What.
    pub event: EventName,
    /// How it went.
    pub outcome: Outcome,
    /// Why, in a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journey: Option<String>,
    /// Through which client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// By which method: a grant type, a kind of proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How many, where one event stands for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The request it happened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation: Option<String>,
}

impl AuditEvent {
    /// How many chains there are; each tenant's events are in one of them. One chain for everything would serialise all commits.
    pub const STREAMS: u8 = 16;

    /// An event that went well.
    #[must_use]
    pub fn new(event: EventName, tenant: TenantId, actor: Actor, at: Timestamp) -> Self {
        Self {
            at,
            tenant,
            actor,
            subject: None,
            event,
            outcome: Outcome::Success,
            reason: None,
            journey: None,
            client: None,
            ip: None,
            method: None,
            count: None,
            correlation: None,
        }
    }

    /// To whom or what.
    #[must_use]
    pub fn on(mut self, kind: &str, id: impl ToString) -> Self {
        self.subject = Some(Target::new(kind, id));
        self
    }

    /// It did not go well.
    #[must_use]
    pub fn failed(mut self, outcome: Outcome, reason: &str) -> Self {
        self.outcome = outcome;
        self.reason = Some(reason.to_owned());
        self
    }

    /// Through which client.
    #[must_use]
    pub fn through(mut self, client: &ClientId) -> Self {
        self.client = Some(client.clone());
        self
    }

    /// By which method.
    #[must_use]
    pub fn by(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// From where and in which request.
    #[must_use]
    pub fn from(mut self, ip: Option<&str>, correlation: Option<&str>) -> Self {
        self.ip = ip.map(str::to_owned);
        self.correlation = correlation.map(str::to_owned);
        self
    }

    /// The accounts that it is found by: who did it, and whom it was done to. Refreshing tokens is what applications do all day without anybody, and is found
    /// by its organisation alone.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let is_worth_it = self.event != EventName::TokenRefreshed;
        let actor = self.actor.id.as_deref().filter(|_| matches!(self.actor.kind, ActorKind::Person | ActorKind::Admin | ActorKind::Operator));
        let subject = self.subject.as_ref().filter(|subject| subject.kind == "account").map(|subject| subject.id.as_str());
        actor.into_iter().chain(subject.filter(|subject| Some(*subject) != actor)).filter(move |_| is_worth_it)
    }

    /// The chain that a tenant's events are in.
    #[must_use]
    pub fn stream_of(tenant: TenantId) -> u8 {
        tenant.0.as_bytes().iter().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) % Self::STREAMS
    }
}

/// An event as it lies in its chain: `hash = SHA-256(previous ‖ sequence ‖ event)`, so that a removed or changed event shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Which chain.
    pub stream: u8,
    /// Its place there, from 1 without gaps.
    pub sequence: u64,
    /// The hash before it, base64url; of 32 zero bytes for the first.
    pub previous: String,
    /// Its own, base64url.
    pub hash: String,
    /// The event, as the JSON text that was hashed.
    pub event: String,
}

impl AuditRecord {
    /// The key of an event: chains apart, in order.
    #[must_use]
    pub fn key_of(stream: u8, sequence: u64) -> Key {
        Key::of([&format!("{stream:02}"), &format!("{sequence:020}")])
    }
}

impl Record for AuditRecord {
    const TABLE: Table = Table::Audit;
    fn key(&self) -> Key {
        Self::key_of(self.stream, self.sequence)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        let Ok(event) = serde_json::from_str::<AuditEvent>(&self.event) else { return Vec::new() };
        let mut values = vec![(Index::AuditByTenant, Key::of([&event.tenant.to_string()]))];
        values.extend(event.people().map(|id| (Index::AuditByAccount, Key::of([id]))));
        values
    }
}
