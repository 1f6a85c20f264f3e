//! `parvis serve`: start, serve, stop.

use std::{
    io::Write as _,
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::Data,
};
use anyhow::{Context as _, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{
    build::{House, said},
    config::Config,
    flight::{Flight, counted},
    listen,
    local::Local,
    tls::Certificate,
};
use crate::{
    jobs::{Jobs, Outbox, counting, rotation, sweep},
    journey::Tools,
    outside::Fetch,
    service::start,
    values::{Clock, Fault},
    web::{State, api::LocalAccess, guard, health::Readiness, routes},
};

/// How often the certificate's files are looked at.
const CERTIFICATE_PERIOD: Duration = Duration::from_secs(30);

/// Serve until we are told to stop.
///
/// # Errors
/// One line on why it could not start.
pub async fn serve(config: &Config, clock: Arc<dyn Clock>) -> Result<()> {
    let began = Instant::now();
    let certificate = config.tls.as_ref().map(Certificate::open).transpose()?.map(Arc::new);
    let socket = listen::listen(config.listen)?;
    let address = listen::address(&socket)?;
    let public_url = config.public_url(address.port());
    let house = House::open(config, public_url.as_str(), clock).await?;
    let local = Local::new(&house.tools, address, config.tls.as_ref());
    let flight = Flight::new(config.limits.body);
    let mut jobs = Jobs::default();
    let fetch = Arc::new(Fetch::new(config.outgoing.rules()?).map_err(said)?);
    employ(&mut jobs, &house.tools, certificate.clone());
    count(&mut jobs, &house);
    let signals = Signals::new()?;
    let server = server(config, socket, certificate.as_ref(), state(config, &house, &local, &flight))?;
    send(&mut jobs, Outbox::new(house.tools.clone(), fetch, house.news));
    local.tell(&house.folder)?;
    announce(&house.tools, &local, public_url.as_str()).await?;
    tracing::info!(listen = %address, public_url = %public_url, first_start = house.is_new, duration_ms = began.elapsed().as_millis(), "listening");
    let handle = server.handle();
    jobs.spawn(stop_when_told(signals, handle, flight, config.limits.shutdown, certificate));
    server.await.context("the server failed")?;
    Local::forget(&house.folder);
    jobs.stop().await;
    counting::last(&house.tools, &house.counts).await.map_err(said)?;
    tracing::info!("stopped");
    Ok(())
}

/// What every request may use.
#[derive(Clone)]
struct Shared {
    state: Data<State>,
    readiness: Data<Readiness>,
    access: Data<LocalAccess>,
    flight: Data<Flight>,
}

fn state(config: &Config, house: &House, local: &Local, flight: &Flight) -> Shared {
    let (store, stopping) = (Arc::clone(&house.store), flight.clone());
    let readiness = move || if stopping.is_stopping() { Some("stopping") } else { House::unready(&store) };
    Shared {
        state: Data::new(State {
            tools: house.tools.clone(),
            counts: Arc::clone(&house.counts),
            documents: Arc::default(),
            proxies: config.trusted_proxies.clone(),
            demo: false,
        }),
        readiness: Data::new(Readiness(Arc::new(readiness))),
        access: Data::new(local.access(Arc::clone(&house.store))),
        flight: Data::new(flight.clone()),
    }
}

fn server(config: &Config, socket: TcpListener, certificate: Option<&Arc<Certificate>>, shared: Shared) -> Result<Server> {
    let limits = config.limits;
    let factory = move || {
        App::new()
            .app_data(shared.state.clone())
            .app_data(shared.readiness.clone())
            .app_data(shared.access.clone())
            .app_data(shared.flight.clone())
            .wrap(from_fn(guard::canonical))
            .wrap(from_fn(guard::around))
            .wrap(from_fn(counted))
            .configure(routes::configure)
    };
    let shutdown = limits.shutdown.as_secs();
    let server = HttpServer::new(factory)
        .workers(limits.workers)
        .max_connections(limits.connections.div_ceil(limits.workers))
        .client_request_timeout(limits.header)
        .client_disconnect_timeout(Duration::from_secs(5))
        .keep_alive(limits.idle)
        .shutdown_timeout(shutdown)
        .disable_signals();
    let server = match certificate {
        Some(certificate) => server.listen_rustls_0_23(socket, certificate.server()?),
        None => server.listen(socket),
    };
    Ok(server.context("the socket cannot be listened to")?.run())
}

fn employ(jobs: &mut Jobs, tools: &Tools, certificate: Option<Arc<Certificate>>) {
    let with = |tools: &Tools| tools.clone();
    let tools_of = with(tools);
    jobs.every("sweep", sweep::PERIOD, move || {
        let tools = tools_of.clone();
        async move { sweep::run(&tools).await }
    });
    let tools_of = with(tools);
    jobs.every("rotation", rotation::PERIOD, move || {
        let tools = tools_of.clone();
        async move { rotation::run(&tools).await }
    });
    if let Some(certificate) = certificate {
        jobs.every("certificate", CERTIFICATE_PERIOD, move || {
            let renewed = renew(&certificate);
            async move { renewed }
        });
    }
}

/// What commits queue goes out, until everything stops.
fn send(jobs: &mut Jobs, outbox: Outbox) {
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

/// Tokens that leave no record are written down each minute as one event for each client and grant.
fn count(jobs: &mut Jobs, house: &House) {
    let (tools, counts) = (house.tools.clone(), Arc::clone(&house.counts));
    jobs.every("counting", counting::PERIOD, move || {
        let (tools, counts) = (tools.clone(), Arc::clone(&counts));
        async move { counting::run(&tools, &counts).await }
    });
}

fn renew(certificate: &Certificate) -> Result<(), Fault> {
    match certificate.refresh() {
        Ok(true) => {
            tracing::info!("the certificate was read again");
            Ok(())
        }
        Ok(false) => Ok(()),
        Err(error) => Err(Fault::because("the certificate could not be read again; the old one stays in use", format!("{error:#}"))),
    }
}

/// What somebody on the terminal must know. The set-up link is a secret: it is written there and nowhere else.
async fn announce(tools: &Tools, local: &Local, public_url: &str) -> Result<()> {
    let link = start::setup_link(tools).await.map_err(said)?;
    let mut out = std::io::stdout().lock();
    let mut text = format!("listening on {}\npublic URL {public_url}\n", local.url());
    if let Some(token) = &link {
        text.push_str(&format!(
            "There is no operator yet. Within an hour open {public_url}/setup/{}\nor run: parvis account operator --email ADDRESS\n",
            token.expose()
        ));
    }
    // A terminal that is gone is no reason not to serve.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    Ok(())
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    fn new() -> Result<Self> {
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
async fn stop_when_told(mut signals: Signals, server: ServerHandle, flight: Flight, patience: Duration, certificate: Option<Arc<Certificate>>) {
    while !signals.is_stop().await {
        if let Some(Err(fault)) = certificate.as_deref().map(renew) {
            let cause = std::error::Error::source(&fault).map(ToString::to_string);
            tracing::error!(cause = cause.as_deref().unwrap_or("none"), "{fault}");
        }
    }
    tracing::info!("stopping: what is in flight is finished");
    flight.stop();
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
