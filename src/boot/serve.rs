//! `parvis serve`: start, serve, stop.

use std::{
    io::Write as _,
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web::Data};
use anyhow::{Context as _, Result};

use super::{
    build::{House, said},
    clock::{MovableClock, SystemClock},
    config::Config,
    demo::{self, Demo},
    flight::{Flight, counted},
    listen,
    local::Local,
    stop::{Signals, Stopped, stop_when_told},
    tls::Certificate,
    work,
};
use crate::{
    crypto::SystemEntropy,
    jobs::{Jobs, Outbox, counting},
    journey::Tools,
    outside::Fetch,
    service::start,
    storage::aborting,
    values::{Clock, EntropyExt as _},
    web::{State, api::LocalAccess, guard, health::Readiness, routes},
};

/// How long a connection may take to close.
const DISCONNECT: Duration = Duration::from_secs(5);

/// Open files that are no connections of visitors: the store, logs, our own requests.
const OTHER_FILES: usize = 512;

/// Serve until we are told to stop.
///
/// # Errors
/// One line on why it could not start.
pub async fn serve(config: &Config, is_demo: bool) -> Result<()> {
    let began = Instant::now();
    // The first randomness of a process takes a while to gather: meanwhile the store is opened.
    std::thread::Builder::new().name("entropy".into()).spawn(|| SystemEntropy::default().bytes::<1>())?;
    let certificate = config.tls.as_ref().map(Certificate::open).transpose()?.map(Arc::new);
    let socket = listen::listen(config.listen)?;
    let address = listen::address(&socket)?;
    let public_url = config.public_url(address.port());
    let mut rules = config.outgoing.rules()?;
    let mut stage = None;
    let movable = Arc::new(MovableClock::default());
    let mut clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if is_demo {
        demo::refuse_elsewhere(address, public_url.as_str())?;
        stage = Some(demo::listen(address)?);
        rules = demo::reaching_this_machine(rules);
        clock = Arc::clone(&movable) as _;
    }
    let fetch = Arc::new(Fetch::new(rules).map_err(said)?);
    let (house, demonstration) = House::open(config, (public_url.as_str(), &fetch), clock, stage).await?;
    let local = Local::new(&house.tools, address, config.tls.as_ref());
    let flight = Flight::new(config.limits.body);
    let mut jobs = Jobs::default();
    work::employ(&mut jobs, &house.tools, &house.counts, certificate.clone());
    let signals = Signals::new()?;
    listen::allow_open_files(config.limits.connections.saturating_add(OTHER_FILES));
    let shared = Shared::new(config, &house, &local, (&flight, demonstration.as_ref(), movable, &fetch));
    let server = server(config, socket, certificate.as_ref(), shared)?;
    let (post, warning) = config.post(public_url.as_str(), demonstration.as_ref().map(Demo::kept_mails))?;
    if let Some(warning) = warning {
        tracing::warn!("{warning}");
    }
    let applications = demonstration.map(|demonstration| demonstration.serve(&house.tools, Arc::clone(&fetch))).transpose()?;
    work::send(&mut jobs, Outbox::new(house.tools.clone(), fetch, house.news).with_mail(post));
    local.tell(&house.folder)?;
    announce(&house.tools, &local, public_url.as_str()).await?;
    tracing::info!(listen = %address, public_url = %public_url, first_start = house.is_new, duration_ms = began.elapsed().as_millis(), "listening");
    let stopped = Stopped { server: server.handle(), demonstration: applications.as_ref().map(Server::handle), flight, patience: config.limits.shutdown };
    jobs.spawn(stop_when_told(signals, stopped, certificate));
    let (ended, _) = tokio::join!(server, async {
        match applications {
            Some(applications) => applications.await,
            None => Ok(()),
        }
    });
    ended.context("the server failed")?;
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
    fetch: Data<Fetch>,
    pages: Option<demo::Routes>,
}

impl Shared {
    fn new(config: &Config, house: &House, local: &Local, beside: (&Flight, Option<&Demo>, Arc<MovableClock>, &Arc<Fetch>)) -> Self {
        let (flight, demonstration, movable, fetch) = beside;
        let (store, stopping) = (Arc::clone(&house.store), flight.clone());
        let readiness = move || if stopping.is_stopping() { Some("stopping") } else { House::unready(&store) };
        let mut tools = house.tools.clone();
        if let Some(at) = config.abort_at {
            tracing::warn!("abort_at is set: this process will end at a commit, as a test wants it");
            tools.store = aborting(tools.store, at);
        }
        let state = State { tools, counts: Arc::clone(&house.counts), proxies: config.trusted_proxies.clone(), demo: demonstration.is_some() };
        let pages = demonstration.map(|demonstration| demonstration.routes(Arc::new(move |seconds| movable.advance(seconds))));
        Self {
            state: Data::new(state),
            readiness: Data::new(Readiness(Arc::new(readiness))),
            access: Data::new(local.access(Arc::clone(&house.store))),
            flight: Data::new(flight.clone()),
            fetch: Data::from(Arc::clone(fetch)),
            pages,
        }
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
            .app_data(shared.fetch.clone())
            .wrap(from_fn(guard::canonical))
            .wrap(from_fn(guard::around))
            .wrap(from_fn(counted))
            .configure(|routes| {
                if let Some(pages) = &shared.pages {
                    pages(routes);
                }
            })
            .configure(routes::configure)
    };
    let shutdown = limits.shutdown.as_secs();
    let server = HttpServer::new(factory)
        .workers(limits.workers)
        .max_connections(limits.connections.div_ceil(limits.workers))
        .client_request_timeout(limits.header)
        .client_disconnect_timeout(DISCONNECT)
        .keep_alive(limits.idle)
        .shutdown_timeout(shutdown)
        .disable_signals();
    let server = match certificate {
        Some(certificate) => server.listen_rustls_0_23(socket, certificate.server()?),
        None => server.listen(socket),
    };
    Ok(server.context("the socket cannot be listened to")?.run())
}

/// What somebody on the terminal must know. The set-up link is a secret: it is written there and nowhere else.
async fn announce(tools: &Tools, local: &Local, public_url: &str) -> Result<()> {
    let link = start::setup_link(tools).await.map_err(said)?;
    let mut out = std::io::stdout().lock();
    let mut text = String::new();
    if let Some(token) = &link {
        text.extend(["There is no operator yet. Within an hour open ", public_url, "/setup/", token.expose(), "\n"]);
        text.push_str("or run: parvis account operator --email ADDRESS\n");
    }
    // The last line: whoever starts us reads up to it.
    text.extend(["public URL ", public_url, "\nlistening on ", local.url(), "\n"]);
    // A terminal that is gone is no reason not to serve.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    Ok(())
}
