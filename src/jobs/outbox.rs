//! Messages on their way out, each until it arrived or was given up.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    future::Future,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::mpsc::UnboundedReceiver,
    task::{Id, JoinError, JoinSet},
    time::{MissedTickBehavior, interval},
};

use super::backchannel::{self, Told};
use crate::{
    journey::Tools,
    model::{Actor, AuditEvent, EventName, Key, Message, MessageKind, MessageState, Outcome, Record},
    outside::Fetch,
    storage::{Batch, CommitError, Paging},
    values::{ClientId, Fault, SessionId, TenantId, Timestamp},
};

/// How many messages are on their way at once.
const AT_ONCE: usize = 64;
/// How many of them may be to clients that did not answer last time: the others do not wait behind these.
const SLOW_AT_ONCE: usize = 16;
/// How many queued messages are read at a time.
const PAGE: usize = 500;
/// A message that could not even be tried, because the store failed, waits this many seconds.
const AFTER_A_FAULT: u64 = 30;
/// How often due messages are looked for among those that wait.
const TICK: Duration = Duration::from_secs(1);
/// How often the whole queue is read again, in case news of a message got lost.
const RECOUNT: Duration = Duration::from_mins(5);

type Receiver = (TenantId, ClientId);

struct Work {
    tools: Tools,
    fetch: Arc<Fetch>,
}

/// A message on its way.
struct UnderWay {
    key: Key,
    receiver: Receiver,
    is_slow: bool,
}

/// What a try came to.
enum Fate {
    /// The other side has it.
    Arrived,
    /// Once more, then.
    Waits(Timestamp),
    /// That was the last time.
    GivenUp,
    /// It is not ours to send any more.
    Gone,
}

/// First tries. Sessions take turns, so that one with very many clients does not stand before all others.
#[derive(Default)]
struct Turns {
    order: VecDeque<SessionId>,
    of: HashMap<SessionId, VecDeque<(Key, Receiver)>>,
}

impl Turns {
    fn push(&mut self, session: SessionId, key: Key, receiver: Receiver) {
        let queue = self.of.entry(session.clone()).or_default();
        if queue.is_empty() {
            self.order.push_back(session);
        }
        queue.push_back((key, receiver));
    }

    fn pop(&mut self) -> Option<(Key, Receiver)> {
        let session = self.order.pop_front()?;
        let queue = self.of.get_mut(&session)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.of.remove(&session);
        } else {
            self.order.push_back(session);
        }
        next
    }
}

/// Sends what commits queued. The queue itself is in the store; here is only the order of it: which message is due when, and who answered last time.
pub struct Outbox {
    work: Arc<Work>,
    news: UnboundedReceiver<Key>,
    quick: Turns,
    /// Repetitions, and whatever is for a receiver that did not answer last time, by the time they are due.
    slow: BTreeMap<(Timestamp, Key), Receiver>,
    failing: HashSet<Receiver>,
    /// All that is in a lane or on its way.
    known: HashSet<Key>,
    sending: JoinSet<Result<Fate, Fault>>,
    under_way: HashMap<Id, UnderWay>,
}

impl Outbox {
    /// For messages of `tools.store`, of which `news` names each new one ([`crate::storage::watch`]).
    #[must_use]
    pub fn new(tools: Tools, fetch: Arc<Fetch>, news: UnboundedReceiver<Key>) -> Self {
        let work = Arc::new(Work { tools, fetch });
        Self {
            work,
            news,
            quick: Turns::default(),
            slow: BTreeMap::new(),
            failing: HashSet::new(),
            known: HashSet::new(),
            sending: JoinSet::new(),
            under_way: HashMap::new(),
        }
    }

    /// Work until told to stop. What is on its way then is sent again at the next start, under the same name.
    pub async fn run(mut self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let (mut tick, mut recount) = (interval(TICK), interval(RECOUNT));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.start_due();
            tokio::select! {
                () = &mut stop => return,
                Some(tried) = self.sending.join_next_with_id() => self.finish(tried),
                Some(key) = self.news.recv() => self.take(key).await,
                _ = tick.tick(), if !self.slow.is_empty() => {}
                _ = recount.tick() => self.find_queued().await,
            }
        }
    }

    /// Send everything that is due now, and wait until all of it arrived or failed once. Returns how many were tried.
    pub async fn pass(&mut self) -> usize {
        self.find_queued().await;
        while let Ok(key) = self.news.try_recv() {
            self.take(key).await;
        }
        let mut tried = 0;
        loop {
            self.start_due();
            let Some(done) = self.sending.join_next_with_id().await else { return tried };
            self.finish(done);
            tried += 1;
        }
    }

    /// Read the whole queue: at the start, and now and then.
    async fn find_queued(&mut self) {
        let mut page = Paging::first(PAGE);
        loop {
            match self.work.tools.reads().queued_messages(page).await {
                Ok(messages) => {
                    let last = (messages.len() == PAGE).then(|| messages.last().map(|message| message.key())).flatten();
                    for message in messages {
                        self.line_up(&message);
                    }
                    match last {
                        Some(key) => page = Paging::after(key, PAGE),
                        None => return,
                    }
                }
                Err(error) => return tracing::error!(error.message = %error, "the queue of messages could not be read"),
            }
        }
    }

    /// A message that was just committed.
    async fn take(&mut self, key: Key) {
        let now = self.work.tools.now();
        match self.work.tools.store.load::<Message>(&key, now).await {
            Ok(Some(message)) => self.line_up(&message),
            Ok(None) => {}
            Err(error) => tracing::error!(error.message = %error, "a message could not be read; it is looked for again later"),
        }
    }

    fn line_up(&mut self, message: &Message) {
        if message.state != MessageState::Queued || !self.known.insert(message.key()) {
            return;
        }
        let (session, receiver) = receiver_of(&message.kind);
        if message.tries > 0 || message.due_at > self.work.tools.now() {
            self.slow.insert((message.due_at, message.key()), receiver);
        } else {
            self.quick.push(session, message.key(), receiver);
        }
    }

    /// Start as many as are due and may be under way.
    fn start_due(&mut self) {
        let now = self.work.tools.now();
        while self.sending.len() < AT_ONCE {
            if let Some((key, receiver)) = self.quick.pop() {
                if self.failing.contains(&receiver) {
                    self.slow.insert((now, key), receiver);
                } else {
                    self.start(key, receiver, false);
                }
                continue;
            }
            if self.under_way.values().filter(|message| message.is_slow).count() >= SLOW_AT_ONCE {
                return;
            }
            let Some(first) = self.slow.first_entry().filter(|first| first.key().0 <= now) else { return };
            let ((_, key), receiver) = first.remove_entry();
            self.start(key, receiver, true);
        }
    }

    fn start(&mut self, key: Key, receiver: Receiver, is_slow: bool) {
        let (work, named) = (Arc::clone(&self.work), key.clone());
        let task = self.sending.spawn(async move { work.attempt(&named).await });
        self.under_way.insert(task.id(), UnderWay { key, receiver, is_slow });
    }

    fn finish(&mut self, tried: Result<(Id, Result<Fate, Fault>), JoinError>) {
        let (id, came_to) = match tried {
            Ok(over) => over,
            Err(error) => (error.id(), Err(Fault::because("sending a message stopped", error))),
        };
        let Some(UnderWay { key, receiver, .. }) = self.under_way.remove(&id) else { return };
        match came_to {
            Ok(Fate::Waits(due_at)) => {
                self.failing.insert(receiver.clone());
                self.slow.insert((due_at, key), receiver);
            }
            Ok(Fate::GivenUp) => {
                self.known.remove(&key);
                self.failing.insert(receiver);
            }
            Ok(Fate::Arrived) => {
                self.known.remove(&key);
                self.failing.remove(&receiver);
            }
            Ok(Fate::Gone) => {
                self.known.remove(&key);
            }
            Err(fault) => {
                tracing::error!(error.message = %fault, "a message could not be sent for a reason of ours");
                let due_at = self.work.tools.now().plus(AFTER_A_FAULT);
                self.slow.insert((due_at, key), receiver);
            }
        }
    }
}

impl Work {
    /// One try, and what it came to written down.
    async fn attempt(&self, key: &Key) -> Result<Fate, Fault> {
        let Some(message) = self.tools.store.load::<Message>(key, self.tools.now()).await? else { return Ok(Fate::Gone) };
        if message.state != MessageState::Queued {
            return Ok(Fate::Gone);
        }
        let told = backchannel::tell(&self.tools, &self.fetch, &message.id, &message.kind).await?;
        let now = self.tools.now();
        let mut batch = Batch::new(now);
        let after = message.map(|message| match told {
            Told::Yes => message.arrived(),
            Told::Nobody => message.give_up("nobody to tell"),
            Told::No(reply) => message.missed(now, reply),
        });
        let fate = match after.state {
            MessageState::Sent => Fate::Arrived,
            MessageState::Queued => Fate::Waits(after.due_at),
            MessageState::Failed => {
                batch.audit(&failure(&after, now))?;
                Fate::GivenUp
            }
        };
        batch.update(after)?;
        match self.tools.store.commit(batch).await {
            Ok(()) => Ok(fate),
            Err(CommitError::Conflict(_)) => Ok(Fate::Gone),
            Err(other) => Err(other.into()),
        }
    }
}

fn receiver_of(kind: &MessageKind) -> (SessionId, Receiver) {
    match kind {
        MessageKind::BackchannelLogout { issuer, client, session, .. } => (session.clone(), (issuer.tenant, client.clone())),
    }
}

fn failure(message: &Message, now: Timestamp) -> AuditEvent {
    match &message.kind {
        MessageKind::BackchannelLogout { issuer, client, session, .. } => {
            let event = AuditEvent::new(EventName::LogoutBackchannelFailed, issuer.tenant, Actor::SYSTEM, now).on("session", session).through(client);
            event.failed(Outcome::Failure, message.reply.as_deref().unwrap_or_default())
        }
    }
}
