//! What was acknowledged, kept outside the process that is harmed.

use std::{collections::BTreeSet, path::Path};

use parvis::storage::{Store, sled::verify_folder};

use super::child::{NOW, Process, Said, code, grant};
use crate::storage::{sled::try_open, thing::Thing};

/// Something a client was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// This code exists.
    Made(u64),
    /// This code is spent, and there is a grant for it.
    Spent(u64),
}

/// All that was acknowledged.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    facts: BTreeSet<Fact>,
    next: u64,
}

/// How a store fared.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Everything acknowledged is there.
    Whole,
    /// It is not served, and says why.
    Closed(String),
    /// It is served and something is wrong: the worst case.
    Wrong(String),
}

impl Ledger {
    pub(super) fn note(&mut self, said: &Said) {
        if let Said::Fact(fact) = said {
            let (Fact::Made(n) | Fact::Spent(n)) = fact;
            self.next = self.next.max(n + 1);
            self.facts.insert(*fact);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Start a child that goes on where the last one was: above everything it may have made without saying so.
    pub(super) fn start(&self, folder: &Path) -> Process {
        Process::start(folder, self.next + 1_000)
    }

    /// Compare a store that nobody has open with what was acknowledged.
    pub(super) async fn judge(&self, folder: &Path) -> Verdict {
        if let Err(error) = verify_folder(folder) {
            return Verdict::Closed(error.to_string());
        }
        let store = match try_open(folder, 1) {
            Ok(store) => store,
            Err(error) => return Verdict::Closed(error.to_string()),
        };
        match self.wrong(&store).await {
            Some(wrong) => Verdict::Wrong(wrong),
            None => Verdict::Whole,
        }
    }

    /// The first thing that is not as it was acknowledged.
    async fn wrong(&self, store: &dyn Store) -> Option<String> {
        for fact in &self.facts {
            let (Fact::Made(n) | Fact::Spent(n)) = fact;
            let made = match store.load::<Thing>(&Thing::key_of(&code(*n).name), NOW).await {
                Ok(Some(made)) => made,
                Ok(None) => return Some(format!("{fact:?}: the code is not there")),
                Err(error) => return Some(format!("{fact:?}: {error}")),
            };
            let granted = store.load::<Thing>(&Thing::key_of(&grant(*n).name), NOW).await.ok().flatten().is_some();
            if granted != (made.count == 1) {
                return Some(format!("code {n}: half a batch"));
            }
            if matches!(fact, Fact::Spent(_)) && !granted {
                return Some(format!("code {n} can be spent again"));
            }
        }
        None
    }
}
