//! `parvis mail`

use anyhow::{Context as _, Result};
use clap::{Subcommand, ValueEnum};
use reqwest::Method;
use serde_json::json;

use super::At;
use crate::{
    boot::cli::{
        remote::part,
        shown::{self, Column},
    },
    model::MailName,
    pages::{MailPage, Pages, mail_sample, mail_sample_tenant},
    values::{Locale, Timestamp},
};

const COLUMNS: &[Column] = &[
    ("MAIL", "id"),
    ("WHICH", "mail"),
    ("TO", "to"),
    ("STATE", "state"),
    ("TRIES", "tries"),
    ("SINCE", "created_at"),
    ("NEXT", "due_at"),
    ("ANSWER", "reply"),
];

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::boot::cli) enum Format {
    Text,
    Html,
}

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// What waits, and what was given up with the mail server's answer.
    List,
    /// One mail, without what it says.
    Show {
        /// Its name.
        mail: String,
    },
    /// Send one that was given up once more.
    Retry {
        /// Its name.
        mail: String,
    },
    /// Send a test through the server.
    Test {
        /// To this address.
        address: String,
    },
    /// Write a mail as it would read, with what is made up; needs no server.
    Preview {
        /// Which: MAIL-11 or new-sign-in. Without it all are named.
        name: Option<String>,
        /// In which language: fr or en.
        #[arg(long, default_value = "fr")]
        locale: String,
        /// As text or HTML.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        if let Self::Preview { name, locale, format } = self {
            return preview(name.as_deref(), locale, *format);
        }
        let (server, tenant) = at.tenant().await?;
        let json = at.reach.json;
        match self {
            Self::List => shown::list(server.all(&format!("{tenant}/mail")).await?, COLUMNS, json),
            Self::Show { mail } => shown::one(&server.ask(Method::GET, &format!("{tenant}/mail/{}", part(mail)), None, None).await?, json),
            Self::Retry { mail } => shown::one(&server.ask(Method::POST, &format!("{tenant}/mail/{}/retry", part(mail)), None, None).await?, json),
            Self::Test { address } => {
                let body = json!({ "to": address });
                shown::one(&server.ask(Method::POST, &format!("{tenant}/mail/test"), Some(&body), None).await?, json)
            }
            Self::Preview { .. } => Ok(()),
        }
    }
}

/// A mail with what is made up, in the look of an organisation that has none.
fn preview(name: Option<&str>, locale: &str, format: Format) -> Result<()> {
    let Some(name) = name else {
        return MailName::ALL.iter().try_for_each(|mail| shown::write(&format!("{}  {}\n", mail.id(), mail.slug())));
    };
    let mail = MailName::named(name).with_context(|| format!("{name:?} is no mail; parvis mail preview names them all"))?;
    let locale = Locale::ALL.iter().copied().find(|known| known.tag() == locale).with_context(|| format!("{locale:?} is no language; there are fr and en"))?;
    let sample = mail_sample(mail);
    let tenant = mail_sample_tenant();
    let until = Timestamp(1_767_604_500);
    let page = MailPage { content: &sample.content, code: sample.code, link: sample.link, until, tenant: &tenant, locale };
    let pages = Pages::new().map_err(anyhow::Error::new)?;
    let written = pages.mail(&page).map_err(anyhow::Error::new)?;
    match format {
        Format::Text => shown::write(&format!("From: {}\nSubject: {}\n\n{}", written.sender, written.subject, written.text)),
        Format::Html => shown::write(&written.html),
    }
}
