//! Reads configuration, builds everything, listens; and the command line.
//!
//! May import: everything. Only here is the environment read, the system's clock asked and a file of the data folder opened, so that every other room
//! can be tested without them. Errors are `anyhow`, and become one line on the terminal.

pub mod build;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod flight;
pub mod folder;
pub mod listen;
pub mod local;
pub mod log;
pub mod serve;
mod stop;
pub mod tls;
mod work;

pub use clock::{MovableClock, SystemClock};
