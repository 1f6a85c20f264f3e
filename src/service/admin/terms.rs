//! Terms of use: documents, texts, versions, and who accepted them.
//!
//! A text is sent alone, because it may be long, and is named by its hash from then on; a version is published by naming its texts. So nothing half-written is
//! ever shown, and the same text twice is one.

mod acceptances;
mod shape;

pub use acceptances::{
    Acceptance, AcceptanceOutcome, AcceptanceShown, AcceptanceTaken, Acceptances, AcceptancesTaken, TermsReport, VersionReport, acceptances_of, import,
    list_accepted, report,
};
pub use shape::{NewTerms, NewVersion, TermsShown, TermsWritten, TextSent, VersionShown, WordingsWritten};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, page, patched, tenant, written};
use crate::{
    crypto::sha256,
    journey::Tools,
    model::{Announcing, EventName, Localised, TermsAudience, TermsDocument, TermsIssue, TermsRelease, TermsText, TermsWording},
    policy::admin::Right,
    storage::{Batch, Loaded, Paging},
    values::{ClientId, Locale, TenantId, Timestamp},
};
use shape::{shown_at, written_of};

/// The longest text, in bytes.
pub const LONGEST: usize = 1024 * 1024;
/// Documents of one organisation.
const MOST: usize = 100;
/// Pieces of a text in one commit.
const PIECES: usize = 4;

/// The documents of an organisation.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<TermsShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::TermsRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().terms_documents(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, id: &str) -> Result<Shown<TermsShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::TermsRead).await?;
    let found = find(tools, tenant.id, id).await?;
    Ok(shown_at(found.version(), &found))
}

async fn find(tools: &Tools, tenant: TenantId, id: &str) -> Result<Loaded<TermsDocument>, Refused> {
    tools.reads().terms_document(tenant, id).await?.ok_or(Refused::NotFound)
}

/// A new document, without a version yet: nobody is asked for it.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewTerms) -> Result<Shown<TermsShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::TermsWrite).await?;
    if !TermsDocument::is_id(&new.id) {
        return Err(invalid("id", "has 1 to 63 lower case letters, digits and hyphens"));
    }
    let now = tools.now();
    let reads = tools.store.reads(now);
    if reads.terms_document(tenant.id, &new.id).await?.is_some() {
        return Err(Refused::Taken("id"));
    }
    if reads.terms_documents(tenant.id, Paging::first(MOST)).await?.len() >= MOST {
        return Err(invalid("id", "an organisation has at most 100 documents"));
    }
    let client = match new.client {
        Some(id) => Some(reads.client(tenant.id, &ClientId(id)).await?.ok_or_else(|| invalid("client", "there is no such application"))?.id.clone()),
        None => None,
    };
    check_names(&new.names)?;
    let document =
        TermsDocument { tenant: tenant.id, id: new.id, client, names: new.names, issues: Vec::new(), retired_at: None, created_at: now, updated_at: now };
    let mut batch = Batch::new(now);
    batch.unchanged(&tenant).insert(&document)?;
    batch.audit(&by.event_saying(EventName::TouPublished, tenant.id, now, "created").on("terms", &document.id))?;
    commit(tools, batch).await?;
    Ok(shown_at(1, &document))
}

/// Change its name, or retire it: then nobody is asked for it any more.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<TermsShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    as_seen(&found, rev)?;
    let TermsWritten { names, retired } = patched(&written_of(&found), patch)?;
    check_names(&names)?;
    let now = tools.now();
    let retired_at = if retired { found.retired_at.or(Some(now)) } else { None };
    let rev = found.version() + 1;
    let after = found.map(|document| TermsDocument { names, retired_at, updated_at: now, ..document });
    let shown = shown_at(rev, &after);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::TouPublished, tenant.id, now, super::members(patch)).on("terms", &after.id))?.update(after)?;
    commit(tools, batch).await?;
    Ok(shown)
}

fn check_names(names: &Localised) -> Result<(), Refused> {
    written::localised("names", names, 100)
}

/// Take in a text, piece by piece. It is nothing before a version names it, and goes where none does within a week.
///
/// # Errors
/// See [`Refused`].
pub async fn receive(tools: &Tools, by: &By, place: (&str, &str), text: &[u8]) -> Result<TextSent, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsWrite).await?;
    find(tools, tenant.id, place.1).await?;
    let text = std::str::from_utf8(text).map_err(|_| Refused::Malformed("the text is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(invalid("text", "must not be empty"));
    }
    if text.len() > LONGEST {
        return Err(invalid("text", "has at most 1 MiB"));
    }
    let is_unfit = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(is_unfit) {
        return Err(invalid("text", "has no control characters but line ends and tabs"));
    }
    let hash = URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()));
    let pieces = TermsText::pieces(&text);
    let parts = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
    let now = tools.now();
    let until = Some(now.plus(TermsText::WAITS));
    for (some, first) in pieces.chunks(PIECES).zip((0..).step_by(PIECES)) {
        let mut batch = Batch::new(now);
        for (piece, place) in some.iter().zip(first..) {
            match tools.store.reads(now).terms_piece(tenant.id, &hash, place).await? {
                Some(there) if there.until.is_some() => batch.update(there.map(|there| TermsText { until, ..there }))?,
                Some(_) => &mut batch,
                None => batch.insert(&TermsText { tenant: tenant.id, hash: hash.clone(), place, parts, text: (*piece).to_owned(), until })?,
            };
        }
        if !batch.is_empty() {
            commit(tools, batch).await?;
        }
    }
    Ok(TextSent { hash, bytes: text.len() })
}

/// Publish a version of texts that were sent before. Of two at once one is told that somebody else was first.
///
/// # Errors
/// See [`Refused`].
pub async fn publish(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, new: NewVersion) -> Result<Shown<TermsShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::TermsWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    as_seen(&found, rev)?;
    if found.issues.len() >= TermsDocument::MOST_ISSUES {
        return Err(Refused::Impossible("the document has 100 versions: begin another one"));
    }
    let now = tools.now();
    let issue = issue(tools, &found, &new, now).await?;
    let NewVersion { summary, notify, .. } = new;
    let summary = summary.unwrap_or_default();
    for text in [&summary.fr, &summary.en] {
        written::optional_line("summary", Some(text), 2000)?;
    }
    // Who was not here before cannot have to be told.
    let is_told = notify.unwrap_or(true) && issue.audience == TermsAudience::All;
    let announcing = match (is_told, &found.client) {
        (false, _) => Announcing::Done,
        (true, None) => Announcing::Accounts { after: None },
        (true, Some(_)) => Announcing::Acceptances { after: None },
    };
    let release = TermsRelease { tenant: tenant.id, document: found.id.clone(), number: issue.number, summary, announcing };
    let named = format!("{} {}", found.id, issue.number);
    let rev = found.version() + 1;
    let after = found.map(|mut document| {
        document.issues.push(issue);
        TermsDocument { updated_at: now, ..document }
    });
    let shown = shown_at(rev, &after);
    keep(tools, tenant.id, &after, now).await?;
    let mut batch = Batch::new(now);
    batch.update(after)?.insert(&release)?.audit(&by.event(EventName::TouPublished, tenant.id, now).on("terms", named))?;
    commit(tools, batch).await?;
    Ok(shown)
}

async fn issue(tools: &Tools, document: &TermsDocument, new: &NewVersion, now: Timestamp) -> Result<TermsIssue, Refused> {
    const YEAR: u64 = 366 * 86_400;
    let effective_at = new.effective_at.map_or(now, |at| Timestamp(at).max(now));
    let grace_until = new.grace_until.map(Timestamp);
    if effective_at > now.plus(YEAR) {
        return Err(invalid("effective_at", "is at most a year from now"));
    }
    if grace_until.is_some_and(|until| until <= effective_at || until > effective_at.plus(YEAR)) {
        return Err(invalid("grace_until", "is after effective_at, by a year at most"));
    }
    if new.reaccept_months.is_some_and(|months| !(1..=120).contains(&months)) {
        return Err(invalid("reaccept_months", "is between 1 and 120"));
    }
    let mut wordings = Vec::new();
    for (locale, hash) in [(Locale::Fr, &new.texts.fr), (Locale::En, &new.texts.en)] {
        let Some(hash) = hash else { continue };
        wordings.push(wording(tools, document.tenant, locale, hash, now).await?);
    }
    if wordings.is_empty() {
        return Err(invalid("texts", "names a text in one language at least"));
    }
    let number = document.issues.last().map_or(0, |last| last.number) + 1;
    Ok(TermsIssue { number, wordings, published_at: now, effective_at, grace_until, audience: new.audience, reaccept_months: new.reaccept_months })
}

/// A text that is there with all of its pieces.
async fn wording(tools: &Tools, tenant: TenantId, locale: Locale, hash: &str, now: Timestamp) -> Result<TermsWording, Refused> {
    let unknown = || invalid("texts", format!("{hash} was not sent, or not to its end"));
    let reads = tools.store.reads(now);
    let parts = reads.terms_piece(tenant, hash, 0).await?.ok_or_else(unknown)?.parts;
    let wording = TermsWording { locale, hash: hash.to_owned(), bytes: 0, parts };
    let text = reads.terms_text(tenant, &wording).await?.ok_or_else(unknown)?;
    Ok(TermsWording { bytes: text.len(), ..wording })
}

/// The texts of the newest version stay, from before it is published: there is no version whose text goes.
async fn keep(tools: &Tools, tenant: TenantId, document: &TermsDocument, now: Timestamp) -> Result<(), Refused> {
    let Some(issue) = document.issues.last() else { return Ok(()) };
    for wording in &issue.wordings {
        let places: Vec<u32> = (0..wording.parts).collect();
        for some in places.chunks(PIECES) {
            let mut batch = Batch::new(now);
            for place in some {
                let found = tools.store.reads(now).terms_piece(tenant, &wording.hash, *place).await?;
                let Some(piece) = found else { return Err(Refused::Conflict) };
                if piece.until.is_some() {
                    batch.update(piece.map(|piece| TermsText { until: None, ..piece }))?;
                }
            }
            if !batch.is_empty() {
                commit(tools, batch).await?;
            }
        }
    }
    Ok(())
}
