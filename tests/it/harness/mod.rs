//! What stories are told with: a server, and people in front of it.

mod form;
mod house;
mod person;
mod served;
mod server;
mod walker;

pub(crate) use house::{House, Said, claims_of};
pub(crate) use person::{Person, Seen, Silence};
pub(crate) use server::{PASSWORD, Registered, Server};
pub(crate) use walker::{Shown, Walker, authorize};
