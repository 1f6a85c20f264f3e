//! What stories are told with: a server, and people in front of it.

mod not_run;
mod person;

pub(crate) use not_run::not_run;
pub(crate) use person::{Person, Seen};
