//! One parser and one canonical form for mail addresses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A single deliverable address. Keeps the spelling it was given for sending, and its canonical form for finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Email {
    spelt: String,
    norm: String,
}

/// Why a text is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one complete mail address")]
pub struct EmailRefused;

impl Email {
    /// As its owner writes it: use this for sending.
    #[must_use]
    pub fn spelt(&self) -> &str {
        &self.spelt
    }

    /// Lower case, domain in ASCII: use this for finding. Dots and plus signs of the local part stay, they may mean something there.
    #[must_use]
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// As it is shown to somebody who may not be its owner: its beginning and its domain. [RU-30]
    #[must_use]
    pub fn masked(&self) -> String {
        let local = self.spelt.rsplit_once('@').map_or("", |(local, _)| local);
        let shown = if local.chars().count() > 3 { 2 } else { 1 };
        format!("{}…@{}", local.chars().take(shown).collect::<String>(), self.domain())
    }

    /// What stands after the at sign, in ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.norm.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Email {
    type Err = EmailRefused;

    fn from_str(text: &str) -> Result<Self, EmailRefused> {
        let text = text.trim();
        if text.len() > 254 || text.chars().any(char::is_control) {
            return Err(EmailRefused);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailRefused)?;
        let domain = url::Host::parse(domain).map_err(|_| EmailRefused)?.to_string();
        let ascii = format!("{local}@{domain}");
        let options = email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
        email_address::EmailAddress::parse_with_options(&ascii, options).map_err(|_| EmailRefused)?;
        Ok(Self { spelt: text.to_owned(), norm: ascii.to_lowercase() })
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelt)
    }
}
