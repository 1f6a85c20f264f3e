//! Our own requests to others.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Result, bail};

/// A purpose for which our own requests may reach this machine, against the rule that they never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Logout tokens.
    BackchannelLogout,
}

impl FromStr for Purpose {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "backchannel_logout" => Ok(Self::BackchannelLogout),
            _ => bail!("{text:?} is not a purpose; there is backchannel_logout"),
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("backchannel_logout")
    }
}

/// How our own requests behave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Trusted besides the system's.
    pub ca: Option<PathBuf>,
    /// For these, this machine may be reached.
    pub loopback: Vec<Purpose>,
    /// Of a logout token.
    pub tries: u32,
    /// Before the second try.
    pub wait: Duration,
}
