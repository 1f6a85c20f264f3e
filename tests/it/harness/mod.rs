//! What stories are told with: a server, and people in front of it.

mod house;
mod walker;

pub(crate) use house::{House, Said, claims_of};
pub(crate) use walker::{Walker, authorize};
