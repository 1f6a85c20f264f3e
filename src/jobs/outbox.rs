//! Messages on their way out, each until it arrived or was given up.

use std::{
    collections::{HashMap, HashSet},
    future::Future,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::mpsc::UnboundedReceiver,
    task::{Id, JoinError, JoinSet},
    time::{MissedTickBehavior, interval},
};

use super::{
    backchannel, hook,
    lanes::{Lane, Receiver, Start, receiver_of},
    mail::{self, Post},
};
use crate::{
    journey::Tools,
    model::{Actor, AuditEvent, EventName, Hook, Key, Message, MessageKind, MessageState, Missed, Outcome, Record},
    outside::Fetch,
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, Timestamp},
};

/// How many queued messages are read at a time.
const PAGE: usize = 500;
/// A message that could not even be tried, because the store failed, waits this many seconds.
const AFTER_A_FAULT: u64 = 30;
/// How often due messages are looked for among those that wait.
const TICK: Duration = Duration::from_secs(1);
/// How often the whole queue is read again, in case news of a message got lost.
const RECOUNT: Duration = Duration::from_mins(5);

struct Work {
    tools: Tools,
    fetch: Arc<Fetch>,
    post: Option<Post>,
}

/// What came of telling somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// They know.
    Yes,
    /// Not yet.
    No(Missed),
    /// They will not hear it: the words for the record.
    Never(String),
    /// It is too late to tell them: the words for the record.
    Late(String),
    /// There is nobody to tell any more.
    Nobody,
    /// There never was anybody: it was written so that nobody can tell.
    Silence,
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

/// What a try came to, and whether its receiver answers, as far as that is known now.
struct Tried {
    fate: Fate,
    is_failing: Option<bool>,
    /// What stood behind it and may go now.
    next: Option<Loaded<Message>>,
}

impl Tried {
    const GONE: Self = Self { fate: Fate::Gone, is_failing: None, next: None };
}

/// Sends what commits queued. The queue itself is in the store; here is only the order of it: which message is due when, and who answered last time.
pub struct Outbox {
    work: Arc<Work>,
    news: UnboundedReceiver<Key>,
    to_clients: Lane,
    mails: Lane,
    hooks: Lane,
    /// All that is in a lane or on its way.
    known: HashSet<Key>,
    sending: JoinSet<Result<Tried, Fault>>,
    under_way: HashMap<Id, Start>,
}

impl Outbox {
    /// For messages of `tools.store`, of which `news` names each new one ([`crate::storage::watch`]). Mails stay where they are until somebody takes them
    /// ([`Outbox::with_mail`]).
    #[must_use]
    pub fn new(tools: Tools, fetch: Arc<Fetch>, news: UnboundedReceiver<Key>) -> Self {
        let work = Arc::new(Work { tools, fetch, post: None });
        let (to_clients, mails, hooks) = (Lane::of_clients(), Lane::of_mail(), Lane::of_hooks());
        Self { work, news, to_clients, mails, hooks, known: HashSet::new(), sending: JoinSet::new(), under_way: HashMap::new() }
    }

    /// Send mails, too.
    #[must_use]
    pub fn with_mail(mut self, post: Post) -> Self {
        self.work = Arc::new(Work { tools: self.work.tools.clone(), fetch: Arc::clone(&self.work.fetch), post: Some(post) });
        self
    }

    /// Work until told to stop. What is on its way then is sent again at the next start, under the same name.
    pub async fn run(mut self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        // All of it is known before anything goes, so that nothing overtakes what stood before it.
        self.find_queued().await;
        let (mut tick, mut recount) = (interval(TICK), interval(RECOUNT));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.start_due();
            tokio::select! {
                () = &mut stop => return,
                Some(tried) = self.sending.join_next_with_id() => self.finish(tried),
                Some(key) = self.news.recv() => self.take(key).await,
                _ = tick.tick(), if self.to_clients.waits() || self.mails.waits() || self.hooks.waits() => {}
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
                    for message in &messages {
                        self.offer(message).await;
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
            Ok(Some(message)) => self.offer(&message).await,
            Ok(None) => {}
            Err(error) => tracing::error!(error.message = %error, "a message could not be read; it is looked for again later"),
        }
    }

    fn lane(&mut self, receiver: &Receiver) -> &mut Lane {
        match receiver {
            Receiver::Client(..) => &mut self.to_clients,
            Receiver::MailServer => &mut self.mails,
            Receiver::Endpoint(..) => &mut self.hooks,
        }
    }

    /// Line it up, or what must go before it.
    async fn offer(&mut self, message: &Message) {
        let Some(hook) = message.hook() else { return self.line_up(message) };
        match self.work.tools.reads().first_of_line(hook).await {
            Ok(first) => first.iter().for_each(|first| self.line_up(first)),
            Err(error) => tracing::error!(error.message = %error, "a line of webhooks could not be read; it is looked at again later"),
        }
    }

    fn line_up(&mut self, message: &Message) {
        let waits = message.state == MessageState::Queued && (self.work.post.is_some() || message.mail().is_none());
        if !waits || !self.known.insert(message.key()) {
            return;
        }
        let (_, receiver) = receiver_of(&message.kind);
        let is_later = message.tries > 0 || message.due_at > self.work.tools.now();
        let lane = self.lane(&receiver);
        if is_later {
            lane.later(message.due_at, message.key(), receiver);
        } else {
            lane.first(&message.kind, message.key());
        }
    }

    /// Start as many as are due and may be under way.
    fn start_due(&mut self) {
        let now = self.work.tools.now();
        while let Some(start) = self.to_clients.start(now).or_else(|| self.mails.start(now)).or_else(|| self.hooks.start(now)) {
            let (work, named) = (Arc::clone(&self.work), start.key.clone());
            let task = self.sending.spawn(async move { work.attempt(&named).await });
            self.under_way.insert(task.id(), start);
        }
    }

    fn finish(&mut self, tried: Result<(Id, Result<Tried, Fault>), JoinError>) {
        let (id, came_to) = match tried {
            Ok(over) => over,
            Err(error) => (error.id(), Err(Fault::because("sending a message stopped", error))),
        };
        let Some(start) = self.under_way.remove(&id) else { return };
        let is_failing = came_to.as_ref().ok().and_then(|tried| tried.is_failing);
        self.lane(&start.receiver).back(&start, is_failing);
        match came_to.map(|tried| (tried.fate, tried.next)) {
            Ok((Fate::Waits(due_at), _)) => self.lane(&start.receiver).later(due_at, start.key, start.receiver.clone()),
            Ok((Fate::GivenUp | Fate::Arrived | Fate::Gone, next)) => {
                self.known.remove(&start.key);
                if let Some(next) = next {
                    self.line_up(&next);
                }
            }
            Err(fault) => {
                tracing::error!(error.message = %fault, "a message could not be sent for a reason of ours");
                let due_at = self.work.tools.now().plus(AFTER_A_FAULT);
                self.lane(&start.receiver).later(due_at, start.key, start.receiver.clone());
            }
        }
    }
}

impl Work {
    async fn tell(&self, message: &Message) -> Result<Told, Fault> {
        match (&message.kind, &self.post) {
            (MessageKind::BackchannelLogout { .. }, _) => backchannel::tell(&self.tools, &self.fetch, &message.id, &message.kind).await,
            (MessageKind::Mail(mail), Some(post)) => mail::send(&self.tools, post, message, mail).await,
            (MessageKind::Mail(_), None) => Err(Fault::new("nobody takes mails")),
            (MessageKind::Webhook(event), _) => hook::tell(&self.tools, &self.fetch, event).await,
        }
    }

    /// One try, and what it came to written down.
    async fn attempt(&self, key: &Key) -> Result<Tried, Fault> {
        let Some(message) = self.tools.store.load::<Message>(key, self.tools.now()).await? else { return Ok(Tried::GONE) };
        if message.state != MessageState::Queued {
            return Ok(Tried { next: self.behind(message.hook()).await?, ..Tried::GONE });
        }
        let told = self.tell(&message).await?;
        let is_failing = is_failing(&message, &told);
        let line = message.hook().cloned();
        let now = self.tools.now();
        let mut batch = Batch::new(now);
        let after = message.map(|message| match told {
            // What was for nobody stays as long as what was for somebody.
            Told::Yes | Told::Silence => message.arrived(),
            Told::Nobody => message.give_up("nobody to tell"),
            Told::Never(reply) => message.refused(&reply),
            Told::Late(reply) => message.give_up(&reply),
            Told::No(why) => message.missed(now, why),
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
        let tried = self.commit(batch, Tried { fate, is_failing, next: None }).await?;
        let is_over = !matches!(tried.fate, Fate::Waits(_));
        let next = if is_over { self.behind(line.as_ref()).await? } else { None };
        Ok(Tried { next, ..tried })
    }

    async fn commit(&self, batch: Batch, tried: Tried) -> Result<Tried, Fault> {
        match self.tools.store.commit(batch).await {
            Ok(()) => Ok(tried),
            Err(CommitError::Conflict(_)) => Ok(Tried::GONE),
            Err(other) => Err(other.into()),
        }
    }

    /// What waits for its turn behind a webhook.
    async fn behind(&self, hook: Option<&Hook>) -> Result<Option<Loaded<Message>>, Fault> {
        match hook {
            Some(hook) => Ok(self.tools.reads().first_of_line(hook).await?),
            None => Ok(None),
        }
    }
}

/// Does the receiver answer? A mail server that refuses one mail takes the others.
fn is_failing(message: &Message, told: &Told) -> Option<bool> {
    let is_mail = message.mail().is_some();
    match told {
        Told::Yes => Some(false),
        Told::No(Missed::Down(_)) => Some(true),
        Told::No(Missed::Later(_)) => Some(!is_mail),
        Told::Never(_) | Told::Late(_) | Told::Nobody | Told::Silence => None,
    }
}

fn failure(message: &Message, now: Timestamp) -> AuditEvent {
    let event = match &message.kind {
        MessageKind::BackchannelLogout { issuer, client, session, .. } => {
            AuditEvent::new(EventName::LogoutBackchannelFailed, issuer.tenant, Actor::SYSTEM, now).on("session", session).through(client)
        }
        MessageKind::Mail(mail) => AuditEvent::new(EventName::MailFailed, mail.tenant, Actor::SYSTEM, now).on("mail", &message.id),
        MessageKind::Webhook(hook) => {
            AuditEvent::new(EventName::WebhookFailed, hook.tenant, Actor::SYSTEM, now).on("webhook", &hook.endpoint).through(&hook.client)
        }
    };
    event.failed(Outcome::Failure, message.reply.as_deref().unwrap_or_default())
}
