//! The engines.

mod contract;
mod sled;
mod thing;
