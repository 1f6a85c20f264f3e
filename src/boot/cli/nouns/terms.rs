//! `parvis terms`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, names, said};
use crate::boot::cli::{
    remote::{Server, part},
    shown::{self, Column},
};

const COLUMNS: &[Column] = &[("DOCUMENT", "id"), ("NAME", "names.fr"), ("APPLICATION", "client"), ("RETIRED", "retired"), ("CREATED", "created_at")];
const ACCEPTED: &[Column] = &[("ACCOUNT", "account"), ("VERSION", "version"), ("LANGUAGE", "locale"), ("WHEN", "accepted_at"), ("HOW", "how"), ("FROM", "ip")];
/// Acceptances in one request.
const AT_ONCE: usize = 300;

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The documents of an organisation.
    List,
    /// One, with its versions.
    Show {
        /// Its name in addresses.
        document: String,
    },
    /// Make one; nobody is asked for it before a version is published.
    Create {
        /// Its name in addresses, for ever.
        document: String,
        /// Its name on pages.
        #[arg(long)]
        name: String,
        /// Its English name, where it has another.
        #[arg(long)]
        name_en: Option<String>,
        /// The application it is for; for the whole organisation unless said.
        #[arg(long, value_name = "CLIENT_ID")]
        client: Option<String>,
    },
    /// Publish a version of it.
    Publish {
        /// Its name in addresses.
        document: String,
        /// The French text: paragraphs, # headings, - lists and [words](https://…).
        #[arg(long, value_name = "FILE", required_unless_present = "en")]
        fr: Option<PathBuf>,
        /// The English text.
        #[arg(long, value_name = "FILE")]
        en: Option<PathBuf>,
        /// What changes, in one line.
        #[arg(long)]
        summary: Option<String>,
        /// The same in English, where it is another line.
        #[arg(long)]
        summary_en: Option<String>,
        /// From when on it is asked for, as 2026-02-01T00:00:00Z; now unless said.
        #[arg(long, value_name = "MOMENT")]
        effective: Option<jiff::Timestamp>,
        /// Until when those who were here before may put it off.
        #[arg(long, value_name = "MOMENT")]
        grace: Option<jiff::Timestamp>,
        /// all, or new for those who come from now on.
        #[arg(long, default_value = "all")]
        audience: String,
        /// After how many months it is asked for anew.
        #[arg(long, value_name = "MONTHS")]
        reaccept: Option<u32>,
        /// Send no mail about it.
        #[arg(long)]
        quiet: bool,
    },
    /// Ask nobody for it any more; what was accepted stays.
    Retire {
        /// Its name in addresses.
        document: String,
    },
    /// Write down that people accepted it before: each line of the file has an account (id or address), and perhaps a version and a moment, apart by commas.
    Import {
        /// Its name in addresses.
        document: String,
        /// The file.
        file: PathBuf,
    },
    /// How many accepted which version.
    Report {
        /// Its name in addresses.
        document: String,
    },
    /// Who accepted it, person by person.
    Accepted {
        /// Its name in addresses.
        document: String,
    },
}

/// One line of a file of acceptances.
fn acceptance(line: &str) -> Result<Value> {
    let mut cells = line.split(',').map(str::trim);
    let account = cells.next().unwrap_or_default();
    let version = cells.next().filter(|cell| !cell.is_empty()).map(str::parse::<u32>).transpose().context("the version is a number")?;
    let moment =
        cells.next().filter(|cell| !cell.is_empty()).map(str::parse::<jiff::Timestamp>).transpose().context("the moment is as 2026-02-01T00:00:00Z")?;
    Ok(said([
        ("account", Some(json!(account))),
        ("version", version.map(|version| json!(version))),
        ("accepted_at", moment.map(|moment| json!(moment.as_second()))),
    ]))
}

async fn import(server: &Server, path: &str, file: &Path, as_json: bool) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        lines.push((number, acceptance(line).with_context(|| format!("line {number}"))?));
    }
    let (mut created, mut unchanged, mut refused) = (0u64, 0u64, Vec::new());
    for some in lines.chunks(AT_ONCE) {
        let acceptances: Vec<&Value> = some.iter().map(|(_, line)| line).collect();
        let answer = server.ask(Method::POST, path, Some(&json!({ "acceptances": acceptances })), None).await?;
        for ((number, _), line) in some.iter().zip(answer.get("lines").and_then(Value::as_array).into_iter().flatten()) {
            match line.get("outcome").and_then(Value::as_str) {
                Some("created") => created += 1,
                Some("unchanged") => unchanged += 1,
                _ => refused.push(json!({ "line": number, "account": line.get("account"), "why": line.get("why") })),
            }
        }
    }
    let faults = refused.len();
    shown::one(&json!({ "created": created, "unchanged": unchanged, "refused": refused }), as_json)?;
    if faults > 0 {
        bail!("{faults} of {} lines were not taken", lines.len());
    }
    Ok(())
}

async fn send(server: &Server, path: &str, file: Option<&PathBuf>) -> Result<Option<Value>> {
    let Some(file) = file else { return Ok(None) };
    let text = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let answer = server.send_file(&format!("{path}/texts"), "text/plain", text).await.with_context(|| file.display().to_string())?;
    let answer: Value = answer.json().await.context("the answer is not JSON")?;
    Ok(answer.get("hash").cloned())
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        let (server, tenant) = at.tenant().await?;
        let all = format!("{tenant}/terms");
        let path = |document: &str| format!("{all}/{}", part(document));
        let shown = match self {
            Self::List => return shown::list(server.all(&all).await?, COLUMNS, as_json),
            Self::Accepted { document } => return shown::list(server.all(&format!("{}/acceptances", path(document))).await?, ACCEPTED, as_json),
            Self::Import { document, file } => return import(&server, &format!("{}/acceptances", path(document)), file, as_json).await,
            Self::Show { document } => server.ask(Method::GET, &path(document), None, None).await?,
            Self::Report { document } => server.ask(Method::GET, &format!("{}/report", path(document)), None, None).await?,
            Self::Retire { document } => server.ask(Method::PATCH, &path(document), Some(&json!({ "retired": true })), None).await?,
            Self::Create { document, name, name_en, client } => {
                let members = [("id", Some(json!(document))), ("names", Some(names(name, name_en.as_ref()))), ("client", client.as_ref().map(|id| json!(id)))];
                server.ask(Method::POST, &all, Some(&said(members)), None).await?
            }
            Self::Publish { document, fr, en, summary, summary_en, effective, grace, audience, reaccept, quiet } => {
                let path = path(document);
                let (fr, en) = (send(&server, &path, fr.as_ref()).await?, send(&server, &path, en.as_ref()).await?);
                let version = said([
                    ("texts", Some(said([("fr", fr), ("en", en)]))),
                    ("summary", summary.as_ref().map(|summary| names(summary, summary_en.as_ref()))),
                    ("effective_at", effective.map(|moment| json!(moment.as_second()))),
                    ("grace_until", grace.map(|moment| json!(moment.as_second()))),
                    ("audience", Some(json!(audience))),
                    ("reaccept_months", reaccept.map(|months| json!(months))),
                    ("notify", Some(json!(!quiet))),
                ]);
                server.ask(Method::POST, &format!("{path}/versions"), Some(&version), None).await?
            }
        };
        shown::one(&shown, as_json)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::acceptance;

    #[test]
    fn a_line_has_an_account_and_perhaps_a_version_and_a_moment() {
        assert_eq!(acceptance("camille@courriel.test").unwrap(), json!({"account": "camille@courriel.test"}));
        let whole = json!({"account": "a@courriel.test", "version": 2, "accepted_at": 0});
        assert_eq!(acceptance("a@courriel.test, 2, 1970-01-01T00:00:00Z").unwrap(), whole);
        assert!(acceptance("a@courriel.test,two").is_err() && acceptance("a@courriel.test,,yesterday").is_err());
    }
}
