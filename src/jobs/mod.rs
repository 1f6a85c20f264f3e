//! What happens without a request: sweeping, key rotation, the outbox.
//!
//! May import: all rooms above but `web`. A job is work that may be done again at any time: what it has to do lies in the store, so a crash loses nothing.
//!
//! An example: a session ends, and the same commit queues a message to each of its clients. [`Outbox`] hears of them, sends logout tokens, and writes down what
//! became of each.

pub mod addresses;
pub mod announcing;
mod backchannel;
pub mod counting;
pub mod departures;
pub mod drafts;
mod hook;
mod lanes;
mod mail;
mod outbox;
pub mod reminders;
pub mod rotation;
pub mod sweep;

pub use mail::Post;
pub use outbox::Outbox;

use std::time::Duration;

use tokio::{sync::watch, task::JoinHandle};

use crate::values::Fault;

/// All that runs beside the requests, until it is stopped.
#[derive(Debug)]
pub struct Jobs {
    stop: watch::Sender<bool>,
    running: Vec<JoinHandle<()>>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { stop: watch::Sender::new(false), running: Vec::new() }
    }
}

impl Jobs {
    /// Do this every so often. A failure is logged once and tried again the next time.
    pub fn every<W, F>(&mut self, name: &'static str, period: Duration, work: W)
    where
        W: Fn() -> F + Send + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let mut stopped = self.stop.subscribe();
        self.spawn(async move {
            let mut failed_before = false;
            loop {
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    () = tokio::time::sleep(period) => {}
                }
                failed_before = report(name, work().await, failed_before);
            }
        });
    }

    /// Run something that ends by itself when it is told to stop.
    pub fn spawn(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        #[expect(clippy::disallowed_methods, reason = "this is where work without a request belongs")]
        self.running.push(tokio::spawn(work));
    }

    /// Becomes true when everything is to stop.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Let what is being done be finished, and stop.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for job in self.running {
            // A job that panicked has stopped, too.
            let _ = job.await;
        }
    }
}

/// A disk that is full fails every job every time: one line when it begins, one when it is over.
fn report(name: &'static str, outcome: Result<(), Fault>, failed_before: bool) -> bool {
    match outcome {
        Ok(()) => {
            if failed_before {
                tracing::info!("job.name" = name, "a job works again");
            }
            false
        }
        Err(fault) => {
            if !failed_before {
                let cause = std::error::Error::source(&fault).map(ToString::to_string);
                tracing::error!("job.name" = name, cause = cause.as_deref().unwrap_or("none"), "{fault}");
            }
            true
        }
    }
}
