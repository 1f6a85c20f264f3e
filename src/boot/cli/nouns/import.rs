//! `parvis account import`: a file in pieces, each a request of its own, so that neither side ever holds all of it.

use std::{
    fs::File,
    io::{BufRead, BufReader, IsTerminal as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::boot::cli::{remote::Server, shown};

/// A piece is sent when it has so many bytes or lines: little enough to be on its way within a request's time.
const BYTES: usize = 512 * 1024;
const LINES: u64 = 2_000;
/// Longer ones are no account.
const LONGEST: usize = 1024 * 1024;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object on each line.
    Ndjson,
    /// A line of column names, then a line for each account.
    Csv,
}

impl Format {
    fn of(path: &Path) -> Result<Self> {
        match path.extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase()).as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("ndjson" | "jsonl") => Ok(Self::Ndjson),
            _ => bail!("say with --format whether {} is csv or ndjson", path.display()),
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv",
        }
    }
}

/// What to bring, and how.
#[derive(Debug, Args)]
pub(in crate::boot::cli) struct Import {
    /// The file. Columns: id, email, email_verified, login, phone, phone_verified, locale, given_name, family_name, middle_name, nickname, birthdate,
    /// zoneinfo, created_at, password_hash.
    file: PathBuf,
    /// How it is written, where its name does not say so.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write nothing: only say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Change accounts that are there and say something else.
    #[arg(long)]
    update: bool,
}

/// Some records of a file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Piece {
    first_line: u64,
    text: Vec<u8>,
}

/// A file as pieces that end where a record does.
struct Pieces<R> {
    from: R,
    format: Format,
    header: Vec<u8>,
    next_line: u64,
}

impl<R: BufRead> Pieces<R> {
    fn new(from: R, format: Format) -> Result<Self> {
        let mut pieces = Self { from, format, header: Vec::new(), next_line: 1 };
        if format == Format::Csv {
            let mut header = Vec::new();
            pieces.record(&mut header)?;
            pieces.header = header;
        }
        Ok(pieces)
    }

    /// Add the next record and say how many lines it has; none at the end. One of a CSV goes on as long as a quote is open. [RFC 4180 §2]
    fn record(&mut self, into: &mut Vec<u8>) -> Result<u64> {
        let (before, mut lines) = (into.len(), 0);
        loop {
            let start = into.len();
            if self.from.read_until(b'\n', into).context("the file cannot be read")? == 0 {
                break;
            }
            lines += 1;
            if into.len() - before > LONGEST {
                bail!("line {} is too long for an account", self.next_line);
            }
            let quotes = into.iter().skip(before).filter(|byte| **byte == b'"').count();
            if self.format == Format::Ndjson || quotes % 2 == 0 || into.len() == start {
                break;
            }
        }
        self.next_line += lines;
        Ok(lines)
    }

    fn next(&mut self) -> Result<Option<Piece>> {
        let mut piece = Piece { first_line: self.next_line, text: self.header.clone() };
        let empty = piece.text.len();
        while piece.text.len() < BYTES && self.next_line - piece.first_line < LINES {
            if self.record(&mut piece.text)? == 0 {
                break;
            }
        }
        Ok(Some(piece).filter(|piece| piece.text.len() > empty))
    }
}

/// What became of all lines.
#[derive(Default)]
struct Report {
    totals: [u64; 5],
    told: Vec<Value>,
    lines: u64,
}

const TOTALS: [&str; 5] = ["created", "unchanged", "updated", "conflicts", "refused"];

impl Report {
    /// One line of the server's report; is it the last one?
    fn hear(&mut self, line: &Value, as_json: bool) -> Result<bool> {
        if let Some(incident) = line.pointer("/broken_off/incident").and_then(Value::as_str) {
            bail!("the server failed (incident {incident}); send the file again: what is in already stays as it is");
        }
        if let Some(totals) = line.get("totals") {
            for (name, total) in TOTALS.iter().zip(&mut self.totals) {
                *total += totals.get(name).and_then(Value::as_u64).unwrap_or_default();
            }
            return Ok(true);
        }
        self.lines += 1;
        let said = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default();
        if matches!(said("outcome"), "conflict" | "refused") {
            if as_json {
                self.told.push(line.clone());
            } else {
                let columns: Vec<&str> = line.get("columns").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
                let number = line.get("line").and_then(Value::as_u64).unwrap_or_default();
                let place = if columns.is_empty() { String::new() } else { format!(" {}:", columns.join(", ")) };
                shown::write(&format!("line {number}: {}:{place} {}\n", said("outcome"), said("why")))?;
            }
        }
        Ok(false)
    }

    fn end(self, dry_run: bool, as_json: bool) -> Result<()> {
        let [created, unchanged, updated, conflicts, refused] = self.totals;
        if as_json {
            shown::json(&json!({ "dry_run": dry_run, "created": created, "unchanged": unchanged, "updated": updated, "conflicts": conflicts,
                "refused": refused, "lines": self.told }))?;
        } else {
            let would = if dry_run { "Nothing was written. Would be " } else { "" };
            shown::write(&format!("{would}created: {created}, unchanged: {unchanged}, updated: {updated}, conflicts: {conflicts}, refused: {refused}\n"))?;
        }
        if conflicts + refused > 0 {
            bail!("{} of {} lines were not taken", conflicts + refused, self.lines);
        }
        Ok(())
    }
}

impl Import {
    pub(super) async fn run(&self, (server, tenant): (&Server, &str), as_json: bool) -> Result<()> {
        let format = self.format.map_or_else(|| Format::of(&self.file), Ok)?;
        let file = File::open(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let mut pieces = Pieces::new(BufReader::new(file), format)?;
        let mut report = Report::default();
        while let Some(Piece { first_line, text }) = pieces.next()? {
            let path = format!("{tenant}/accounts/import?dry_run={}&update={}&first_line={first_line}", self.dry_run, self.update);
            let mut answer = server.send_file(&path, format.media(), text).await.with_context(|| format!("from line {first_line} on"))?;
            let (mut heard, mut is_whole) = (Vec::new(), false);
            while let Some(chunk) = answer.chunk().await.context("the answer broke off: send the file again")? {
                heard.extend_from_slice(&chunk);
                let Some(end) = heard.iter().rposition(|byte| *byte == b'\n') else { continue };
                let rest = heard.split_off(end + 1);
                for line in heard.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                    is_whole |= report.hear(&serde_json::from_slice(line).context("the answer is not JSON")?, as_json)?;
                }
                heard = rest;
            }
            if !is_whole {
                bail!("the answer broke off: send the file again");
            }
            if std::io::stderr().is_terminal() {
                eprint!("\r{} lines", report.lines);
            }
        }
        if std::io::stderr().is_terminal() {
            eprintln!();
        }
        report.end(self.dry_run, as_json)
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Piece, Pieces};

    fn pieces(text: &str, format: Format) -> Vec<Piece> {
        let mut pieces = Pieces::new(text.as_bytes(), format).unwrap();
        std::iter::from_fn(|| pieces.next().unwrap()).collect()
    }

    #[test]
    fn a_csv_is_cut_between_its_records_and_each_piece_has_the_names() {
        let text = format!("email,given_name\n{}", "a@courriel.test,\"Ca\nmille\"\n".repeat(1500));
        let found = pieces(&text, Format::Csv);
        assert_eq!(found.iter().map(|piece| piece.first_line).collect::<Vec<_>>(), [2, 2002]);
        for piece in found {
            let text = String::from_utf8(piece.text).unwrap();
            assert!(text.starts_with("email,given_name\na@") && text.ends_with("mille\"\n"));
        }
    }

    #[test]
    fn ndjson_is_cut_after_any_line_and_quotes_mean_nothing() {
        let text = "{\"email\": \"\\\"a\"}\n".repeat(2500);
        let found = pieces(&text, Format::Ndjson);
        assert_eq!(found.iter().map(|piece| piece.first_line).collect::<Vec<_>>(), [1, 2001]);
        assert!(pieces("", Format::Ndjson).is_empty() && pieces("email\n", Format::Csv).is_empty());
    }
}
