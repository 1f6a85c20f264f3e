//! Our own requests to others.

use std::{collections::BTreeSet, path::PathBuf, str::FromStr};

use anyhow::{Context as _, Result, bail};

use crate::outside::{FetchRules, Purpose};

/// How our own requests behave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Trusted besides the system's.
    pub ca: Option<PathBuf>,
    /// For these, this machine may be reached, against the rule that it never is.
    pub loopback: Vec<Loopback>,
}

/// A purpose that can be let through to this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loopback {
    /// Logout tokens.
    BackchannelLogout,
    /// Webhooks.
    Webhook,
    /// Questions to whoever tells people from robots.
    Captcha,
    /// Looking whether a page is there.
    PageLink,
}

impl Loopback {
    fn purpose(self) -> Purpose {
        match self {
            Self::BackchannelLogout => Purpose::BackchannelLogout,
            Self::Webhook => Purpose::Webhook,
            Self::Captcha => Purpose::Captcha,
            Self::PageLink => Purpose::PageLink,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::BackchannelLogout => "logout tokens may be sent to this machine",
            Self::Webhook => "webhooks may be sent to this machine",
            Self::Captcha => "a captcha may be asked of this machine",
            Self::PageLink => "pages on this machine may be looked at",
        }
    }
}

impl FromStr for Loopback {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "backchannel_logout" => Ok(Self::BackchannelLogout),
            "webhook" => Ok(Self::Webhook),
            "captcha" => Ok(Self::Captcha),
            "page_link" => Ok(Self::PageLink),
            _ => bail!("{text:?} is not a purpose; there are backchannel_logout, webhook, captcha and page_link"),
        }
    }
}

impl Outgoing {
    /// As the client of our own requests takes them.
    ///
    /// # Errors
    /// The file of authorities cannot be read.
    pub fn rules(&self) -> Result<FetchRules> {
        let read = |path: &PathBuf| std::fs::read(path).with_context(|| format!("outgoing_ca {} cannot be read", path.display()));
        let loopback_for: BTreeSet<Purpose> = self.loopback.iter().map(|purpose| purpose.purpose()).collect();
        Ok(FetchRules { extra_authorities: self.ca.as_ref().map(read).transpose()?.unwrap_or_default(), loopback_for, ..FetchRules::default() })
    }

    /// What of it is an exception, in words.
    #[must_use]
    pub fn exceptions(&self) -> Vec<String> {
        let ca = self.ca.iter().map(|path| format!("our own requests trust the authorities in {}", path.display()));
        let loopback = self.loopback.iter().map(|purpose| purpose.words().to_owned());
        ca.chain(loopback).collect()
    }
}
