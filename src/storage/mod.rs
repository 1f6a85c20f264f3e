//! Where records live: a small trait, its adapters, and typed repositories over it.
//!
//! May import: `values`, `model`, `crypto`. A write is data: build a [`Batch`], commit it once, all of it or none of it.
//!
//! An example, redeeming a code: load it ([`Loaded`] remembers the version that was read), `batch.update(code.try_map(|c| c.spend(now))?)` beside
//! the new grant, `store.commit(batch)`. Of two callers at once one gets [`CommitError::Conflict`] and takes the path of a replay.
//!
//! Why it is so: sled's transactions take a re-runnable closure over a tree that may not cross threads, so a transaction cannot stay open through
//! a handler. Version checks at commit give the same promise to every engine, and a lost update cannot be written by accident: only what was
//! loaded can be updated, and an insert demands absence. The audit trail is appended by the engine itself, because a chain whose head every
//! request had to read and check would serialise them all.

mod aborting;
mod around;
pub mod audit;
mod batch;
mod chain;
mod check;
mod counted;
pub mod memory;
mod repo;
mod row;
pub mod sled;
mod store;
mod watch;

pub use aborting::{AbortAt, aborting};
pub use batch::Batch;
pub use chain::follows;
pub use counted::{Work, counted};
pub use repo::Reads;
pub use store::{Beginning, CommitError, Entry, Loaded, Paging, Store, StoreError};
pub use watch::watch;

pub(in crate::storage) use batch::{Expect, Write};
pub(in crate::storage) use check::{Present, check};
pub(in crate::storage) use row::{Decoded, Row};
