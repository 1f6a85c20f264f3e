//! The engines.

mod backup;
mod contract;
pub(crate) mod sled;
pub(crate) mod thing;
