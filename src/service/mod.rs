//! One file for each thing the server does: load, decide, commit.
//!
//! May import: all rooms above. A service takes the [`Tools`](crate::journey::Tools) and typed parameters, reads what the decision needs, lets a pure
//! room decide, and commits once; it answers with a type of its own, never with HTTP.
//!
//! An example, `token::authorization_code`: load the code, the client and the account, let `protocol::token` decide, mint with [`issue`], and commit
//! the spent code beside the new grant. A conflict is a replay, and takes the replay's path.

pub mod authorize;
pub mod journey;
pub mod keys;
pub mod sign_out;
