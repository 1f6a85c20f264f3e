//! Sign-out that a client asks for. [OpenID Connect RP-Initiated Logout §2, §3]
//!
//! Only a valid `id_token_hint` shows that the request comes from somebody who signed in through the client; without one the person is asked, and
//! nobody is sent anywhere: an address alone, even a registered one, could be a lure.

use super::{ErrorCode, OAuthError, authorize::ui_locale, params::Params, response};
use crate::{
    model::{Client, Session},
    values::{AccountId, ClientId, SessionId},
};

/// What a verified `id_token_hint` says. It was signed by this issuer; that it has expired is no matter. [OpenID Connect RP-Initiated Logout §4]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintClaims {
    /// To whom it was issued, `aud`.
    pub client: ClientId,
    /// About whom, `sub`.
    pub subject: AccountId,
    /// In which session, `sid`.
    pub sid: Option<SessionId>,
}

/// What is known when a sign-out is judged.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What the hint says, where one came and is valid.
    pub hint: Option<&'a HintClaims>,
    /// The client that the hint was issued to.
    pub client: Option<&'a Client>,
    /// The live sessions of this browser in this tenant.
    pub sessions: &'a [Session],
}

/// Where the browser goes after: a registered URI with the client's `state`. Made here only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLogout(String);

impl PostLogout {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a request for sign-out comes to. Where `back` is `None` the person gets the page that says they are signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// No question: the hint names the session, or nobody is signed in.
    AtOnce {
        /// The session to end.
        session: Option<SessionId>,
        /// Where to go then.
        back: Option<PostLogout>,
    },
    /// The person says which of these sessions end.
    Ask {
        /// All that this browser has.
        sessions: Vec<SessionId>,
        /// Where to go then.
        back: Option<PostLogout>,
    },
}

const TWO_CLIENTS: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the id_token_hint was not issued to the client_id");

/// Judge a request for sign-out.
///
/// # Errors
/// `invalid_request`, for a page of ours: a parameter is repeated, too long or unreadable, or hint and client contradict each other.
pub fn decide(params: &Params, facts: &Facts<'_>) -> Result<SignOut, OAuthError> {
    for ignored in ["logout_hint", "id_token_hint"] {
        params.one(ignored)?;
    }
    ui_locale(params)?;
    let client_id = params.one("client_id")?;
    let uri = params.one("post_logout_redirect_uri")?;
    let state = params.one("state")?;
    if facts.hint.zip(client_id).is_some_and(|(hint, id)| hint.client.as_ref() != id) {
        return Err(TWO_CLIENTS);
    }
    let back = facts.hint.and_then(|hint| post_logout(uri?, state, hint, facts.client?));
    let sessions = || facts.sessions.iter().map(|session| session.sid.clone()).collect();
    Ok(match facts.hint.and_then(|hint| session_of(hint, facts.sessions)) {
        Some(session) => SignOut::AtOnce { session: Some(session.sid.clone()), back },
        None if facts.sessions.is_empty() => SignOut::AtOnce { session: None, back },
        None => SignOut::Ask { sessions: sessions(), back },
    })
}

/// The session that the hint names; else one of the same person, who signed in anew since.
fn session_of<'a>(hint: &HintClaims, sessions: &'a [Session]) -> Option<&'a Session> {
    let named = sessions.iter().find(|session| Some(&session.sid) == hint.sid.as_ref() && session.subject.id == hint.subject);
    named.or_else(|| sessions.iter().find(|session| session.subject.id == hint.subject))
}

/// Byte for byte one of those the client registered. [OpenID Connect RP-Initiated Logout §3]
fn post_logout(uri: &str, state: Option<&str>, hint: &HintClaims, client: &Client) -> Option<PostLogout> {
    if client.id != hint.client || !client.is_active() {
        return None;
    }
    let registered = client.post_logout_redirect_uris.iter().find(|known| known.as_str() == uri)?;
    let fields: Vec<_> = state.map(|state| ("state", state.to_owned())).into_iter().collect();
    Some(PostLogout(response::with_query(registered.as_str(), &fields)))
}

#[cfg(test)]
mod tests;
