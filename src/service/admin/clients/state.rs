//! What becomes of clients: on, off, put away, vouched for.

use super::{ClientShown, find_to_change, shape::shown_at};
use crate::{
    journey::Tools,
    model::{Client, ClientState, EventName},
    service::admin::{By, Refused, Shown, commit, invalid},
    storage::{Batch, Loaded},
};

/// Switch it on or off, or put it away: its tokens are nothing while it is not on.
///
/// # Errors
/// See [`Refused`].
pub async fn set_state(tools: &Tools, by: &By, place: (&str, &str), state: ClientState) -> Result<Shown<ClientShown>, Refused> {
    let event = if state == ClientState::Active { EventName::AppUpdated } else { EventName::AppDisabled };
    let word = match state {
        ClientState::Active => "enabled",
        ClientState::Disabled => "disabled",
        ClientState::Archived => "archived",
    };
    let (_, found) = find_to_change(tools, by, place.0, place.1).await?;
    change(tools, by, found, (event, word), |client| client.state = state).await
}

/// Vouch for its publisher, or stop doing so: operators only.
///
/// # Errors
/// See [`Refused`].
pub async fn verify_publisher(tools: &Tools, by: &By, place: (&str, &str), verified: bool) -> Result<Shown<ClientShown>, Refused> {
    let (_, found) = find_to_change(tools, by, place.0, place.1).await?;
    by.must_be_operator()?;
    if verified && (found.publisher.name.is_empty() || found.publisher.domain.is_empty()) {
        return Err(invalid("publisher", "has a name and a domain before it is verified"));
    }
    let since = verified.then(|| tools.now());
    let word = if verified { "publisher verified" } else { "publisher not verified" };
    change(tools, by, found, (EventName::AppUpdated, word), |client| client.publisher.verified_at = since).await
}

async fn change(
    tools: &Tools,
    by: &By,
    found: Loaded<Client>,
    (event, word): (EventName, &str),
    change: impl FnOnce(&mut Client),
) -> Result<Shown<ClientShown>, Refused> {
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.map(|mut client| {
        change(&mut client);
        client.updated_at = now;
        client
    });
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(event, changed.tenant, now, word).on("client", &changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}
