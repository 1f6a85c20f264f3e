//! The link of S-CHECK: whoever opens it sees a button, whoever presses the button lets the journey go on that the link came from, in its own browser.

use crate::{
    journey::{Tools, check::link},
    model::{Evidence, Journey, Proved, Subject, Tenant},
    storage::{Batch, CommitError, Loaded},
    values::{Fault, JourneyId, Timestamp},
};

/// What a link comes to.
#[derive(Debug)]
pub enum Link {
    /// A button can be pressed.
    Open(Box<Loaded<Tenant>>),
    /// It was pressed.
    Pressed(Box<Loaded<Tenant>>),
    /// Its time is over.
    Over,
    /// It is none of ours.
    None,
}

/// The mailed link's evidence in its journey.
fn mailed(journey: &Journey, token: &str, tools: &Tools) -> Option<(Subject, Timestamp)> {
    let typed = link(&journey.id, token, tools);
    journey.evidence.iter().find_map(|evidence| match &evidence.what {
        Proved::CheckMailed { link, until } if *link == typed => Some((evidence.subject, *until)),
        _ => None,
    })
}

/// Was it pressed, or paid otherwise, since it was mailed?
fn is_pressed(journey: &Journey, token: &str, tools: &Tools) -> bool {
    let typed = link(&journey.id, token, tools);
    let since = journey.evidence.iter().skip_while(|e| !matches!(&e.what, Proved::CheckMailed { link, .. } if *link == typed));
    since.into_iter().any(|e| matches!(e.what, Proved::Checked))
}

/// Look at it; nothing is written.
///
/// # Errors
/// The store failed.
pub async fn look(tools: &Tools, journey: &JourneyId, token: &str) -> Result<Link, Fault> {
    Ok(find(tools, journey, token).await?.0)
}

async fn find(tools: &Tools, id: &JourneyId, token: &str) -> Result<(Link, Option<(Loaded<Journey>, Subject)>), Fault> {
    let (now, reads) = (tools.now(), tools.reads());
    let Some(journey) = reads.journey(id).await? else { return Ok((Link::None, None)) };
    let Some((subject, until)) = mailed(&journey, token, tools) else { return Ok((Link::None, None)) };
    let Some(tenant) = reads.tenant(journey.tenant).await? else { return Ok((Link::None, None)) };
    if is_pressed(&journey, token, tools) {
        return Ok((Link::Pressed(Box::new(tenant)), None));
    }
    if journey.finished || until <= now {
        return Ok((Link::Over, None));
    }
    Ok((Link::Open(Box::new(tenant)), Some((journey, subject))))
}

/// The button was pressed.
///
/// # Errors
/// The store failed.
pub async fn press(tools: &Tools, id: &JourneyId, token: &str) -> Result<Link, Fault> {
    const ROUNDS: usize = 20;
    for _ in 0..ROUNDS {
        let (link, found) = find(tools, id, token).await?;
        let (Link::Open(tenant), Some((journey, subject))) = (link, found) else { return look(tools, id, token).await };
        let now = tools.now();
        let mut batch = Batch::new(now);
        batch.update(journey.map(|mut journey| {
            journey.evidence.push(Evidence { subject, at: now, what: Proved::Checked });
            journey
        }))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(Link::Pressed(tenant)),
            Err(CommitError::Conflict(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(Fault::new("a journey was too busy"))
}
