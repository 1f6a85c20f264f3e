//! The command line. What changes or shows records is a client of the server's own API: the store belongs to one process.

mod backup;
mod check;
mod given;
mod nouns;
mod remote;
mod shown;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

use super::{
    config::{self, Config},
    log, serve,
};
use given::Settings;
use nouns::Noun;
use remote::Reach;

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
        /// With fictional organisations, people and applications to try everything; on this machine only.
        #[arg(long)]
        demo: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Look at the configuration and the store, and say what to mend. The server must not run.
    Check {
        #[command(flatten)]
        settings: Settings,
    },
    /// Print the reference of all settings.
    Config,
    /// Write the whole store to a file, while the server runs or not. The master key is not in it.
    Backup {
        /// Where to; must not exist yet.
        file: PathBuf,
        #[command(flatten)]
        reach: Reach,
    },
    /// Make a data folder of a backup, or only see whether the backup is whole.
    Restore {
        /// The backup.
        file: PathBuf,
        /// The data folder to make; must be new or empty.
        #[arg(long, value_name = "DIR", required_unless_present = "verify")]
        into: Option<PathBuf>,
        /// Only read the backup and compare its checksums; with --into, read the restored store, too.
        #[arg(long)]
        verify: bool,
    },
    /// Organisations.
    Tenant(Noun<nouns::tenant::Action>),
    /// People.
    Account(Noun<nouns::account::Action>),
    /// Applications.
    Client(Box<Noun<nouns::client::Action>>),
    /// What applications call.
    Api(Noun<nouns::api::Action>),
    /// Signing keys.
    Key(Noun<nouns::key::Action>),
    /// An organisation's settings.
    Setting(Noun<nouns::setting::Action>),
    /// Mails: what waits, what was given up, tests and previews.
    Mail(Noun<nouns::mail::Action>),
    /// Terms of use.
    Terms(Box<Noun<nouns::terms::Action>>),
    /// Where applications are told of what happens, and what is on its way there.
    Webhook(Noun<nouns::webhook::Action>),
    /// The audit trail.
    Audit(Noun<nouns::audit::Action>),
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
        Command::Serve { demo, settings } => {
            let config = Config::read(&settings.given())?;
            let _log = log::begin(config.log, &config.log_level)?;
            threads()?.block_on(tokio::task::LocalSet::new().run_until(serve::serve(&config, demo)))?;
        }
        Command::Check { settings } => return check::run(&settings.given()),
        Command::Config => shown::write(&config::reference())?,
        Command::Backup { file, reach } => threads()?.block_on(backup::backup(&file, &reach))?,
        Command::Restore { file, into, verify } => backup::restore(&file, into.as_deref(), verify)?,
        Command::Tenant(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Account(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Client(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Api(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Key(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Setting(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Mail(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Terms(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Webhook(noun) => threads()?.block_on(noun.action.run(&noun.at))?,
        Command::Audit(noun) => return threads()?.block_on(noun.action.run(&noun.at)),
    }
    Ok(ExitCode::SUCCESS)
}

fn threads() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("no threads")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Parvis;
    use crate::boot::config::SETTINGS;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Parvis::command().debug_assert();
    }

    #[test]
    fn serve_takes_every_setting_as_a_flag() {
        let command = Parvis::command();
        let serve = command.find_subcommand("serve").unwrap();
        for setting in SETTINGS {
            assert!(serve.get_arguments().any(|arg| arg.get_long() == Some(setting.flag().as_str())), "--{}", setting.flag());
        }
    }
}
