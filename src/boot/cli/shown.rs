//! Answers on the terminal: tables for people, JSON for programs.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// One column: its title, and where in an item it is.
pub(super) type Column = (&'static str, &'static str);

/// Write to standard output. A reader that went away is no error.
pub(super) fn write(text: &str) -> Result<()> {
    write_bytes(text.as_bytes())
}

/// The same, of bytes.
pub(super) fn write_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(()),
    }
}

/// JSON, indented.
pub(super) fn json(value: &Value) -> Result<()> {
    write(&format!("{value:#}\n"))
}

/// A list.
pub(super) fn list(items: Vec<Value>, columns: &[Column], as_json: bool) -> Result<()> {
    if as_json {
        return json(&Value::Array(items));
    }
    let rows: Vec<Vec<String>> = items.iter().map(|item| columns.iter().map(|(_, path)| cell(item, path)).collect()).collect();
    let titles: Vec<String> = columns.iter().map(|(title, _)| (*title).to_owned()).collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|place| rows.iter().chain([&titles]).filter_map(|row| row.get(place)).map(|text| text.chars().count()).max().unwrap_or_default())
        .collect();
    let line = |row: &[String]| {
        let cells = row.iter().zip(&widths).map(|(text, width)| format!("{text:width$}", width = *width));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    write(&std::iter::once(&titles).chain(&rows).map(|row| line(row)).collect::<String>())
}

/// One thing: a line for each member that says something.
pub(super) fn one(item: &Value, as_json: bool) -> Result<()> {
    warn(item);
    if as_json {
        return json(item);
    }
    let mut text = String::new();
    lines(item, "", &mut text);
    write(&text)
}

/// What was saved all the same is said apart, where people see it and programs do not read.
fn warn(item: &Value) {
    for warning in item.get("warnings").and_then(Value::as_array).into_iter().flatten() {
        let said = |name: &str| warning.get(name).and_then(Value::as_str).unwrap_or_default();
        // A terminal that is gone reads no warnings.
        let _ = writeln!(std::io::stderr(), "warning: {} is saved, but {}: {}", said("field"), said("url"), said("why"));
    }
}

fn lines(item: &Value, under: &str, text: &mut String) {
    match item {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| *name != "warnings") {
                let name = if under.is_empty() { name.clone() } else { format!("{under}.{name}") };
                lines(value, &name, text);
            }
        }
        _ => {
            let shown = plain(item, under);
            if !shown.is_empty() {
                text.extend([under, ": ", &shown, "\n"]);
            }
        }
    }
}

fn cell(item: &Value, path: &str) -> String {
    let found = path.split('.').try_fold(item, |value, name| value.get(name));
    found.map(|value| plain(value, path)).unwrap_or_default()
}

fn plain(value: &Value, name: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if name.ends_with("_at") || name.ends_with("_from") || name == "event.at" => {
            let moment = number.as_i64().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            moment.map_or_else(|| number.to_string(), |moment| moment.to_string())
        }
        Value::Array(parts) => parts.iter().map(|part| if part.is_object() { part.to_string() } else { plain(part, "") }).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cell, lines};

    #[test]
    fn times_are_dates_and_members_have_their_place() {
        let item = json!({"names": {"fr": "Étude"}, "created_at": 0, "roles": ["auditor", "operator"], "gone": null});
        assert_eq!(cell(&item, "names.fr"), "Étude");
        assert_eq!(cell(&item, "created_at"), "1970-01-01T00:00:00Z");
        assert_eq!(cell(&item, "roles"), "auditor operator");
        assert_eq!(cell(&item, "absent.member"), "");
        let mut text = String::new();
        lines(&item, "", &mut text);
        assert!(text.contains("names.fr: Étude\n") && !text.contains("gone"));
    }
}
