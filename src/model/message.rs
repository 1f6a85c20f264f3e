//! What is still to be sent, and what was seen already.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
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

    /// The other side has it.
    #[must_use]
    pub fn arrived(mut self) -> Self {
        self.tries = self.tries.saturating_add(1);
        self.state = MessageState::Sent;
        self.reply = None;
        self
    }

    /// A try in vain: once more after a while, or never again.
    #[must_use]
    pub fn missed(mut self, now: Timestamp, reply: String) -> Self {
        let waited = usize::try_from(self.tries).unwrap_or(usize::MAX);
        self.tries = self.tries.saturating_add(1);
        match Self::WAITS.get(waited) {
            Some(wait) => self.due_at = now.plus(*wait),
            None => self.state = MessageState::Failed,
        }
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
        match self.state {
            MessageState::Queued => vec![(Index::MessageByDue, Key::of(["queued"]))],
            MessageState::Failed => vec![(Index::MessageByDue, Key::of(["failed"]))],
            MessageState::Sent => Vec::new(),
        }
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
