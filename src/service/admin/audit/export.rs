//! The trail as a file: lines of JSON, each with its place in its chain, or a table for a spreadsheet. Made part by part while it is read.

use serde::Deserialize;

use super::{EventsAsked, PAGE, Wanted, part};
use crate::{
    journey::Tools,
    model::{AuditEvent, AuditRecord, EventName, Key},
    policy::admin::Right,
    service::admin::{By, Refused, commit, tenant},
    storage::{Batch, Loaded},
    values::Fault,
};

/// As what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// A table with a line of titles.
    Csv,
}

impl ExportFormat {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

/// The columns of the table.
const COLUMNS: [&str; 15] = [
    "at",
    "event",
    "outcome",
    "actor_kind",
    "actor_id",
    "subject_kind",
    "subject_id",
    "client",
    "reason",
    "method",
    "count",
    "ip",
    "journey",
    "sequence",
    "hash",
];

/// An export that is under way.
pub struct Export {
    tools: Tools,
    wanted: Wanted,
    format: ExportFormat,
    next: Next,
}

enum Next {
    Titles,
    After(Option<Key>),
    End,
}

/// Begin one. That it was made is itself an event, written before the first line goes out.
///
/// # Errors
/// See [`Refused`].
pub async fn export(tools: &Tools, by: &By, name: &str, asked: &EventsAsked, format: ExportFormat) -> Result<Export, Refused> {
    let tenant = tenant(tools, by, name, Right::AuditRead).await?;
    let wanted = Wanted::understand(tools, &tenant, asked).await?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    let filters = [("person", &asked.person), ("event", &asked.event), ("client", &asked.client), ("from", &asked.from), ("until", &asked.until)];
    let named: Vec<&str> = filters.into_iter().filter(|(_, text)| text.is_some()).map(|(name, _)| name).collect();
    batch.audit(&by.event_saying(EventName::AuditExported, tenant.id, now, named.join(" ")).on("tenant", tenant.id).by(format.as_str()))?;
    commit(tools, batch).await?;
    let next = if format == ExportFormat::Csv { Next::Titles } else { Next::After(None) };
    Ok(Export { tools: tools.clone(), wanted, format, next })
}

impl Export {
    /// As what it is made.
    #[must_use]
    pub fn format(&self) -> ExportFormat {
        self.format
    }

    /// The next part of the file; `None` at its end. After an error there is no more.
    pub async fn part(&mut self) -> Option<Result<Vec<u8>, Fault>> {
        let after = match std::mem::replace(&mut self.next, Next::End) {
            Next::End => return None,
            Next::Titles => {
                self.next = Next::After(None);
                return Some(table([COLUMNS.map(str::to_owned)]));
            }
            Next::After(after) => after,
        };
        match part(&self.tools, &self.wanted, (after, false), PAGE).await {
            Ok((rows, next)) => {
                self.next = next.map_or(Next::End, |next| Next::After(Some(next)));
                Some(match self.format {
                    ExportFormat::Ndjson => Ok(rows.iter().flat_map(|(row, _)| line(row)).collect()),
                    ExportFormat::Csv => table(rows.iter().map(|(row, event)| cells(row, event))),
                })
            }
            Err(Refused::Fault(fault)) => Some(Err(fault)),
            Err(other) => Some(Err(Fault::new(format!("an export broke off: {other}")))),
        }
    }
}

/// The event is the text that was hashed: it goes out as it is.
fn line(row: &AuditRecord) -> Vec<u8> {
    format!("{{\"stream\":{},\"sequence\":{},\"previous\":\"{}\",\"hash\":\"{}\",\"event\":{}}}\n", row.stream, row.sequence, row.previous, row.hash, row.event)
        .into_bytes()
}

fn cells(row: &Loaded<AuditRecord>, event: &AuditEvent) -> [String; 15] {
    let word = |value: Result<serde_json::Value, serde_json::Error>| value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let (kind, id) = event.subject.as_ref().map(|target| (target.kind.clone(), target.id.clone())).unwrap_or_default();
    [
        moment(event.at.0),
        event.event.as_str().to_owned(),
        word(serde_json::to_value(event.outcome)),
        word(serde_json::to_value(event.actor.kind)),
        event.actor.id.clone().unwrap_or_default(),
        kind,
        id,
        event.client.as_ref().map(ToString::to_string).unwrap_or_default(),
        event.reason.clone().unwrap_or_default(),
        event.method.clone().unwrap_or_default(),
        event.count.map(|count| count.to_string()).unwrap_or_default(),
        event.ip.clone().unwrap_or_default(),
        event.journey.clone().unwrap_or_default(),
        row.sequence.to_string(),
        row.hash.clone(),
    ]
}

fn moment(seconds: u64) -> String {
    i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).map(|at| at.to_string()).unwrap_or_default()
}

/// Lines of a table. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text.
fn table(rows: impl IntoIterator<Item = [String; 15]>) -> Result<Vec<u8>, Fault> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        csv.write_record(row.iter().map(|cell| guarded(cell))).map_err(|error| Fault::because("a table does not encode", error))?;
    }
    csv.into_inner().map_err(|error| Fault::because("a table does not encode", error.to_string()))
}

fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+33", "-2", "@x", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("sonia@etude.test"), "sonia@etude.test");
    }
}
