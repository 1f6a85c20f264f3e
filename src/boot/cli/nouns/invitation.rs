//! `parvis invitation`

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::{At, act, said};
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] = &[("ADDRESS", "email"), ("STATE", "state"), ("UNTIL", "expires_at"), ("INVITER", "inviter"), ("ROLES", "roles"), ("ID", "id")];
const LINES: &[Column] = &[("LINE", "line"), ("ADDRESS", "email"), ("OUTCOME", "outcome"), ("COLUMN", "field"), ("WHY", "why")];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The invitations of an organisation.
    List,
    /// One, by id or address.
    Show {
        /// Which.
        invitation: String,
    },
    /// Invite somebody, or everybody in a CSV; the link of one is printed this once.
    New {
        /// To which address.
        #[arg(long, required_unless_present = "file", conflicts_with = "file")]
        email: Option<String>,
        /// Their given names.
        #[arg(long)]
        given_name: Option<String>,
        /// Their family names.
        #[arg(long)]
        family_name: Option<String>,
        /// Their language: fr or en.
        #[arg(long)]
        locale: Option<String>,
        /// To which application, by `client_id`; may be repeated, the first is where it ends.
        #[arg(long = "client", value_name = "CLIENT")]
        clients: Vec<String>,
        /// What they may do in the organisation; may be repeated.
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        /// In your own words.
        #[arg(long)]
        message: Option<String>,
        /// What is known of their company, as `legal_name=Ateliers Morvan`; may be repeated.
        #[arg(long = "company", value_name = "FIELD=TEXT", value_parser = field)]
        company: Vec<(String, String)>,
        /// For which company of the organisation, by id.
        #[arg(long, value_name = "COMPANY", conflicts_with = "company")]
        company_id: Option<String>,
        /// Who invites.
        #[arg(long, value_name = "NAME")]
        inviter: Option<String>,
        /// Until when, in seconds since 1970; the organisation's setting unless said.
        #[arg(long, value_name = "TIME")]
        expires_at: Option<u64>,
        /// Do not print the link: only the mailbox has it then.
        #[arg(long)]
        quiet: bool,
        /// A CSV with the columns email, `given_name`, `family_name`, locale, message, clients, roles, and `company_legal_name` and the like for each field of a company. The same file again invites nobody twice.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Send the same link once more.
    Resend {
        /// Which, by id or address.
        invitation: String,
    },
    /// Send a new link; the old one dies.
    Regenerate {
        /// Which, by id or address.
        invitation: String,
    },
    /// Print its link, once.
    Link {
        /// Which, by id or address.
        invitation: String,
    },
    /// Change its address, which makes a new link, or its end.
    Update {
        /// Which, by id or address.
        invitation: String,
        /// To which address.
        #[arg(long)]
        email: Option<String>,
        /// Until when, in seconds since 1970.
        #[arg(long, value_name = "TIME")]
        expires_at: Option<u64>,
    },
    /// Take it back.
    Revoke {
        /// Which, by id or address.
        invitation: String,
    },
}

/// A field of a company and what stands in it.
fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("is FIELD=TEXT")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/invitations");
        let path = |which: &str| format!("{all}/{}", part(which));
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Show { invitation } => server.ask(Method::GET, &path(invitation), None, None).await?,
            Self::New { file: Some(file), .. } => {
                let body = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
                let reply = server.send_file(&format!("{all}/import"), "text/csv", body).await?;
                let report: Value = serde_json::from_str(&reply.text().await.context("the answer broke off")?).context("the answer is not JSON")?;
                return shown::list(report.get("lines").and_then(Value::as_array).cloned().unwrap_or_default(), LINES, as_json);
            }
            Self::New { email, given_name, family_name, locale, clients, roles, message, company, company_id, inviter, expires_at, quiet, file: None } => {
                let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
                let fields = company.iter().map(|(name, text)| (name.clone(), json!(text))).collect::<Map<_, _>>();
                let for_company = text(company_id).or_else(|| (!fields.is_empty()).then_some(Value::Object(fields)));
                let body = said([
                    ("email", text(email)),
                    ("given_name", text(given_name)),
                    ("family_name", text(family_name)),
                    ("locale", text(locale)),
                    ("clients", Some(json!(clients))),
                    ("roles", Some(json!(roles))),
                    ("message", text(message)),
                    ("company", for_company),
                    ("inviter", text(inviter)),
                    ("expires_at", expires_at.map(|at| json!(at))),
                    ("show_link", Some(json!(!quiet))),
                ]);
                server.ask(Method::POST, &all, Some(&body), None).await?
            }
            Self::Resend { invitation } => act(&server, &format!("{}/resend", path(invitation))).await?,
            Self::Regenerate { invitation } => act(&server, &format!("{}/regenerate", path(invitation))).await?,
            Self::Link { invitation } => act(&server, &format!("{}/link", path(invitation))).await?,
            Self::Update { invitation, email, expires_at } => {
                let body = said([("email", email.as_ref().map(|email| json!(email))), ("expires_at", expires_at.map(|at| json!(at)))]);
                server.ask(Method::PATCH, &path(invitation), Some(&body), None).await?
            }
            Self::Revoke { invitation } => act(&server, &format!("{}/revoke", path(invitation))).await?,
        };
        shown::one(&shown, as_json)
    }
}
