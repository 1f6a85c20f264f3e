//! What S-ME-HOME tells at a glance.

use super::sessions;
use crate::{
    journey::Tools,
    model::{Account, Session},
    storage::Paging,
    values::Fault,
};

/// How long a sign-in elsewhere is worth a word.
const RECENT: u64 = 86_400;
/// More applications than anybody lets in.
const MOST: usize = 500;

/// An account at a glance.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The session with the last sign-in, over or not, as long as it is remembered.
    pub last: Session,
    /// In how many browsers it is signed in.
    pub sessions: usize,
    /// Did another browser sign in since yesterday, and is it signed in still?
    pub is_elsewhere: bool,
    /// How many applications have access.
    pub apps: usize,
}

/// Look.
///
/// # Errors
/// The store failed.
pub async fn overview(tools: &Tools, account: &Account, here: &Session) -> Result<Overview, Fault> {
    let (now, reads) = (tools.now(), tools.reads());
    let all = sessions::all(tools, account.subject()).await?;
    let last = all.iter().map(|session| &**session).max_by_key(|session| (session.authenticated_at(), session.sid == here.sid)).unwrap_or(here);
    let is_recent = |session: &Session| session.sid != here.sid && session.authenticated_at() >= now.minus(RECENT);
    let live = || all.iter().filter(|session| session.is_live_at(now));
    Ok(Overview {
        last: last.clone(),
        sessions: live().count(),
        is_elsewhere: live().any(|session| is_recent(session)),
        apps: reads.consents(account.subject(), Paging::first(MOST)).await?.len(),
    })
}
