//! Signed-in browsers.

use serde::{Deserialize, Serialize};

use super::{Agent, Evidence, Index, Key, Record, Subject, Table};
use crate::values::{BrowserId, ClientId, Digest, Issuer, SessionId, Timestamp};

/// A client that got tokens in a session, to be told when it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClient {
    /// At which issuer.
    pub issuer: Issuer,
    /// Which client.
    pub client: ClientId,
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// The person signed out.
    SignedOut,
    /// A new sign-in of the same person in the same browser took its place.
    Replaced,
    /// Somebody who may ended it.
    Revoked,
}

/// One account signed in in one browser. The cookie is a random token; this record is found by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Digest of the cookie's token; changed by each new sign-in.
    pub digest: Digest,
    /// What clients call it; stays the same while the person stays the same.
    pub sid: SessionId,
    /// Who.
    pub subject: Subject,
    /// In which browser.
    pub browser: BrowserId,
    /// Which one that is, as far as it said so.
    #[serde(default)]
    pub agent: Agent,
    /// What was proved in it, and when; the sign-in first.
    pub proofs: Vec<Evidence>,
    /// Who got tokens in it.
    #[serde(default)]
    pub clients: Vec<SessionClient>,
    /// Did the person choose to stay signed in?
    #[serde(default)]
    pub stay: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to five minutes.
    pub seen_at: Timestamp,
    /// When a console was last used in it, to a minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub console_at: Option<Timestamp>,
    /// It ends without use by then.
    pub idle_until: Timestamp,
    /// It ends in any case by then.
    pub until: Timestamp,
    /// It ended.
    #[serde(default)]
    pub ended: Option<(Timestamp, SessionEnd)>,
}

impl Session {
    /// Does it still count?
    #[must_use]
    pub fn is_live_at(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.idle_until && now < self.until
    }

    /// When the person last proved who they are: `auth_time`. [OpenID Connect Core §2]
    #[must_use]
    pub fn authenticated_at(&self) -> Timestamp {
        self.proofs.iter().filter(|e| e.what.is_proof()).map(|e| e.at).max().unwrap_or(self.created_at)
    }

    /// Remember that a client got tokens. Returns whether anything changed.
    pub fn note_client(&mut self, issuer: Issuer, client: &ClientId) -> bool {
        if self.clients.iter().any(|known| known.issuer == issuer && known.client == *client) {
            return false;
        }
        self.clients.push(SessionClient { issuer, client: client.clone() });
        true
    }

    /// End it; a session that ended stays as it ended.
    #[must_use]
    pub fn end(mut self, now: Timestamp, how: SessionEnd) -> Self {
        self.ended.get_or_insert((now, how));
        self
    }

    /// The key of the session whose cookie has this digest.
    #[must_use]
    pub fn key_of(digest: &Digest) -> Key {
        Key::of([&digest.text()])
    }
}

impl Record for Session {
    const TABLE: Table = Table::Session;
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        vec![(Index::SessionBySid, Key::of([self.sid.as_ref()]))]
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::SessionByAccount, Key::of([&self.subject.home.to_string(), &self.subject.id.to_string()]))]
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
