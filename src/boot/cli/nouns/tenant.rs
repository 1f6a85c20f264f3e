//! `parvis tenant`

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, Changes, act, names, said};
use crate::boot::cli::{
    remote::part,
    shown::{self, Column},
};

const COLUMNS: &[Column] =
    &[("NAME IN ADDRESSES", "slug"), ("NAME", "names.fr"), ("KIND", "kind"), ("ACTIVE", "active"), ("DEFAULT", "is_default"), ("ID", "id")];

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// All of them.
    List,
    /// One.
    Show {
        /// By id, name in addresses or domain.
        name: String,
    },
    /// Make one.
    Create {
        /// Its name in addresses: lower case letters, digits, hyphens.
        #[arg(long)]
        slug: String,
        /// Its name on pages.
        #[arg(long)]
        name: String,
        /// Its English name, where it has another.
        #[arg(long)]
        name_en: Option<String>,
        /// The badge of a test organisation.
        #[arg(long)]
        test_badge: Option<String>,
        #[command(flatten)]
        changes: Changes,
    },
    /// Change one.
    Update {
        /// By id, name in addresses or domain.
        name: String,
        /// Its logo: a PNG or SVG of at most 24 kB.
        #[arg(long, value_name = "FILE")]
        logo: Option<PathBuf>,
        #[command(flatten)]
        changes: Changes,
    },
    /// Switch one off.
    Disable {
        /// By id, name in addresses or domain.
        name: String,
        /// Why, for operators.
        #[arg(long)]
        reason: String,
    },
    /// Switch one on.
    Enable {
        /// By id, name in addresses or domain.
        name: String,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let (server, as_json) = (at.reach.server()?, at.reach.json);
        let path = |name: &str| format!("/tenants/{}", part(name));
        let shown = match self {
            Self::List => return shown::list(server.all("/tenants").await?, COLUMNS, as_json),
            Self::Show { name } => server.ask(Method::GET, &path(name), None, None).await?,
            Self::Create { slug, name, name_en, test_badge, changes } => {
                let written = said([
                    ("slug", Some(json!(slug))),
                    ("names", Some(names(name, name_en.as_ref()))),
                    ("test_badge", test_badge.as_ref().map(|badge| json!(badge))),
                ]);
                server.ask(Method::POST, "/tenants", Some(&changes.over(written)?), None).await?
            }
            Self::Update { name, logo, changes } => {
                let brand = logo.as_ref().map(brand).transpose()?;
                let change = if brand.is_some() { changes.over(said([("brand", brand)]))? } else { changes.patch()? };
                server.ask(Method::PATCH, &path(name), Some(&change), changes.rev).await?
            }
            Self::Disable { name, reason } => server.ask(Method::POST, &format!("{}/disable", path(name)), Some(&json!({ "reason": reason })), None).await?,
            Self::Enable { name } => act(&server, &format!("{}/enable", path(name))).await?,
        };
        shown::one(&shown, as_json)
    }
}

fn brand(file: &PathBuf) -> Result<Value> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => bail!("{} is neither .png nor .svg", file.display()),
    };
    Ok(json!({ "logo": STANDARD.encode(bytes), "logo_type": kind }))
}
