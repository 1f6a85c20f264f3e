//! What is still to be sent, and what was seen already.

use serde::{Deserialize, Serialize};

use super::{Hook, Index, Key, Mail, Record, Subject, Table};
use crate::values::{ClientId, Issuer, SessionId, Timestamp};

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum MessageKind {
    /// A logout token to one client of a session that ended. [OpenID Connect Back-Channel Logout §2.5]
    BackchannelLogout {
        /// Who says it.
        issuer: Issuer,
        /// To whom.
        client: ClientId,
        /// Who signed out.
        subject: Subject,
        /// Of which session.
        session: SessionId,
    },
    /// A mail to a person.
    Mail(Box<Mail>),
    /// An event to one endpoint of a client.
    Webhook(Box<Hook>),
}

/// Why a try was in vain, as far as it decides when the next one is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missed {
    /// Nobody answered, or the answer broke off.
    Down(String),
    /// The other side wants to be asked again later.
    Later(String),
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// To be sent, again perhaps.
    Queued,
    /// Arrived.
    Sent,
    /// Given up.
    Failed,
}

/// A message in the outbox: written in the commit that causes it, sent afterwards, so that a crash neither loses nor forgets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its name; the `jti` of a logout token, so that a receiver can tell a repetition.
    pub id: String,
    /// What.
    #[serde(flatten)]
    pub kind: MessageKind,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Since when.
    pub created_at: Timestamp,
    /// What the other side answered last, for operators: a status or a kind of failure, never a body.
    #[serde(default)]
    pub reply: Option<String>,
}

impl Message {
    /// How many seconds pass before the second try, and before the third, which is the last.
    pub const WAITS: [u64; 2] = [5, 60];
    /// A mail while its server is away: the last wait is repeated as long as the mail is wanted, so that a queue drains within a minute of the server's return.
    pub const WAITS_OF_MAIL: [u64; 5] = [2, 5, 15, 30, 60];
    /// A mail that the server put off: it knows how long these should be. [RFC 5321 §4.5.4.1]
    pub const WAITS_OF_MAIL_PUT_OFF: [u64; 5] = [30, 60, 300, 900, 1800];

    /// A webhook: for more than a day, and less often the longer it takes, as the Standard Webhooks specification advises.
    pub const WAITS_OF_HOOK: [u64; 9] = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 36_000];

    /// A message to be sent as soon as it is committed.
    #[must_use]
    pub fn queued(id: String, kind: MessageKind, now: Timestamp) -> Self {
        Self { id, kind, state: MessageState::Queued, tries: 0, due_at: now, created_at: now, reply: None }
    }

    /// The mail, if it is one.
    #[must_use]
    pub fn mail(&self) -> Option<&Mail> {
        match &self.kind {
            MessageKind::Mail(mail) => Some(mail),
            MessageKind::BackchannelLogout { .. } | MessageKind::Webhook(_) => None,
        }
    }

    /// The webhook, if it is one.
    #[must_use]
    pub fn hook(&self) -> Option<&Hook> {
        match &self.kind {
            MessageKind::Webhook(hook) => Some(hook),
            MessageKind::BackchannelLogout { .. } | MessageKind::Mail(_) => None,
        }
    }

    /// The other side has it. The codes and links of a mail are forgotten.
    #[must_use]
    pub fn arrived(mut self) -> Self {
        self.tries = self.tries.saturating_add(1);
        self.state = MessageState::Sent;
        self.reply = None;
        if let MessageKind::Mail(mail) = &mut self.kind {
            mail.secrets = None;
        }
        self
    }

    /// A try in vain: once more after a while, or never again.
    #[must_use]
    pub fn missed(mut self, now: Timestamp, why: Missed) -> Self {
        let waited = usize::try_from(self.tries).unwrap_or(usize::MAX);
        self.tries = self.tries.saturating_add(1);
        let next = match (&self.kind, &why) {
            (MessageKind::BackchannelLogout { .. }, _) => Self::WAITS.get(waited).map(|wait| now.plus(*wait)),
            (MessageKind::Webhook(_), _) => Self::WAITS_OF_HOOK.get(waited).map(|wait| now.plus(*wait)),
            (MessageKind::Mail(mail), why) => {
                let waits = if matches!(why, Missed::Down(_)) { Self::WAITS_OF_MAIL } else { Self::WAITS_OF_MAIL_PUT_OFF };
                let due = waits.get(waited).or(waits.last()).map(|wait| now.plus(*wait));
                due.filter(|due| *due <= mail.not_after)
            }
        };
        match next {
            Some(due) => self.due_at = due,
            None => self.state = MessageState::Failed,
        }
        let (Missed::Down(reply) | Missed::Later(reply)) = why;
        self.reply = Some(reply);
        self
    }

    /// Not tried any more.
    #[must_use]
    pub fn give_up(mut self, reply: &str) -> Self {
        self.state = MessageState::Failed;
        self.reply = Some(reply.to_owned());
        self
    }

    /// The key of a message.
    #[must_use]
    pub fn key_of(id: &str) -> Key {
        Key::of([id])
    }
}

impl Record for Message {
    const TABLE: Table = Table::Message;
    fn key(&self) -> Key {
        Self::key_of(&self.id)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        let mut values = Vec::new();
        match self.state {
            MessageState::Queued => values.push((Index::MessageByDue, Key::of(["queued"]))),
            MessageState::Failed => values.push((Index::MessageByDue, Key::of(["failed"]))),
            MessageState::Sent => {}
        }
        if let Some(hook) = self.hook() {
            let group = if self.state == MessageState::Sent { "sent" } else { "open" };
            values.push((Index::HookByTenant, Key::of([&hook.tenant.to_string(), group])));
            if self.state == MessageState::Queued {
                values.push((Index::HookByLine, hook.line()));
            }
        }
        if self.state == MessageState::Sent {
            return values;
        }
        // What is for nobody is not shown to anybody either: a list that has it would tell which addresses are unknown.
        if let Some(mail) = self.mail().filter(|mail| mail.to.is_some()) {
            values.push((Index::MailByTenant, Key::of([&mail.tenant.to_string()])));
        }
        values
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.due_at.plus(30 * 86_400))
    }
}

/// A client assertion that was used, so that it is not used again before it ends. [RFC 7523 §3]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedAssertion {
    /// Who made it, where.
    pub issuer: Issuer,
    /// Who made it.
    pub client: ClientId,
    /// Which.
    pub jti: String,
    /// It ends then, with the allowed difference of clocks.
    pub until: Timestamp,
}

impl Record for UsedAssertion {
    const TABLE: Table = Table::UsedAssertion;
    fn key(&self) -> Key {
        Key::of([&self.issuer.tenant.to_string(), self.client.as_ref(), &self.jti])
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
