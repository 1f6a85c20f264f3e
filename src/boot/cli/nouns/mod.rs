//! One file for each noun: what can be done with it, said as requests to the API.

pub(super) mod account;
pub(super) mod api;
pub(super) mod audit;
pub(super) mod client;
pub(super) mod company;
mod import;
pub(super) mod invitation;
pub(super) mod key;
pub(super) mod mail;
pub(super) mod setting;
pub(super) mod tenant;
pub(super) mod terms;
pub(super) mod webhook;

use std::{io::Read as _, path::Path};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::remote::{Reach, Server, part};
use crate::{
    crypto::SystemEntropy,
    values::{EntropyExt as _, Secret},
};

/// A noun and what is to be done with it.
#[derive(Debug, Args)]
pub(super) struct Noun<A: Subcommand> {
    #[command(flatten)]
    pub(super) at: At,
    #[command(subcommand)]
    pub(super) action: A,
}

/// Where the noun is.
#[derive(Debug, Args)]
pub(super) struct At {
    #[command(flatten)]
    pub(super) reach: Reach,
    /// Which organisation, by id, name in addresses or domain; the default one unless said.
    #[arg(long, value_name = "TENANT", global = true)]
    tenant: Option<String>,
}

impl At {
    /// The server, and the path of the organisation there.
    async fn tenant(&self) -> Result<(Server, String)> {
        let server = self.reach.server()?;
        let name = match &self.tenant {
            Some(name) => name.clone(),
            None => default_of(&server).await?,
        };
        Ok((server, format!("/tenants/{}", part(&name))))
    }
}

async fn default_of(server: &Server) -> Result<String> {
    let tenants = server.all("/tenants").await.context("say which organisation with --tenant")?;
    let default = tenants.iter().find(|tenant| tenant.get("is_default") == Some(&Value::Bool(true)));
    let id = default.and_then(|tenant| tenant.get("id")).and_then(Value::as_str);
    id.map(str::to_owned).context("there is no default organisation: say which with --tenant")
}

/// Changes, each as NAME=VALUE.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Changes {
    /// A member and its value: text, a number, true, null or JSON; members of members with dots, as in profile.nickname=Nad.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Refuse if it is no longer at this rev.
    #[arg(long, value_name = "REV")]
    rev: Option<u64>,
}

impl Changes {
    /// As a merge patch.
    fn patch(&self) -> Result<Value> {
        if self.set.is_empty() {
            bail!("nothing to change: say it with --set NAME=VALUE");
        }
        self.over(json!({}))
    }

    /// Over what other flags said.
    fn over(&self, mut into: Value) -> Result<Value> {
        for change in &self.set {
            assign(&mut into, change)?;
        }
        Ok(into)
    }
}

/// Write one `a.b=value` into an object.
pub(super) fn assign(into: &mut Value, change: &str) -> Result<()> {
    let (path, text) = change.split_once('=').with_context(|| format!("{change:?} is not NAME=VALUE"))?;
    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    let mut place = into;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let object = place.as_object_mut().with_context(|| format!("{path} is not a place"))?;
        if names.peek().is_none() {
            object.insert(name.to_owned(), value);
            return Ok(());
        }
        place = object.entry(name).or_insert(Value::Null);
    }
    Ok(())
}

/// Members that were said, and no others.
fn said<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    Value::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

/// The same name in both languages, unless the English one is different.
fn names(name: &str, english: Option<&String>) -> Value {
    json!({ "fr": name, "en": english.map_or(name, String::as_str) })
}

/// A password from standard input, or a new one.
fn password(from_stdin: bool) -> Result<(Secret<String>, bool)> {
    if !from_stdin {
        let made = SystemEntropy::default().token();
        return Ok((Secret::new(made.expose().chars().take(24).collect()), true));
    }
    let mut text = String::new();
    std::io::stdin().take(1024).read_to_string(&mut text).context("standard input")?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        bail!("there is nothing on standard input");
    }
    Ok((Secret::from(line), false))
}

/// A file of JSON.
fn json_file(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

/// Do something that needs no body.
async fn act(server: &Server, path: &str) -> Result<Value> {
    server.ask(Method::POST, path, None, None).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::assign;

    #[test]
    fn changes_are_text_or_json_at_their_place() {
        let mut into = json!({});
        for change in
            ["home_url=https://espace.test/?a=b", "pkce=waived", "profile.nickname=Nad", "redirect_uris=[\"https://a.test\"]", "stay=true", "logo=null"]
        {
            assign(&mut into, change).unwrap();
        }
        let wanted = json!({
            "home_url": "https://espace.test/?a=b", "pkce": "waived", "profile": {"nickname": "Nad"}, "redirect_uris": ["https://a.test"], "stay": true, "logo": null
        });
        assert_eq!(into, wanted);
        assert!(assign(&mut into, "nothing").is_err());
    }
}
