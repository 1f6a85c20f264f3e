//! What happens without a request.
//!
//! May import: all rooms above but `web`. A job is a loop that boot starts and stops; what it has to do lies in the store, so a crash loses nothing.
//!
//! An example: a session ends, and the same commit queues a message to each of its clients. [`Outbox`] hears of them, sends logout tokens, and writes down what
//! became of each.

mod backchannel;
mod outbox;

pub use outbox::Outbox;
