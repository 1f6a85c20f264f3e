//! Signing out: at once when a hint says whose session, else after a question. [OpenID Connect RP-Initiated Logout §2]

use super::{
    keys,
    sign_out::{self, Asked},
};
use crate::{
    journey::{Tools, closing::ToldClient, facts::Visitor},
    model::{Account, Actor, Client, Session, SessionEnd},
    protocol::{
        OAuthError,
        end_session::{self, Facts, SignOut},
        params::Params,
    },
    storage::Loaded,
    values::{Digest, Fault, Issuer, SessionId},
};

/// What a request to sign out comes to.
#[derive(Debug)]
pub enum SigningOut {
    /// It is done.
    Done {
        /// The cookies that mean nothing any more.
        ended: Vec<Digest>,
        /// Who is being told.
        told: Vec<ToldClient>,
        /// Where the browser goes; to a page of ours if nowhere.
        back: Option<String>,
    },
    /// Which of these?
    Ask(Vec<(Session, Account)>),
    /// The request cannot be understood.
    Refused(OAuthError),
}

/// A client, or the portal, asks.
///
/// # Errors
/// The store failed.
pub async fn ask(tools: &Tools, issuer: Issuer, params: &Params, visitor: &Visitor) -> Result<SigningOut, Fault> {
    let sessions = sessions(tools, visitor).await?;
    match judge(tools, issuer, params, &sessions).await? {
        Err(error) => Ok(SigningOut::Refused(error)),
        Ok(SignOut::AtOnce { session, back }) => {
            let chosen: Vec<SessionId> = session.into_iter().collect();
            end(tools, issuer, sessions, &chosen, (visitor, back.map(|back| back.as_str().to_owned()))).await
        }
        Ok(SignOut::Ask { .. }) => {
            let mut asked = Vec::new();
            for session in sessions {
                if let Some(account) = tools.reads().account(session.subject).await? {
                    asked.push((session.into_value(), account.into_value()));
                }
            }
            Ok(SigningOut::Ask(asked))
        }
    }
}

/// The person answered which.
///
/// # Errors
/// The store failed.
pub async fn confirm(tools: &Tools, issuer: Issuer, params: &Params, chosen: &[SessionId], visitor: &Visitor) -> Result<SigningOut, Fault> {
    let sessions = sessions(tools, visitor).await?;
    match judge(tools, issuer, params, &sessions).await? {
        Err(error) => Ok(SigningOut::Refused(error)),
        Ok(SignOut::AtOnce { back, .. } | SignOut::Ask { back, .. }) => {
            end(tools, issuer, sessions, chosen, (visitor, back.map(|back| back.as_str().to_owned()))).await
        }
    }
}

/// Who is signed in in this browser.
///
/// # Errors
/// The store failed.
pub async fn sessions(tools: &Tools, visitor: &Visitor) -> Result<Vec<Loaded<Session>>, Fault> {
    let now = tools.now();
    let mut sessions = Vec::new();
    for digest in &visitor.sessions {
        let session = tools.store.reads(now).session(digest).await?;
        sessions.extend(session.filter(|session| session.is_live_at(now) && session.browser == visitor.browser));
    }
    Ok(sessions)
}

async fn judge(tools: &Tools, issuer: Issuer, params: &Params, sessions: &[Loaded<Session>]) -> Result<Result<SignOut, OAuthError>, Fault> {
    let hint = match params.one("id_token_hint") {
        Ok(Some(token)) => keys::verify_id_token_hint(tools, issuer, token).await?,
        _ => None,
    };
    let client: Option<Client> = match &hint {
        Some(hint) => tools.reads().client(issuer.tenant, &hint.client).await?.map(Loaded::into_value),
        None => None,
    };
    let sessions: Vec<Session> = sessions.iter().map(|session| (**session).clone()).collect();
    Ok(end_session::decide(params, &Facts { hint: hint.as_ref(), client: client.as_ref(), sessions: &sessions }))
}

async fn end(
    tools: &Tools,
    issuer: Issuer,
    sessions: Vec<Loaded<Session>>,
    chosen: &[SessionId],
    context: (&Visitor, Option<String>),
) -> Result<SigningOut, Fault> {
    let (visitor, back) = context;
    let mut ended = Vec::new();
    let mut told = Vec::new();
    for session in sessions.into_iter().filter(|session| chosen.contains(&session.sid)) {
        let asked = Asked {
            tenant: issuer.tenant,
            actor: Actor::person(session.subject),
            client: None,
            ip: visitor.ip.clone(),
            correlation: visitor.correlation.clone(),
        };
        ended.push(session.digest);
        told.extend(sign_out::end_session(tools, session, SessionEnd::SignedOut, &asked).await?.clients);
    }
    Ok(SigningOut::Done { ended, told, back })
}
