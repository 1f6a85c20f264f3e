//! A session ends, and whoever must hear of it does.

mod outbox;
pub(crate) mod receiver;
mod sign_out;
pub(crate) mod stage;
