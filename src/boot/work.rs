//! What runs beside the requests.

use std::{sync::Arc, time::Duration};

use super::tls::Certificate;
use crate::{
    jobs::{Jobs, Outbox, addresses, announcing, counting, departures, drafts, reminders, rotation, sweep},
    journey::Tools,
    service::token::TokenCounts,
    values::Fault,
};

/// How often the certificate's files are looked at.
const CERTIFICATE_PERIOD: Duration = Duration::from_secs(30);

/// Begin every job.
pub(super) fn employ(jobs: &mut Jobs, tools: &Tools, counts: &Arc<TokenCounts>, certificate: Option<Arc<Certificate>>) {
    let sweeping = tools.clone();
    jobs.every("sweep", sweep::PERIOD, move || {
        let tools = sweeping.clone();
        async move { sweep::run(&tools).await }
    });
    let forgetting = tools.clone();
    jobs.every("addresses", addresses::PERIOD, move || {
        let tools = forgetting.clone();
        async move { addresses::run(&tools).await }
    });
    let exporting = tools.clone();
    jobs.every("exports", departures::PERIOD_OF_EXPORTS, move || {
        let tools = exporting.clone();
        async move { departures::export(&tools).await }
    });
    let deleting = tools.clone();
    jobs.every("deletions", departures::PERIOD_OF_DELETIONS, move || {
        let tools = deleting.clone();
        async move { departures::delete(&tools).await }
    });
    let clearing = tools.clone();
    jobs.every("drafts", drafts::PERIOD, move || {
        let tools = clearing.clone();
        async move { drafts::run(&tools).await }
    });
    let rotating = tools.clone();
    jobs.every("rotation", rotation::PERIOD, move || {
        let tools = rotating.clone();
        async move { rotation::run(&tools).await }
    });
    let telling = tools.clone();
    jobs.every("announcing", announcing::PERIOD, move || {
        let tools = telling.clone();
        async move { announcing::run(&tools).await }
    });
    let reminding = tools.clone();
    jobs.every("reminders", reminders::PERIOD, move || {
        let tools = reminding.clone();
        async move { reminders::run(&tools).await }
    });
    let counted = (tools.clone(), Arc::clone(counts));
    jobs.every("counting", counting::PERIOD, move || {
        let (tools, counts) = counted.clone();
        async move { counting::run(&tools, &counts).await }
    });
    if let Some(certificate) = certificate {
        jobs.every("certificate", CERTIFICATE_PERIOD, move || {
            let renewed = renew(&certificate);
            async move { renewed }
        });
    }
}

/// What commits queue goes out, until everything stops.
pub(super) fn send(jobs: &mut Jobs, outbox: Outbox) {
    let mut stopping = jobs.stopping();
    jobs.spawn(async move {
        outbox
            .run(async move {
                // When nobody is left to say stop, that is a stop, too.
                let _ = stopping.wait_for(|stop| *stop).await;
            })
            .await;
    });
}

/// Look at the certificate's files now.
pub(super) fn renew(certificate: &Certificate) -> Result<(), Fault> {
    match certificate.refresh() {
        Ok(true) => {
            tracing::info!("the certificate was read again");
            Ok(())
        }
        Ok(false) => Ok(()),
        Err(error) => Err(Fault::because("the certificate could not be read again; the old one stays in use", format!("{error:#}"))),
    }
}
