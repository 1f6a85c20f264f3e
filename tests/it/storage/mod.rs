//! The engines.

mod audit;
mod backup;
mod contract;
mod golden;
mod likeness;
pub(crate) mod sled;
pub(crate) mod thing;
