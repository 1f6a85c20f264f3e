//! Many invitations from a CSV: each line is an invitation or an error of its own, and the same file again invites nobody twice.

use csv::{ReaderBuilder, StringRecord};
use serde::Serialize;

use super::{InvitedFor, NewInvitation, make};
use crate::{
    journey::Tools,
    model::{CompanyDetails, RequiredHome},
    policy::admin::Right,
    service::admin::{By, Refused, tenant},
    values::Locale,
};

/// The longest file.
const LINES: usize = 2000;

/// One line: the columns of the CSV. `clients` and `roles` hold several, apart by spaces.
#[derive(utoipa::ToSchema)]
pub struct InvitationLine {
    /// To which address.
    pub email: String,
    /// What they are called.
    pub given_name: Option<String>,
    /// The same.
    pub family_name: Option<String>,
    /// `fr` or `en`.
    pub locale: Option<String>,
    /// In the inviter's own words.
    pub message: Option<String>,
    /// To which applications, apart by spaces.
    pub clients: Option<String>,
    /// What they may do in the organisation, apart by spaces.
    pub roles: Option<String>,
    /// The name of their company. Each other field of a company may stand in a column too, as `company_country` or `company_reg_no`.
    pub company_legal_name: Option<String>,
}

const COLUMNS: &[&str] = &["email", "given_name", "family_name", "locale", "message", "clients", "roles"];

fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().chain(CompanyDetails::COLUMNS).copied()
}

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum LineReported {
    /// The person is invited.
    Invited {
        /// Its number in the file.
        line: u64,
        /// To which address.
        email: String,
    },
    /// An invitation to this address is open already.
    AlreadyInvited {
        /// Its number in the file.
        line: u64,
        /// To which address.
        email: String,
    },
    /// Nothing was done.
    Wrong {
        /// Its number in the file.
        line: u64,
        /// To which address, as it is written.
        email: String,
        /// Which column, where it is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// What is wrong.
        why: String,
    },
}

/// What came of a file.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
pub struct InvitationsReported {
    /// Line by line.
    pub lines: Vec<LineReported>,
    /// How many were invited.
    pub invited: usize,
    /// How many were already.
    pub already_invited: usize,
    /// How many lines are wrong.
    pub wrong: usize,
}

/// Invite everybody in a file. Each line is one commit: what is reported is done.
///
/// # Errors
/// See [`Refused`]: the file as a whole cannot be read, or this caller may not.
pub async fn import(tools: &Tools, by: &By, name: &str, body: &[u8]) -> Result<InvitationsReported, Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationWrite).await?;
    let mut report = InvitationsReported::default();
    for (line, read) in lines(body)? {
        let (email, read) = read;
        let came = match read {
            Ok(new) => make(tools, by, &tenant, *new).await.map(|_| ()),
            Err((field, why)) => Err(Refused::Invalid { field, why }),
        };
        let (count, said) = match came {
            Ok(()) => (&mut report.invited, LineReported::Invited { line, email }),
            Err(Refused::Taken(_)) => (&mut report.already_invited, LineReported::AlreadyInvited { line, email }),
            Err(Refused::Invalid { field, why }) => {
                (&mut report.wrong, LineReported::Wrong { line, email, field: Some(field.to_owned()).filter(|field| !field.is_empty()), why })
            }
            Err(Refused::Fault(fault)) => return Err(fault.into()),
            Err(other) => (&mut report.wrong, LineReported::Wrong { line, email, field: None, why: other.to_string() }),
        };
        *count += 1;
        report.lines.push(said);
    }
    Ok(report)
}

type Read = (String, Result<Box<NewInvitation>, (&'static str, String)>);

fn lines(body: &[u8]) -> Result<Vec<(u64, Read)>, Refused> {
    let malformed = |why: &str| Refused::Malformed(why.to_owned());
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| malformed("the CSV is not UTF-8"))?;
    let top = text.lines().next().unwrap_or_default();
    let delimiter = if top.contains(';') && !top.contains(',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !reader.read_record(&mut record).map_err(|_| malformed("the CSV cannot be read"))? {
        return Err(malformed("the first line of a CSV names its columns"));
    }
    let mut names: Vec<&'static str> = Vec::new();
    for name in &record {
        let known = columns().find(|known| *known == name.trim()).filter(|known| !names.contains(known));
        names.push(known.ok_or_else(|| {
            Refused::Malformed(format!("{name:?} is no column of an invitation, or there twice: these are {}", columns().collect::<Vec<_>>().join(", ")))
        })?);
    }
    if !names.contains(&"email") {
        return Err(malformed("the CSV has no column email"));
    }
    // Where the line after the names begins, as the reader counts: it is the second.
    let start = reader.position().line();
    let mut found = Vec::new();
    while reader.read_record(&mut record).map_err(|_| malformed("the CSV cannot be read"))? {
        let line = 2 + record.position().map_or(start, csv::Position::line).saturating_sub(start);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if found.len() >= LINES {
            return Err(Refused::Malformed(format!("has more than {LINES} lines: send them in parts")));
        }
        found.push((line, cells(&names, &record)));
    }
    Ok(found)
}

fn cells(names: &[&'static str], record: &StringRecord) -> Read {
    let cell = |name: &str| {
        let at = names.iter().position(|known| *known == name)?;
        record.get(at).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    };
    let email = cell("email").unwrap_or_default();
    if record.len() != names.len() {
        return (email, Err(("", format!("has {} cells where the first line names {}", record.len(), names.len()))));
    }
    let several = |name: &str| cell(name).map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default();
    let locale = match cell("locale").map(|text| Locale::ALL.iter().copied().find(|locale| locale.tag() == text.to_lowercase())) {
        Some(None) => return (email, Err(("locale", "is fr or en".to_owned()))),
        Some(known) => known,
        None => None,
    };
    let Ok(roles) = serde_json::from_value(serde_json::json!(several("roles"))) else { return (email, Err(("roles", "names what is no role".to_owned()))) };
    let new = NewInvitation {
        email: email.clone(),
        given_name: cell("given_name"),
        family_name: cell("family_name"),
        locale,
        clients: several("clients"),
        roles,
        message: cell("message"),
        inviter: None,
        company: Some(InvitedFor::New(Box::new(CompanyDetails::of_columns(cell)))),
        required_home: RequiredHome::Any,
        expires_at: None,
        show_link: false,
    };
    (email, Ok(Box::new(new)))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn each_line_is_an_invitation_or_an_error_of_its_own() {
        let csv = "\u{feff}email;given_name;locale\r\nwim@morvan.test;Wim;fr\r\n;;\r\nbasile@morvan.test;Basile;xx\r\nluc@morvan.test\r\n";
        let found = lines(csv.as_bytes()).unwrap();
        let said: Vec<_> = found.iter().map(|(line, (email, read))| (*line, email.as_str(), read.as_ref().map(|_| ()).map_err(|(field, _)| *field))).collect();
        assert_eq!(said, [(2, "wim@morvan.test", Ok(())), (4, "basile@morvan.test", Err("locale")), (5, "luc@morvan.test", Err(""))]);
    }

    #[test]
    fn a_file_with_unknown_columns_is_refused_as_a_whole() {
        for bad in ["", "given_name\nWim\n", "email,mail\n", "email,email\n"] {
            assert!(lines(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }
}
