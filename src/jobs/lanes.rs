//! Whose turn it is: messages of one sort in one lane, so that mails that wait for their server do not stand before logout tokens, and the other way round.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::{
    model::{Key, MessageKind},
    values::{ClientId, TenantId, Timestamp},
};

/// Whom a message is handed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Receiver {
    /// A client.
    Client(TenantId, ClientId),
    /// Whoever takes mails.
    MailServer,
    /// An endpoint of webhooks.
    Endpoint(TenantId, String),
}

/// First tries. Sessions and organisations take turns, so that one with very many messages does not stand before all others.
#[derive(Default)]
struct Turns {
    order: VecDeque<String>,
    of: HashMap<String, VecDeque<(Key, Receiver)>>,
}

impl Turns {
    fn push(&mut self, whose: String, key: Key, receiver: Receiver) {
        let queue = self.of.entry(whose.clone()).or_default();
        if queue.is_empty() {
            self.order.push_back(whose);
        }
        queue.push_back((key, receiver));
    }

    fn pop(&mut self) -> Option<(Key, Receiver)> {
        let whose = self.order.pop_front()?;
        let queue = self.of.get_mut(&whose)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.of.remove(&whose);
        } else {
            self.order.push_back(whose);
        }
        next
    }
}

/// The messages of one sort that wait.
pub(super) struct Lane {
    quick: Turns,
    /// Repetitions, and whatever is for a receiver that did not answer last time, by the time they are due.
    slow: BTreeMap<(Timestamp, Key), Receiver>,
    failing: HashSet<Receiver>,
    at_once: usize,
    slow_at_once: usize,
    under_way: usize,
    slow_under_way: usize,
}

/// A message that starts.
pub(super) struct Start {
    pub(super) key: Key,
    pub(super) receiver: Receiver,
    pub(super) is_slow: bool,
}

impl Lane {
    /// So many at once, and so many of them to receivers that did not answer last time: the others do not wait behind these.
    fn new(at_once: usize, slow_at_once: usize) -> Self {
        Self { quick: Turns::default(), slow: BTreeMap::new(), failing: HashSet::new(), at_once, slow_at_once, under_way: 0, slow_under_way: 0 }
    }

    /// For logout tokens.
    pub(super) fn of_clients() -> Self {
        Self::new(64, 16)
    }

    /// For mails: mail servers allow one client few connections.
    pub(super) fn of_mail() -> Self {
        Self::new(8, 4)
    }

    /// For webhooks.
    pub(super) fn of_hooks() -> Self {
        Self::new(32, 8)
    }

    /// Tried for the first time as soon as may be.
    pub(super) fn first(&mut self, kind: &MessageKind, key: Key) {
        let (whose, receiver) = receiver_of(kind);
        self.quick.push(whose, key, receiver);
    }

    /// Tried again then.
    pub(super) fn later(&mut self, due_at: Timestamp, key: Key, receiver: Receiver) {
        self.slow.insert((due_at, key), receiver);
    }

    /// Does anything wait for its time?
    pub(super) fn waits(&self) -> bool {
        !self.slow.is_empty()
    }

    /// The next that is due and may be under way.
    pub(super) fn start(&mut self, now: Timestamp) -> Option<Start> {
        while self.under_way < self.at_once {
            let Some((key, receiver)) = self.quick.pop() else {
                if self.slow_under_way >= self.slow_at_once {
                    return None;
                }
                let ((_, key), receiver) = self.slow.first_entry().filter(|first| first.key().0 <= now)?.remove_entry();
                self.under_way += 1;
                self.slow_under_way += 1;
                return Some(Start { key, receiver, is_slow: true });
            };
            if self.failing.contains(&receiver) {
                self.slow.insert((now, key), receiver);
            } else {
                self.under_way += 1;
                return Some(Start { key, receiver, is_slow: false });
            }
        }
        None
    }

    /// One is back; does its receiver answer, as far as it is known?
    pub(super) fn back(&mut self, started: &Start, is_failing: Option<bool>) {
        self.under_way = self.under_way.saturating_sub(1);
        if started.is_slow {
            self.slow_under_way = self.slow_under_way.saturating_sub(1);
        }
        match is_failing {
            Some(true) => {
                self.failing.insert(started.receiver.clone());
            }
            Some(false) => {
                self.failing.remove(&started.receiver);
            }
            None => {}
        }
    }
}

/// Whose turn it counts as, and whom it goes to.
pub(super) fn receiver_of(kind: &MessageKind) -> (String, Receiver) {
    match kind {
        MessageKind::BackchannelLogout { issuer, client, session, .. } => (session.to_string(), Receiver::Client(issuer.tenant, client.clone())),
        MessageKind::Mail(mail) => (mail.tenant.to_string(), Receiver::MailServer),
        MessageKind::Webhook(hook) => (hook.endpoint.clone(), Receiver::Endpoint(hook.tenant, hook.endpoint.clone())),
    }
}
