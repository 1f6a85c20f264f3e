//! What sixteen hands do with a server at once, what they were told, and whether it still holds when the server comes back.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use reqwest::Method;
use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    Dice,
    hand::{Hand, Tally},
    party::{Party, Place},
};
use crate::boot::served::Served;

const HANDS: u64 = 16;

/// All that was acknowledged, in sixteen hands.
pub(super) struct Story {
    party: Arc<Party>,
    hands: Vec<Hand>,
    /// Facts that were acknowledged and looked for again.
    pub(super) tally: Tally,
}

/// Hands at work; each fact is a permit.
pub(super) struct Work {
    hands: JoinSet<Hand>,
    told: Arc<Semaphore>,
}

impl Story {
    /// Begin on a server that has nothing yet.
    pub(super) async fn begin(served: &Served, dice: &mut Dice) -> Self {
        let party = Arc::new(Party::registers(served, HANDS).await);
        let hands = (0..HANDS).map(|name| Hand::new(name, dice.between(0, u64::MAX))).collect();
        Self { party, hands, tally: Tally::default() }
    }

    /// Let all hands work until the server does not answer any more.
    pub(super) fn work(&mut self, served: &Served) -> Work {
        let (place, told) = (Place::of(served), Arc::new(Semaphore::new(0)));
        let mut hands = JoinSet::new();
        for mut hand in self.hands.drain(..) {
            let (party, place, told) = (Arc::clone(&self.party), place.clone(), Arc::clone(&told));
            hands.spawn(async move {
                hand.works(&party, &place, &told).await;
                hand
            });
        }
        Work { hands, told }
    }

    /// Take the hands back from a server that is gone.
    pub(super) async fn rest(&mut self, work: Work) {
        self.hands = work.hands.join_all().await;
        self.hands.sort_by_key(|hand| hand.name);
    }

    /// Look for everything again. What is wrong is said; nothing may be.
    pub(super) async fn check(&mut self, served: &Served, round: &str) {
        let place = Place::of(served);
        let mut checking = JoinSet::new();
        for mut hand in self.hands.drain(..) {
            let (party, place) = (Arc::clone(&self.party), place.clone());
            checking.spawn(async move {
                let tally = hand.checks(&party, &place).await;
                (hand, tally)
            });
        }
        let mut wrong = Vec::new();
        for (hand, tally) in checking.join_all().await {
            wrong.extend(tally.wrong.iter().cloned());
            self.tally.add(&tally);
            self.hands.push(hand);
        }
        self.hands.sort_by_key(|hand| hand.name);
        let whole = served.api(Method::GET, "/audit/verify").send().await.unwrap();
        if !whole.status().is_success() {
            wrong.push(format!("the audit trail: {}", whole.text().await.unwrap_or_default()));
        }
        assert!(wrong.is_empty(), "{round}:\n{}", wrong.join("\n"));
    }
}

impl Work {
    /// Wait until so many facts were told.
    pub(super) async fn told(&self, facts: u64) {
        let facts = u32::try_from(facts).unwrap();
        tokio::time::timeout(std::time::Duration::from_mins(2), self.told.acquire_many(facts)).await.expect("it goes on working").unwrap().forget();
    }
}

/// Numbers for the names of things, never the same twice.
pub(super) fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
