//! Who accepted terms of use: the list, the count, and acceptances from before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::find;
use crate::{
    journey::{Tools, facts::account_of},
    model::{AcceptedHow, Account, EventName, Record as _, Subject, TermsAcceptance, TermsDocument},
    policy::admin::Right,
    service::admin::{By, Page, PageAsked, Refused, commit, invalid, page, tenant},
    storage::{Batch, Loaded, Paging},
    values::{AccountId, Email, Locale, TenantId, Timestamp},
};

/// Acceptances in one request.
const MOST: usize = 500;
/// Rows read at once for a count.
const ROWS: usize = 1000;

/// An acceptance as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AcceptanceShown {
    /// Where the account is at home.
    #[schema(value_type = uuid::Uuid)]
    pub home: TenantId,
    /// The account.
    #[schema(value_type = uuid::Uuid)]
    pub account: AccountId,
    /// Which version.
    pub version: u32,
    /// In which language it was read.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// SHA-256 of the text.
    pub hash: String,
    /// When.
    #[schema(value_type = u64)]
    pub accepted_at: Timestamp,
    /// From which address.
    pub ip: Option<String>,
    /// How it is known.
    pub how: AcceptedHow,
}

/// Who accepted a document, person by person.
///
/// # Errors
/// See [`Refused`].
pub async fn list_accepted(tools: &Tools, by: &By, place: (&str, &str), asked: &PageAsked) -> Result<Page<AcceptanceShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsRead).await?;
    let document = find(tools, tenant.id, place.1).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().terms_acceptances(tenant.id, &document.id, paging).await?, limit, |row| AcceptanceShown {
        home: row.subject.home,
        account: row.subject.id,
        version: row.version,
        locale: row.locale,
        hash: row.hash.clone(),
        accepted_at: row.at,
        ip: row.ip.clone(),
        how: row.how,
    }))
}

/// How many accepted a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct VersionReport {
    /// Which.
    pub number: u32,
    /// Who were shown it here.
    pub shown: u64,
    /// Of whom an administrator said so.
    pub imported: u64,
}

/// How many accepted a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TermsReport {
    /// Version by version.
    pub versions: Vec<VersionReport>,
}

/// Count. Somebody who accepted a version twice counts once, by how it was known first.
///
/// # Errors
/// See [`Refused`].
pub async fn report(tools: &Tools, by: &By, place: (&str, &str)) -> Result<TermsReport, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsRead).await?;
    let document = find(tools, tenant.id, place.1).await?;
    let start = |number| (number, VersionReport { number, ..VersionReport::default() });
    let mut versions: BTreeMap<u32, VersionReport> = document.issues.iter().map(|issue| start(issue.number)).collect();
    let (mut paging, mut last) = (Paging::first(ROWS), None);
    loop {
        let rows = tools.reads().terms_acceptances(tenant.id, &document.id, paging).await?;
        for row in &rows {
            // Rows of one person and version stand together.
            if last.replace((row.subject, row.version)) == Some((row.subject, row.version)) {
                continue;
            }
            let counted = versions.entry(row.version).or_insert_with(|| start(row.version).1);
            match row.how {
                AcceptedHow::Shown => counted.shown += 1,
                AcceptedHow::Imported => counted.imported += 1,
            }
        }
        match rows.last() {
            Some(row) if rows.len() == ROWS => paging = Paging::after(row.key(), ROWS),
            _ => return Ok(TermsReport { versions: versions.into_values().collect() }),
        }
        tokio::task::yield_now().await;
    }
}

/// One acceptance from before.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The account: its id, or an address of it.
    pub account: String,
    /// Which version; the newest where absent.
    #[serde(default)]
    pub version: Option<u32>,
    /// As of when, in seconds since 1970; now where absent.
    #[serde(default)]
    pub accepted_at: Option<u64>,
}

/// Acceptances from before, at most 500 at once.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptances {
    /// One by one.
    pub acceptances: Vec<Acceptance>,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcceptanceOutcome {
    /// Written.
    Created,
    /// The person has accepted it already.
    Unchanged,
    /// Not written.
    Refused,
}

/// What became of one, in the order in which they were sent.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AcceptanceTaken {
    /// The account as it was named.
    pub account: String,
    /// What became of it.
    pub outcome: AcceptanceOutcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
}

/// What became of all.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AcceptancesTaken {
    /// One by one.
    pub lines: Vec<AcceptanceTaken>,
}

/// A list as administrators paste it: on each line the account, and if known the version and the day, apart by commas. Lines that begin with `#` do not count.
///
/// # Errors
/// A version that is no number, or a moment that is none.
pub fn acceptances_of(text: &str) -> Result<Acceptances, Refused> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let acceptances = lines.map(|line| {
        let mut cells = line.split([',', ';']).map(str::trim);
        let account = cells.next().unwrap_or_default().to_owned();
        let version = cells.next().filter(|cell| !cell.is_empty()).map(str::parse::<u32>).transpose();
        let moment = cells.next().filter(|cell| !cell.is_empty()).map(moment).transpose()?;
        Ok(Acceptance { account, version: version.map_err(|_| invalid("acceptances", "the version is a number"))?, accepted_at: moment })
    });
    Ok(Acceptances { acceptances: acceptances.collect::<Result<_, Refused>>()? })
}

/// A day, from its beginning, or a moment, as ISO 8601 writes them.
fn moment(text: &str) -> Result<u64, Refused> {
    let day = || text.parse::<jiff::civil::Date>().and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC)).map(|day| day.timestamp());
    let moment: jiff::Timestamp = text.parse().or_else(|_| day()).map_err(|_| invalid("acceptances", "the day is as 2026-02-01"))?;
    u64::try_from(moment.as_second()).map_err(|_| invalid("acceptances", "the day is after 1970"))
}

/// Write down that people accepted before. The same again changes nothing.
///
/// # Errors
/// See [`Refused`].
pub async fn import(tools: &Tools, by: &By, place: (&str, &str), sent: Acceptances) -> Result<AcceptancesTaken, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsWrite).await?;
    let document = find(tools, tenant.id, place.1).await?;
    if sent.acceptances.len() > MOST {
        return Err(invalid("acceptances", "are at most 500 at once"));
    }
    let now = tools.now();
    let mut batch = Batch::new(now);
    let (mut lines, mut new) = (Vec::with_capacity(sent.acceptances.len()), BTreeMap::new());
    for line in sent.acceptances {
        let (outcome, why) = match accepted(tools, &document, &line, now).await? {
            Ok(acceptance) => {
                let before = tools.store.reads(now).terms_accepted(tenant.id, acceptance.subject).await?;
                let is_known = before.iter().any(|known| known.document == document.id && known.version == acceptance.version);
                let named = (acceptance.subject.home.0, acceptance.subject.id.0, acceptance.version);
                if is_known || new.contains_key(&named) {
                    (AcceptanceOutcome::Unchanged, None)
                } else {
                    new.insert(named, acceptance);
                    (AcceptanceOutcome::Created, None)
                }
            }
            Err(why) => (AcceptanceOutcome::Refused, Some(why)),
        };
        lines.push(AcceptanceTaken { account: line.account, outcome, why });
    }
    for acceptance in new.values() {
        batch.insert(acceptance)?;
    }
    if !new.is_empty() {
        let mut event = by.event_saying(EventName::TouAccepted, tenant.id, now, "imported").on("terms", &document.id);
        event.count = Some(new.len() as u64);
        batch.audit(&event)?;
        commit(tools, batch).await?;
    }
    Ok(AcceptancesTaken { lines })
}

async fn accepted(tools: &Tools, document: &TermsDocument, line: &Acceptance, now: Timestamp) -> Result<Result<TermsAcceptance, &'static str>, Refused> {
    let newest = document.issues.last().map(|issue| issue.number);
    let Some(issue) = line.version.or(newest).and_then(|number| document.issue(number)) else { return Ok(Err("there is no such version")) };
    let Some(wording) = issue.wordings.first() else { return Ok(Err("the version has no text")) };
    let at = line.accepted_at.map_or(now, Timestamp);
    if at > now {
        return Ok(Err("accepted_at is still to come"));
    }
    let Some(account) = found(tools, document.tenant, &line.account, now).await? else { return Ok(Err("there is no such account here")) };
    let locale = account.locale.and_then(|locale| issue.wordings.iter().find(|wording| wording.locale == locale)).unwrap_or(wording);
    Ok(Ok(TermsAcceptance {
        tenant: document.tenant,
        subject: account.subject(),
        document: document.id.clone(),
        version: issue.number,
        locale: locale.locale,
        hash: locale.hash.clone(),
        at,
        ip: None,
        how: AcceptedHow::Imported,
    }))
}

/// An account that is at home here, or has a place here; by id or by address.
async fn found(tools: &Tools, tenant: TenantId, named: &str, now: Timestamp) -> Result<Option<Loaded<Account>>, Refused> {
    let reads = tools.store.reads(now);
    let account = if let Ok(id) = named.parse::<uuid::Uuid>() {
        let at_home = reads.account(Subject { home: tenant, id: AccountId(id) }).await?;
        let personal = reads.tenant_named(crate::journey::facts::PERSONAL).await?;
        match (at_home, personal) {
            (Some(account), _) => Some(account),
            (None, Some(personal)) => reads.account(Subject { home: personal.id, id: AccountId(id) }).await?,
            (None, None) => None,
        }
    } else {
        let Ok(email) = named.trim().parse::<Email>() else { return Ok(None) };
        account_of(tools, tenant, &email, now).await?
    };
    let Some(account) = account else { return Ok(None) };
    let belongs = account.home == tenant || reads.membership(tenant, account.subject()).await?.is_some();
    Ok(belongs.then_some(account))
}
