//! Accounts of lines before this one that are not in the store yet.

use std::collections::HashMap;

use crate::{
    model::{Account, Index, Key, Record as _},
    values::AccountId,
};

/// One of them.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) account: Account,
    pub(super) has_password: bool,
}

/// All of them, found as the store would find them.
#[derive(Default)]
pub(super) struct Seen {
    people: HashMap<AccountId, Pending>,
    values: HashMap<(Index, Key), AccountId>,
}

impl Seen {
    pub(super) fn person(&self, id: AccountId) -> Option<&Pending> {
        self.people.get(&id)
    }

    pub(super) fn with(&self, index: Index, value: &Key) -> Option<&Pending> {
        self.values.get(&(index, value.clone())).and_then(|id| self.people.get(id))
    }

    pub(super) fn note(&mut self, pending: Pending) {
        let id = pending.account.id;
        for value in pending.account.unique() {
            self.values.insert(value, id);
        }
        self.people.insert(id, pending);
    }
}
