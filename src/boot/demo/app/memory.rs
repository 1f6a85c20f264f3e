//! Who is signed in at the applications: in memory only, for a demonstration forgets.

use std::collections::{BTreeMap, HashMap};

use super::{
    flow::{Pending, SignedIn},
    page::Notice,
};

/// How many visits are remembered; the oldest goes first.
const MOST: usize = 1000;

/// The host name and the cookie.
type Name = (String, String);

/// One browser at one application.
#[derive(Clone, Debug, Default)]
pub(super) struct Visit {
    /// Sent to the provider, and expected back.
    pub(super) pending: Option<Pending>,
    /// Signed in.
    pub(super) signed_in: Option<SignedIn>,
    /// To be said on the next page.
    pub(super) notice: Option<Notice>,
}

impl Visit {
    pub(super) fn noticing(notice: Notice) -> Self {
        Self { notice: Some(notice), ..Self::default() }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Visits {
    of: HashMap<Name, (u64, Visit)>,
    order: BTreeMap<u64, Name>,
    next: u64,
}

impl Visits {
    pub(super) fn get(&self, name: &Name) -> Option<Visit> {
        self.of.get(name).map(|(_, visit)| visit.clone())
    }

    pub(super) fn put(&mut self, name: Name, visit: Visit) {
        self.remove(&name);
        self.next += 1;
        self.order.insert(self.next, name.clone());
        self.of.insert(name, (self.next, visit));
        while self.of.len() > MOST {
            let Some((_, oldest)) = self.order.pop_first() else { return };
            self.of.remove(&oldest);
        }
    }

    pub(super) fn remove(&mut self, name: &Name) {
        if let Some((place, _)) = self.of.remove(name) {
            self.order.remove(&place);
        }
    }

    /// The session ended: whoever was signed in by it here is not any more. Returns how many visits that were.
    pub(super) fn forget(&mut self, host: &str, sid: &str) -> usize {
        let of_session = |visit: &Visit| visit.signed_in.as_ref().is_some_and(|signed_in| signed_in.sid.as_deref() == Some(sid));
        let mut forgotten = 0;
        for ((_, visit), _) in self.of.iter_mut().filter(|(name, _)| name.0 == host).map(|(name, entry)| (entry, name)) {
            if of_session(visit) {
                *visit = Visit::noticing(Notice::SignedOutElsewhere);
                forgotten += 1;
            }
        }
        forgotten
    }
}
