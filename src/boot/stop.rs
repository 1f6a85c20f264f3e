//! A stop that loses nothing: what was accepted is answered, what was answered is on the disk.

use std::{sync::Arc, time::Duration};

use actix_web::dev::ServerHandle;
use anyhow::{Context as _, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{flight::Flight, tls::Certificate, work::renew};

/// How long requests are still taken after we are told to stop, each the last on its connection.
const FAREWELL: Duration = Duration::from_millis(500);

/// What is stopped.
pub(super) struct Stopped {
    /// Us.
    pub(super) server: ServerHandle,
    /// The demonstration's applications.
    pub(super) demonstration: Option<ServerHandle>,
    /// What is being answered.
    pub(super) flight: Flight,
    /// How long it may take.
    pub(super) patience: Duration,
}

/// Signals as they come.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Listen for them from now on.
    pub(super) fn new() -> Result<Self> {
        let on = |kind| signal(kind).context("signals cannot be received");
        Ok(Self { terminate: on(SignalKind::terminate())?, interrupt: on(SignalKind::interrupt())?, hangup: on(SignalKind::hangup())? })
    }

    /// The next one: stop?
    async fn is_stop(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => true,
            _ = self.hangup.recv() => false,
        }
    }

    async fn stop(&mut self) {
        while !self.is_stop().await {}
    }
}

/// On the first signal: accept nothing new, answer what is in flight, stop. On the second: stop.
pub(super) async fn stop_when_told(mut signals: Signals, stopped: Stopped, certificate: Option<Arc<Certificate>>) {
    let Stopped { server, demonstration, flight, patience } = stopped;
    while !signals.is_stop().await {
        if let Some(Err(fault)) = certificate.as_deref().map(renew) {
            let cause = std::error::Error::source(&fault).map(ToString::to_string);
            tracing::error!(cause = cause.as_deref().unwrap_or("none"), "{fault}");
        }
    }
    tracing::info!("stopping: what is in flight is finished");
    flight.stop();
    if let Some(demonstration) = demonstration {
        demonstration.stop(false).await;
    }
    // Whoever keeps a connection busy is told first that the next answer is its last: if the connection were closed before, a request could be on its way
    // into nothing.
    tokio::select! {
        () = flight.landed() => {}
        () = tokio::time::sleep(FAREWELL.min(patience)) => {}
        () = signals.stop() => return server.stop(false).await,
    }
    // Idle connections hold a graceful stop up to its end: it is begun, and ended by force as soon as nothing is in flight.
    let graceful = server.stop(true);
    let landed = async {
        tokio::select! {
            () = flight.landed() => {}
            () = tokio::time::sleep(patience) => {}
            () = signals.stop() => {}
        }
    };
    tokio::select! {
        () = graceful => {}
        () = landed => server.stop(false).await,
    }
}
