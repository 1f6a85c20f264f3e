//! The command line.

mod given;

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

use super::{
    clock::SystemClock,
    config::{self, Config},
    log, serve,
};
use given::Settings;

/// A self-contained OpenID Connect and OAuth 2 identity provider.
#[derive(Debug, Parser)]
#[command(name = "parvis", version, about, arg_required_else_help = true)]
struct Parvis {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve.
    Serve {
        #[command(flatten)]
        settings: Settings,
    },
    /// Print the reference of all settings.
    Config,
}

/// Run what was asked for. What went wrong is one line on standard error.
#[must_use]
pub fn run() -> ExitCode {
    let asked = match Parvis::try_parse() {
        Ok(asked) => asked,
        Err(error) => error.exit(),
    };
    match act(asked.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("parvis: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve { settings } => {
            let config = Config::read(&settings.given())?;
            log::begin(config.log, &config.log_level)?;
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("no threads")?;
            let local = tokio::task::LocalSet::new();
            runtime.block_on(local.run_until(serve::serve(&config, Arc::new(SystemClock))))?;
        }
        Command::Config => print!("{}", config::reference()),
    }
    Ok(ExitCode::SUCCESS)
}
