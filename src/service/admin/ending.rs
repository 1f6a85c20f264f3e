//! The end of all that a person has open: sessions, and what applications hold on their behalf.

use crate::{
    journey::{
        Tools,
        closing::{self, Closing},
    },
    model::Subject,
    storage::Batch,
    values::Fault,
};

use super::By;

/// End every session of a person, revoke every grant, and write to every client that asked to be told.
pub(super) async fn end_everything(tools: &Tools, by: &By, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let now = tools.now();
    let closing = Closing { subject, but: None, event: &|name, tenant| by.event(name, tenant, now) };
    closing::end_all(tools, &closing, batch, now).await
}
