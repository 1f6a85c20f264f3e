//! What a client is told when a session ends. [OpenID Connect Back-Channel Logout §2.4]

use serde::Serialize;

use crate::values::{AccountId, ClientId, SessionId, Timestamp};

/// A logout token's life in seconds: long enough for a slow receiver, short enough to be worthless later.
const LIFE: u64 = 120;

/// The claims of a logout token. There is no `nonce`, on purpose: so it can never pass for an ID token.
#[derive(Clone, Debug, Serialize)]
pub struct LogoutTokenClaims {
    iss: String,
    sub: AccountId,
    aud: ClientId,
    iat: Timestamp,
    exp: Timestamp,
    jti: String,
    sid: SessionId,
    events: Events,
}

#[derive(Clone, Debug, Serialize)]
struct Events {
    #[serde(rename = "http://schemas.openid.net/event/backchannel-logout")]
    backchannel_logout: Nothing,
}

#[derive(Clone, Debug, Serialize)]
struct Nothing {}

/// Who signed out of what.
#[derive(Clone, Debug)]
pub struct SignedOut {
    /// To be told to whom.
    pub client: ClientId,
    /// Who.
    pub subject: AccountId,
    /// Of which session.
    pub session: SessionId,
    /// The message's name, the same at each try.
    pub jti: String,
}

/// The claims for one client.
#[must_use]
pub fn claims(iss: String, about: &SignedOut, now: Timestamp) -> LogoutTokenClaims {
    let about = about.clone();
    let events = Events { backchannel_logout: Nothing {} };
    LogoutTokenClaims { iss, sub: about.subject, aud: about.client, iat: now, exp: now.plus(LIFE), jti: about.jti, sid: about.session, events }
}
