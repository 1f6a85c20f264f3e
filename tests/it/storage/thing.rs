//! A record for tests: whatever key, values and expiry a test wants.

use parvis::{
    model::{Index, Key, Record, Table},
    values::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Something with a name, an address nobody else may have, and an owner it is listed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) address: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) ends: Option<Timestamp>,
    pub(crate) count: u64,
}

impl Thing {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), address: None, owner: None, ends: None, count: 0 }
    }
    pub(crate) fn at(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }
    pub(crate) fn of(mut self, owner: &str) -> Self {
        self.owner = Some(owner.to_owned());
        self
    }
    pub(crate) fn until(mut self, end: u64) -> Self {
        self.ends = Some(Timestamp(end));
        self
    }
    pub(crate) fn counting(mut self, count: u64) -> Self {
        self.count = count;
        self
    }
    pub(crate) fn key_of(name: &str) -> Key {
        Key::from_stored(name.to_owned())
    }
}

/// The index its address is unique in.
pub(crate) const ADDRESS: Index = Index::AccountByEmail;
/// The index its owner lists it in.
pub(crate) const OWNER: Index = Index::AccountByRole;

impl Record for Thing {
    const TABLE: Table = Table::Account;
    fn key(&self) -> Key {
        Self::key_of(&self.name)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        self.address.iter().map(|address| (ADDRESS, Key::of([address]))).collect()
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        self.owner.iter().map(|owner| (OWNER, Key::of([owner]))).collect()
    }
    fn expires_at(&self) -> Option<Timestamp> {
        self.ends
    }
}
