//! Whether people may sign in.

use super::{AccountShown, find_to_change, kept, shape::shown_at};
use crate::{
    journey::{Letter, Tools},
    model::{Account, AccountState, EventName, InvitationEnd, MailContent, Tenant},
    service::admin::{By, Refused, Shown, commit, ending},
    storage::Batch,
    values::Timestamp,
};

/// What becomes of a person's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Put away.
    Archive,
    /// Taken out again.
    Restore,
    /// Kept from signing in.
    Lock,
    /// Let in again.
    Unlock,
}

/// Archive, restore, lock or unlock. Whoever may no longer sign in is signed out everywhere at once.
///
/// # Errors
/// See [`Refused`].
pub async fn set_standing(tools: &Tools, by: &By, place: (&str, &str), standing: Standing) -> Result<Shown<AccountShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let now = tools.now();
    let (state, event, why) = match standing {
        Standing::Archive => (AccountState::Archived, EventName::AccountArchived, None),
        Standing::Restore if found.state != AccountState::Archived => return Err(Refused::Impossible("this account is not archived")),
        Standing::Restore => (AccountState::Active, EventName::AccountRestored, None),
        Standing::Lock if found.state == AccountState::Archived => return Err(Refused::Impossible("this account is archived")),
        Standing::Lock => (AccountState::Locked, EventName::AccountUpdated, Some("locked")),
        Standing::Unlock if found.state != AccountState::Locked => return Err(Refused::Impossible("this account is not locked")),
        Standing::Unlock => (AccountState::Active, EventName::AccountUpdated, Some("unlocked")),
    };
    let mut batch = Batch::new(now);
    if state != AccountState::Active {
        kept::not_oneself(by, &found)?;
        kept::not_the_last(tools, by, (&tenant, &found), &mut batch).await?;
    }
    let mut told = by.event(event, tenant.id, now).on("account", found.id);
    told.reason = why.map(str::to_owned);
    batch.audit(&told)?;
    if state != AccountState::Active {
        ending::end_everything(tools, by, found.subject(), &mut batch).await?;
    }
    match standing {
        Standing::Archive if found.state != AccountState::Archived => {
            take_back(tools, by, &found, &mut batch, now).await?;
            tell(tools, (&found, &tenant), MailContent::AccountArchived, &mut batch, now)?;
        }
        Standing::Restore => tell(tools, (&found, &tenant), MailContent::AccountRestored, &mut batch, now)?,
        _ => {}
    }
    let rev = found.version() + 1;
    let changed = found.map(|account| Account { state, updated_at: now, ..account });
    let shown = shown_at(rev, &changed);
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// What waits for whoever is put away is taken back: they do not come in again by a link that lies in their mailbox.
async fn take_back(tools: &Tools, by: &By, account: &Account, batch: &mut Batch, now: Timestamp) -> Result<(), Refused> {
    for email in &account.emails {
        let Some(found) = tools.store.reads(now).invitation_of(account.home, &email.address).await? else { continue };
        let id = found.id;
        let after = found.try_map(|mut invitation| {
            invitation.updated_at = now;
            invitation.ended(InvitationEnd::Revoked { at: now })
        });
        let Ok(after) = after else { continue };
        batch.update(after)?.audit(&by.event_saying(EventName::InvitationRevoked, account.home, now, "archived").on("invitation", id))?;
    }
    Ok(())
}

fn tell(tools: &Tools, (account, tenant): (&Account, &Tenant), content: MailContent, batch: &mut Batch, now: Timestamp) -> Result<(), Refused> {
    let is_back = content == MailContent::AccountRestored;
    let letter = Letter::to_account(content, Some(account), tenant);
    let letter = if is_back { letter.with_link(format!("{}/account", tools.public_url)) } else { letter };
    letter.post(tools, batch, now)?;
    Ok(())
}
