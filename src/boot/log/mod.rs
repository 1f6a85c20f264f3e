//! The log: to standard error, for people on a terminal and for machines elsewhere.

mod calm;
mod lines;
mod sink;

use std::io::IsTerminal as _;

use anyhow::{Context as _, Result};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

pub use sink::Drain;

use super::config::LogFormat;

/// Begin to log. Once for the process. What waits to be written is written when the drain is dropped.
///
/// # Errors
/// The filter is none, or somebody logs already.
pub fn begin(format: LogFormat, filter: &str) -> Result<Drain> {
    let filter = EnvFilter::try_new(calm::calmed(filter)).context("log_level")?;
    let is_pretty = match format {
        LogFormat::Pretty => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    let (sink, drain) = sink::sink().context("the log cannot begin")?;
    let begun = if is_pretty {
        let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(sink).with_target(false);
        subscriber.with_ansi(std::io::stderr().is_terminal()).compact().try_init()
    } else {
        tracing_subscriber::registry().with(filter).with(lines::Lines(sink)).try_init().map_err(Into::into)
    };
    begun.map_err(|error| anyhow::anyhow!("the log cannot begin: {error}"))?;
    Ok(drain)
}
