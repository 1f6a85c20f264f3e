//! The log: to standard error, for people on a terminal and for machines elsewhere.

use std::io::IsTerminal as _;

use anyhow::{Context as _, Result};
use tracing_subscriber::EnvFilter;

use super::config::LogFormat;

/// Begin to log. Once for the process.
///
/// # Errors
/// The filter is none, or somebody logs already.
pub fn begin(format: LogFormat, filter: &str) -> Result<()> {
    let filter = EnvFilter::try_new(filter).context("log_level")?;
    let is_pretty = match format {
        LogFormat::Pretty => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let begun = if is_pretty {
        subscriber.with_ansi(std::io::stderr().is_terminal()).compact().try_init()
    } else {
        subscriber.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
    };
    begun.map_err(|error| anyhow::anyhow!("the log cannot begin: {error}"))
}
