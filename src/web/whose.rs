//! Whose is a page that has no screen to show? Of the organisation that its address leads to, and else of the one that answers at the root: its badge, its help and
//! its look stand on what went wrong, too. [RU-28]
//!
//! Where the store fails the page comes without one rather than not at all.

use super::State;
use crate::{
    model::Tenant,
    storage::Loaded,
    values::{JourneyId, TenantId},
};

/// The organisation that answers at the root; `None` before there is one.
pub(super) async fn house(state: &State) -> Option<Loaded<Tenant>> {
    state.tools.reads().default_tenant().await.ok().flatten()
}

/// The organisation with this id, where one is known.
pub(super) async fn of(state: &State, id: Option<TenantId>) -> Option<Loaded<Tenant>> {
    let tenant = match id {
        Some(id) => state.tools.reads().tenant(id).await.ok().flatten(),
        None => None,
    };
    if tenant.is_some() { tenant } else { house(state).await }
}

/// The organisation of a journey, finished or not.
pub(super) async fn of_journey(state: &State, id: &JourneyId) -> Option<Loaded<Tenant>> {
    let journey = state.tools.reads().journey(id).await.ok().flatten();
    of(state, journey.map(|journey| journey.tenant)).await
}

/// The organisation with this name, id or domain.
pub(super) async fn named(state: &State, name: &str) -> Option<Loaded<Tenant>> {
    let tenant = state.tools.reads().tenant_named(name).await.ok().flatten();
    of(state, tenant.map(|tenant| tenant.id)).await
}
