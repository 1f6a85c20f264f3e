//! What stories are told with: a server, and people in front of it.

mod house;

pub(crate) use house::{House, Said, claims_of, client};
