//! Webhooks: endpoints, signatures, order, and what becomes of what does not arrive.

mod administration;
mod delivery;
