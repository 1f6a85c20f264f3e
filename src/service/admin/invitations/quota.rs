//! How many invitations one inviter may send in a day: an account that fell into wrong hands does not write to the whole world in the organisation's name.

use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Attempts, Tenant},
    service::admin::{By, Refused},
    storage::Batch,
    values::Timestamp,
};

use super::DAY;

/// Count one, into the commit that makes it. Whoever is on this machine is not counted.
pub(super) async fn count(tools: &Tools, by: &By, tenant: &Tenant, batch: &mut Batch, now: Timestamp) -> Result<(), Refused> {
    let most = tenant.settings.invitations_daily;
    let who = match (&by.subject, &by.client) {
        (Some(subject), _) => format!("{} {}", subject.home, subject.id),
        (None, Some(client)) => client.to_string(),
        (None, None) => return Ok(()),
    };
    if most == 0 {
        return Ok(());
    }
    let of = tools.sealer.digest_of(Purpose::Attempts, &[b"inviting", tenant.id.0.as_bytes(), who.as_bytes()]);
    let before = tools.store.reads(now).attempts(&of).await?;
    let today = before.as_deref().filter(|sent| now.since(sent.since) < DAY).cloned().unwrap_or_else(|| Attempts::none(of, now));
    if today.failures >= most {
        return Err(Refused::Quota { most });
    }
    batch.put(before.as_ref(), &Attempts { failures: today.failures.saturating_add(1), last: now, ..today })?;
    Ok(())
}
