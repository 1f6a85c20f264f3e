//! What people prove themselves with.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Subject, Table};
use crate::values::Timestamp;

/// The kinds, each with what it needs to judge a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum CredentialKind {
    /// A password, as a PHC string: of Argon2id, or as it was brought along from elsewhere, until its owner signs in.
    Password {
        /// The hash with its parameters.
        phc: String,
        /// Must it be changed at the next sign-in?
        #[serde(default)]
        must_change: bool,
    },
}

/// One credential of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Whose.
    pub subject: Subject,
    /// `password`, or an id for kinds of which there can be several.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: CredentialKind,
    /// Since when.
    pub created_at: Timestamp,
}

impl Credential {
    /// The id of an account's password: there is one.
    pub const PASSWORD: &'static str = "password";

    /// The key of a credential.
    #[must_use]
    pub fn key_of(subject: Subject, id: &str) -> Key {
        Key::of([&subject.home.to_string(), &subject.id.to_string(), id])
    }
}

impl Record for Credential {
    const TABLE: Table = Table::Credential;
    fn key(&self) -> Key {
        Self::key_of(self.subject, &self.id)
    }
}
