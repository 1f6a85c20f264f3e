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

/// What stood in the way of the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Nobody answered.
    Away,
    /// It was put off.
    PutOff,
    /// It was refused for good.
    Refused,
}

/// What can be said of a mail to somebody who waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It is about to leave.
    Waiting,
    /// It would have left, but the mail server is away; it leaves by itself as soon as it is back.
    Delayed,
    /// It left.
    Sent,
    /// The mailbox does not take it.
    Refused,
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
    /// What stood in the way of the last try.
    #[serde(default)]
    pub obstacle: Option<Obstacle>,
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
        Self { id, kind, state: MessageState::Queued, tries: 0, due_at: now, created_at: now, reply: None, obstacle: None }
    }

    /// A mail that is due for this many seconds and was not tried once waits behind others, for a server that lets each of them wait.
    const PATIENCE: u64 = 90;

    /// What can be said of a mail to whoever waits for it. Where it was written whether somebody gets it or not, `is_anybodys` is false, and nothing is said
    /// that only a mailbox can cause: that would tell who has an account.
    #[must_use]
    pub fn delivery(&self, now: Timestamp, is_anybodys: bool) -> Delivery {
        match (self.state, self.obstacle) {
            (_, Some(Obstacle::PutOff | Obstacle::Refused)) if !is_anybodys => Delivery::Sent,
            (MessageState::Sent, _) => Delivery::Sent,
            (MessageState::Failed, Some(Obstacle::Refused)) => Delivery::Refused,
            (MessageState::Queued, None) if now.since(self.due_at) < Self::PATIENCE => Delivery::Waiting,
            (MessageState::Queued | MessageState::Failed, _) => Delivery::Delayed,
        }
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
        self.obstacle = None;
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
        self.obstacle = Some(if matches!(why, Missed::Down(_)) { Obstacle::Away } else { Obstacle::PutOff });
        let (Missed::Down(reply) | Missed::Later(reply)) = why;
        self.reply = Some(reply);
        self
    }

    /// Not tried any more: the other side will never take it.
    #[must_use]
    pub fn refused(mut self, reply: &str) -> Self {
        self.obstacle = Some(Obstacle::Refused);
        self.give_up(reply)
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

#[cfg(test)]
mod tests {
    use super::{Delivery, Message, MessageKind, Missed};
    use crate::{
        model::{Mail, MailContent},
        values::{Locale, TenantId, Timestamp},
    };

    const NOW: Timestamp = Timestamp(1_000_000);

    fn mail() -> Message {
        let tenant = TenantId(uuid::Uuid::from_u128(1));
        let mail = Mail { tenant, to: None, locale: Locale::Fr, content: MailContent::Test, secrets: None, not_after: NOW.plus(900) };
        Message::queued("one".to_owned(), MessageKind::Mail(Box::new(mail)), NOW)
    }

    #[test]
    fn what_only_a_mailbox_can_cause_is_told_only_where_the_mail_went_to_any_address() {
        let cases = [
            (mail(), Delivery::Waiting, Delivery::Waiting),
            (mail().arrived(), Delivery::Sent, Delivery::Sent),
            (mail().missed(NOW, Missed::Down(String::new())), Delivery::Delayed, Delivery::Delayed),
            (mail().missed(NOW.plus(899), Missed::Down(String::new())), Delivery::Delayed, Delivery::Delayed),
            (mail().give_up("late"), Delivery::Delayed, Delivery::Delayed),
            (mail().missed(NOW, Missed::Later(String::new())), Delivery::Delayed, Delivery::Sent),
            (mail().refused("550"), Delivery::Refused, Delivery::Sent),
            (mail().missed(NOW, Missed::Down(String::new())).arrived(), Delivery::Sent, Delivery::Sent),
        ];
        for (message, anybodys, somebodys) in cases {
            assert_eq!((message.delivery(NOW, true), message.delivery(NOW, false)), (anybodys, somebodys), "{message:?}");
        }
        assert_eq!(mail().delivery(NOW.plus(90), false), Delivery::Delayed);
    }
}
