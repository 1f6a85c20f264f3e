//! One file for each thing the server does: load, decide, commit.
//!
//! May import: all rooms above. A service takes the [`Tools`](crate::journey::Tools) and typed parameters, reads what the decision needs, lets a pure
//! room decide, and commits once; it answers with a type of its own, never with HTTP.
//!
//! An example, `token::authorization_code`: load the code, the client and the account, let `protocol::token` decide, mint with [`issue`], and commit
//! the spent code beside the new grant. A conflict is a replay, and takes the replay's path.

pub mod account;
pub mod admin;
pub mod authorize;
pub mod bearer;
pub mod check;
pub mod client_auth;
pub mod end_session;
pub mod introspect;
pub mod invitation;
pub mod issue;
pub mod journey;
pub mod keys;
pub mod mailed;
pub mod readiness;
pub mod revoke;
pub mod setup;
pub mod sign_out;
pub mod start;
pub mod terms;
pub mod token;
pub mod userinfo;

use crate::{protocol::OAuthError, storage::StoreError, values::Fault};

/// Why a client gets nothing: because of what it sent, or because of us.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What the client sees.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// What the operator sees.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}
