//! Reminds invited people while their invitation waits: each reminder is one commit with its mail, so a crash neither forgets one nor sends one twice.

use std::time::Duration;

use crate::{
    journey::{
        Tools,
        invited::{self, Brings},
    },
    model::{Invitation, InvitationState, Record as _},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{Fault, Timestamp},
};

/// How often.
pub const PERIOD: Duration = Duration::from_mins(10);
/// How many in one go.
const PAGE: usize = 200;
const DAY: u64 = 86_400;
/// How many days back it is looked, after a stop of the server.
const BACK: u64 = 40;

/// Remind whoever is due.
///
/// # Errors
/// The store failed.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    let now = tools.now();
    let today = now.0 / DAY;
    for day in today.saturating_sub(BACK)..=today {
        let mut page = Paging::first(PAGE);
        loop {
            let waiting = tools.store.reads(now).invitations_to_remind(day, page).await?;
            let Some(last) = waiting.last().map(|last| last.key()).filter(|_| waiting.len() == PAGE) else {
                remind(tools, waiting, now).await?;
                break;
            };
            remind(tools, waiting, now).await?;
            page = Paging::after(last, PAGE);
        }
    }
    Ok(())
}

async fn remind(tools: &Tools, waiting: Vec<Loaded<Invitation>>, now: Timestamp) -> Result<(), Fault> {
    for invitation in waiting.into_iter().filter(|invitation| invitation.remind_at.is_some_and(|at| at <= now)) {
        let mut batch = Batch::new(now);
        // Where no mail arrives none is sent.
        let is_wanted = matches!(invitation.state(now), InvitationState::Pending | InvitationState::Sent | InvitationState::Opened);
        let is_active = tools.store.reads(now).tenant(invitation.tenant).await?.is_some_and(|tenant| tenant.is_active());
        if is_wanted && is_active {
            invited::post(tools, &mut batch, &invitation, Brings::Reminder, now).await?;
        }
        batch.update(invited::changed(invitation, |invitation| invitation.remind_at = invitation.next_reminder(now)))?;
        match tools.store.commit(batch).await {
            // Somebody changed it at this moment: the next round looks again.
            Ok(()) | Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
