//! What Parvis costs, measured beside what this machine can do.
//!
//! `cargo bench --bench load` starts the release server on an empty data folder, measures in the same run what signatures, passwords, durable commits and the
//! framework's own empty answer cost here, and then each operation at 1, 16 and 64 connections. `-- --quick` does all of it briefly, `-- --only NAME` one
//! operation, `-- --seconds N` each measurement for that long; `-- --only import` brings 100,000 accounts in while somebody signs in; `-- --only addresses`
//! asks about addresses that are known and that are not, and prints side by side how long the answers take. The generator runs on the same processors as the server.

mod addresses;
mod empty;
mod import;
mod limits;
mod proc;
mod report;
mod run;
mod server;
mod stage;
mod store;
mod wire;
mod work;

use std::{path::Path, process::ExitCode, time::Duration};

use anyhow::{Context as _, Result};

use limits::Limits;
use report::Machine;
use run::Figures;
use server::Server;
use stage::Stage;
use store::Commits;

/// What was asked for.
struct Asked {
    /// How long each measurement takes.
    time: Duration,
    /// At how many connections.
    connections: &'static [usize],
    /// Only operations whose name begins so.
    only: Option<String>,
    /// How many accounts are brought in from a file.
    accounts: u32,
    /// How often it is asked about an address.
    asks: usize,
}

impl Asked {
    fn read(arguments: &[String]) -> Result<Self> {
        let after = |flag: &str| arguments.iter().position(|given| given == flag).and_then(|at| arguments.get(at + 1)).cloned();
        let is_quick = arguments.iter().any(|given| given == "--quick");
        let usual = if is_quick { 0.25 } else { 3.0 };
        let seconds = after("--seconds").map_or(Ok(usual), |text| text.parse()).context("--seconds takes a number")?;
        Ok(Self {
            time: Duration::try_from_secs_f64(seconds)?,
            connections: if is_quick { &[1, 64] } else { &[1, 16, 64] },
            only: after("--only"),
            accounts: if is_quick { 2_000 } else { 100_000 },
            asks: if is_quick { 20 } else { 300 },
        })
    }

    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.starts_with(only.as_str()))
    }

    fn most(&self) -> usize {
        self.connections.iter().copied().max().unwrap_or(1)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|given| given == flag);
    let done = if has(empty::CHILD) {
        empty::serve()
    } else if has("--bench") || has("--quick") {
        Asked::read(&arguments).and_then(|asked| bench(&asked))
    } else {
        println!("this measures; run it with: cargo bench --bench load");
        Ok(())
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(asked: &Asked) -> Result<()> {
    // Beside the build, where a real disk is: what the system keeps in memory says nothing about commits.
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(place)?;
    let folder = tempfile::Builder::new().prefix("load").tempdir_in(place)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    report::begin();
    let limits = Limits::measure(asked.time.min(Duration::from_secs(1)))?;
    report::limits(&limits);
    let commits = Commits::measure(folder.path(), &runtime, asked.time)?;
    report::commits(&commits);
    let framework = runtime.block_on(empty::measure(asked.time, asked.connections))?;
    report::figures("The framework alone, in a process of its own", &framework);
    let starts = Server::starts(folder.path())?;
    report::starts(&starts);
    let machine = Machine { limits, commits, framework, starts };
    let server = Server::start(&folder.path().join("data"))?;
    let stage = runtime.block_on(Stage::set(&server, asked.most()))?;
    let figures = runtime.block_on(operations(asked, &server, &stage))?;
    report::operations(&figures, &machine);
    if asked.wants(import::NAME) {
        report::imported(&runtime.block_on(import::measure(asked.accounts, asked.time, &server, &stage, folder.path()))?);
    }
    if asked.wants(addresses::NAME) {
        report::compared(&runtime.block_on(addresses::measure(asked.asks, &server, &stage))?);
    }
    report::targets(&figures, &machine);
    server.stop()
}

async fn operations(asked: &Asked, server: &Server, stage: &Stage) -> Result<Vec<Figures>> {
    let mut all = Vec::new();
    for name in work::NAMES.iter().filter(|name| asked.wants(name)) {
        for count in asked.connections {
            let measured = work::measure(name, stage, *count, server.pid(), asked.time).await;
            all.extend(measured.with_context(|| format!("{name} at {count} connections"))?);
        }
        eprintln!("{name}: measured");
    }
    Ok(all)
}
