//! The engines.

mod backup;
mod contract;
mod sled;
mod thing;
