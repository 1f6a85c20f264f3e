//! Logout tokens. [OpenID Connect Back-Channel Logout §2.4]

use serde::Serialize;

use crate::{
    model::Subject,
    values::{AccountId, ClientId, SessionId, Timestamp},
};

/// How many seconds a logout token counts, as the specification advises: long enough to arrive, too short to be kept and used later.
const LIFETIME: u64 = 120;

/// `{}`: the event says all by its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoDetails {}

/// The event that makes a token a logout token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Events {
    /// The session ended.
    #[serde(rename = "http://schemas.openid.net/event/backchannel-logout")]
    pub logout: NoDetails,
}

/// What a logout token says. It has no `nonce`, so that it can never pass for an ID token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogoutTokenClaims<'a> {
    /// Who says it.
    pub iss: String,
    /// Who signed out.
    pub sub: AccountId,
    /// To whom it is said.
    pub aud: &'a ClientId,
    /// When.
    pub iat: Timestamp,
    /// Until when it counts.
    pub exp: Timestamp,
    /// The name of the message: the same when it is sent again.
    pub jti: &'a str,
    /// Which session ended.
    pub sid: &'a SessionId,
    /// That it ended.
    pub events: Events,
}

impl<'a> LogoutTokenClaims<'a> {
    /// Tell this client that this session of this person ended.
    #[must_use]
    pub fn new(issuer: String, client: &'a ClientId, (subject, sid): (Subject, &'a SessionId), jti: &'a str, now: Timestamp) -> Self {
        Self { iss: issuer, sub: subject.id, aud: client, iat: now, exp: now.plus(LIFETIME), jti, sid, events: Events::default() }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::values::TenantId;

    #[test]
    fn it_names_the_session_and_the_event_and_has_no_nonce() {
        let subject = Subject { home: TenantId(Uuid::from_u128(1)), id: AccountId(Uuid::from_u128(2)) };
        let (client, sid) = (ClientId::from("espace-client"), SessionId::from("s1"));
        let claims = LogoutTokenClaims::new("https://id.example".to_owned(), &client, (subject, &sid), "m1", Timestamp(1000));
        let expected = serde_json::json!({
            "iss": "https://id.example", "sub": "00000000-0000-0000-0000-000000000002", "aud": "espace-client", "iat": 1000, "exp": 1120,
            "jti": "m1", "sid": "s1", "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }
}
