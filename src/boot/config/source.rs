//! Where a value was said, so that a refusal can say it too.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use anyhow::{Context as _, Result, bail};

use super::settings::{BESIDES, Setting, named, nearest};

/// Where a value was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Flag,
    Environment,
    File(PathBuf),
}

/// One value as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) source: Source,
}

/// What is shown in a refusal: the name as the person wrote it.
pub(super) struct Place<'a>(pub(super) &'a Setting, pub(super) &'a Source);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Source::Flag => write!(f, "--{}", self.0.flag()),
            Source::Environment => f.write_str(&self.0.variable()),
            Source::File(path) => write!(f, "{} in {}", self.0.name, path.display()),
        }
    }
}

/// All that one source says.
pub(super) type Layer = BTreeMap<&'static str, Said>;

/// Flags, by setting name.
pub(super) fn flags(given: &BTreeMap<&'static str, String>) -> Layer {
    given.iter().map(|(name, text)| (*name, Said { text: text.clone(), source: Source::Flag })).collect()
}

/// The environment: every `PARVIS_` name must be one of ours.
pub(super) fn environment(variables: &BTreeMap<String, String>) -> Result<Layer> {
    let mut layer = Layer::new();
    for (variable, text) in variables {
        let Some(name) = variable.strip_prefix("PARVIS_") else { continue };
        let name = name.to_ascii_lowercase();
        match named(&name) {
            Some(setting) => {
                layer.insert(setting.name, Said { text: text.clone(), source: Source::Environment });
            }
            None if BESIDES.contains(&name.as_str()) => {}
            None => bail!("unknown environment variable {variable}{}", did_you_mean(&name, |known| format!("PARVIS_{}", known.to_ascii_uppercase()))),
        }
    }
    Ok(layer)
}

/// A TOML file: flat, every name one of ours.
pub(super) fn file(path: PathBuf, text: &str) -> Result<Layer> {
    let table: toml::Table = text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
    let mut layer = Layer::new();
    for (name, value) in table {
        let Some(setting) = named(&name) else {
            bail!("unknown setting {name} in {}{}", path.display(), did_you_mean(&name, str::to_owned));
        };
        let text = plain(value).with_context(|| format!("{name} in {} must be a text, a number or a list of texts", path.display()))?;
        layer.insert(setting.name, Said { text, source: Source::File(path.clone()) });
    }
    Ok(layer)
}

fn plain(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Array(parts) => parts.into_iter().map(plain).collect::<Option<Vec<_>>>().map(|parts| parts.join(",")),
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

fn did_you_mean(name: &str, spell: impl Fn(&str) -> String) -> String {
    nearest(name).map_or_else(String::new, |known| format!("; did you mean {}?", spell(known)))
}
