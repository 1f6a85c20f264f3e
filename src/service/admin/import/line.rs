//! What a file says, line by line: NDJSON and CSV come to the same cells.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::service::admin::Refused;

/// What can be said of an account in a file. Roles cannot: they are given one by one.
pub const COLUMNS: &[&str] = &[
    "id",
    "email",
    "email_verified",
    "login",
    "phone",
    "phone_verified",
    "locale",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "birthdate",
    "zoneinfo",
    "created_at",
    "password_hash",
];

/// One account of a file: a line of NDJSON, or the columns of a CSV. A member that is absent, null or empty says nothing.
#[derive(utoipa::ToSchema)]
#[schema(as = ImportLine)]
pub struct ImportLine {
    /// What the account is called in tokens, `sub` and `oid`, where it had one before.
    pub id: Option<uuid::Uuid>,
    /// The address.
    pub email: Option<String>,
    /// Its owner proved it elsewhere.
    pub email_verified: Option<bool>,
    /// A login name beside the address.
    pub login: Option<String>,
    /// A number such as +33612345678.
    pub phone: Option<String>,
    /// Its owner proved it elsewhere.
    pub phone_verified: Option<bool>,
    /// `fr` or `en`.
    pub locale: Option<String>,
    /// Given names.
    pub given_name: Option<String>,
    /// Family names.
    pub family_name: Option<String>,
    /// Middle names.
    pub middle_name: Option<String>,
    /// What friends say.
    pub nickname: Option<String>,
    /// `YYYY-MM-DD`.
    pub birthdate: Option<String>,
    /// IANA time zone.
    pub zoneinfo: Option<String>,
    /// A time such as 2019-04-01T08:30:00Z, or seconds since 1970; a new account is as old as that.
    pub created_at: Option<String>,
    /// argon2id, argon2i, scrypt or pbkdf2-sha1, -sha256 or -sha512 as a PHC string, or bcrypt ($2a$, $2b$, $2y$).
    pub password_hash: Option<String>,
}

/// How the lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object on each line.
    Ndjson,
    /// A line of column names, then a line for each account; commas, or semicolons where the first line has them. [RFC 4180]
    Csv,
}

/// One account as it was written: only columns that say something. It may hold a hash, so it is never shown.
#[derive(Default)]
pub(super) struct Line(BTreeMap<&'static str, String>);

/// Why a line is not an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) column: Option<String>,
    pub(super) why: String,
}

impl Unfit {
    pub(super) fn of(column: &str, why: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), why: why.into() }
    }

    fn whole(why: impl Into<String>) -> Self {
        Self { column: None, why: why.into() }
    }
}

/// A line with its number in the file.
pub(super) type Numbered = (u64, Result<Line, Unfit>);

impl Line {
    /// What a column says.
    pub(super) fn said(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }

    fn say(&mut self, column: &str, text: &str) -> Result<(), Unfit> {
        let known = COLUMNS.iter().copied().find(|known| *known == column).ok_or_else(|| Unfit::of(column, "is no column of an account"))?;
        let text = text.trim();
        if !text.is_empty() {
            self.0.insert(known, text.to_owned());
        }
        Ok(())
    }
}

/// The lines of a body, the first of them numbered `first`; for CSV that is the one after the column names.
pub(super) fn lines(body: &[u8], format: Format, first: u64, most: usize) -> Result<Vec<Numbered>, Refused> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let found = match format {
        Format::Ndjson => ndjson(body, first),
        Format::Csv => csv(body, first)?,
    };
    if found.len() > most {
        return Err(Refused::Malformed(format!("has more than {most} lines: send them in parts")));
    }
    Ok(found)
}

fn ndjson(body: &[u8], first: u64) -> Vec<Numbered> {
    let lines = body.split(|byte| *byte == b'\n').zip(first..);
    lines.filter(|(text, _)| !text.trim_ascii().is_empty()).map(|(text, number)| (number, object(text))).collect()
}

fn object(text: &[u8]) -> Result<Line, Unfit> {
    let members: Map<String, Value> = serde_json::from_slice(text).map_err(|_| Unfit::whole("is not a JSON object"))?;
    let mut line = Line::default();
    for (name, value) in members {
        match value {
            Value::Null => line.say(&name, "")?,
            Value::String(text) => line.say(&name, &text)?,
            Value::Bool(_) | Value::Number(_) => line.say(&name, &value.to_string())?,
            Value::Array(_) | Value::Object(_) => return Err(Unfit::of(&name, "is one text, number or truth value")),
        }
    }
    Ok(line)
}

fn csv(body: &[u8], first: u64) -> Result<Vec<Numbered>, Refused> {
    let top = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if top.contains(&b';') && !top.contains(&b',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body);
    let malformed = |why: &str| Refused::Malformed(why.to_owned());
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|_| malformed("the CSV cannot be read"))? {
        return Err(malformed("the first line of a CSV names its columns"));
    }
    let mut names: Vec<&'static str> = Vec::new();
    for name in &record {
        let name = String::from_utf8_lossy(name).trim().to_owned();
        let known = COLUMNS.iter().copied().find(|known| *known == name);
        let known = known.ok_or_else(|| Refused::Malformed(format!("{name:?} is no column of an account: these are {}", COLUMNS.join(", "))))?;
        if names.contains(&known) {
            return Err(Refused::Malformed(format!("the column {known} is there twice")));
        }
        names.push(known);
    }
    // Where the first line after the names begins, as the reader counts.
    let start = reader.position().line();
    let mut found = Vec::new();
    while reader.read_byte_record(&mut record).map_err(|_| malformed("the CSV cannot be read"))? {
        let at = record.position().map_or(start, csv::Position::line);
        found.push((first + at.saturating_sub(start), cells(&names, &record)));
    }
    Ok(found)
}

fn cells(names: &[&'static str], record: &ByteRecord) -> Result<Line, Unfit> {
    if record.len() != names.len() {
        return Err(Unfit::whole(format!("has {} cells where the first line names {}", record.len(), names.len())));
    }
    let mut line = Line::default();
    for (name, cell) in names.iter().zip(record) {
        line.say(name, std::str::from_utf8(cell).map_err(|_| Unfit::of(name, "is not UTF-8"))?)?;
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::{Format, Unfit, lines};

    fn read(body: &str, format: Format) -> Vec<(u64, Result<Option<String>, Unfit>)> {
        let found = lines(body.as_bytes(), format, if format == Format::Csv { 2 } else { 1 }, 100).unwrap();
        found.into_iter().map(|(number, line)| (number, line.map(|line| line.said("email").map(str::to_owned)))).collect()
    }

    #[test]
    fn both_forms_come_to_the_same_lines_with_the_numbers_of_the_file() {
        let camille = Ok(Some("camille@courriel.test".to_owned()));
        let json = "\u{feff}{\"email\":\"camille@courriel.test\",\"email_verified\":true,\"login\":null}\r\n\n{\"email\":\"nadia@morvan.test\"}";
        assert_eq!(read(json, Format::Ndjson), [(1, camille.clone()), (3, Ok(Some("nadia@morvan.test".to_owned())))]);
        let csv = "\u{feff}email;given_name\r\ncamille@courriel.test;\"Ca\nmille\"\r\nnadia@morvan.test;\"Na \"\"di\"\"; a\"\r\n";
        assert_eq!(read(csv, Format::Csv), [(2, camille), (4, Ok(Some("nadia@morvan.test".to_owned())))]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_one_line() {
        let json = "{\"email\":\n{\"emall\":\"x\"}\n{\"email\":[]}\n{}";
        let found = read(json, Format::Ndjson);
        assert_eq!(found[0].1, Err(Unfit::whole("is not a JSON object")));
        assert_eq!(found[1].1, Err(Unfit::of("emall", "is no column of an account")));
        assert_eq!(found[2].1, Err(Unfit::of("email", "is one text, number or truth value")));
        assert_eq!(found[3].1, Ok(None));
        let found = read("email,login\na@b.test\na@b.test,c,d\n,e\n", Format::Csv);
        assert!(found[0].1.is_err() && found[1].1.is_err());
        assert_eq!(found[2], (4, Ok(None)));
    }

    #[test]
    fn column_names_that_nobody_knows_refuse_the_file() {
        for text in ["", "email,mail\n", "email,email\n", "email,roles\n"] {
            assert!(lines(text.as_bytes(), Format::Csv, 2, 100).is_err(), "{text:?}");
        }
        assert!(lines(b"{}\n{}\n{}", Format::Ndjson, 1, 2).is_err());
    }
}
