//! An export of one's own data: asked for on the page, made by a job, fetched by who asked.

mod gathered;

pub use gathered::{Gathered, gathered};

use std::io::{Cursor, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::contact::Owner;
use crate::{
    journey::{Letter, Tools},
    model::{AccountExport, AccountExportPart, Actor, AuditEvent, EventName, Index, Key, MailContent, Subject},
    storage::{Batch, CommitError, Loaded, Paging},
    values::{EntropyExt as _, Fault, Locale},
};

/// How many parts go in one commit.
const PARTS: usize = 8;
/// How many exports are looked at in one pass.
const PAGE: usize = 50;

/// The export that a person asked for, made or not.
///
/// # Errors
/// The store failed.
pub async fn of(tools: &Tools, subject: Subject) -> Result<Option<Loaded<AccountExport>>, Fault> {
    Ok(tools.store.load::<AccountExport>(&AccountExport::key_of(subject), tools.now()).await?)
}

/// Ask for one. While one is being made there is no other.
///
/// # Errors
/// The store failed.
pub async fn ask(tools: &Tools, owner: &Owner<'_>) -> Result<(), Fault> {
    let (now, subject) = (tools.now(), owner.account.subject());
    let before = of(tools, subject).await?;
    if before.as_ref().is_some_and(|before| before.parts.is_none()) {
        return Ok(());
    }
    let locale = owner.account.locale.unwrap_or(owner.visitor.locale);
    let until = now.plus(AccountExport::LIFETIME);
    let export = AccountExport { subject, id: tools.entropy.name(), tenant: owner.tenant.id, locale, asked_at: now, parts: None, until };
    let event = AuditEvent::new(EventName::AccountExported, subject.home, Actor::person(subject), now).on("account", subject.id);
    let mut batch = Batch::new(now);
    batch.put(before.as_ref(), &export)?.audit(&event.from(owner.visitor.ip.as_deref(), owner.visitor.correlation.as_deref()))?;
    match tools.store.commit(batch).await {
        // Somebody pressed twice.
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Make what was asked for. Returns how many were made.
///
/// # Errors
/// The store failed, or one does not encode.
pub async fn pass(tools: &Tools) -> Result<usize, Fault> {
    let waiting: Vec<Loaded<AccountExport>> = tools.store.all(Index::AccountExportsWaiting, &Key::of(["all"]), Paging::first(PAGE), tools.now()).await?;
    let mut made = 0;
    for export in waiting {
        if make(tools, export).await? {
            made += 1;
        }
    }
    Ok(made)
}

/// One: its parts first, then the word that it is there. Interrupted before that, it is made anew over what there is.
async fn make(tools: &Tools, export: Loaded<AccountExport>) -> Result<bool, Fault> {
    let subject = export.subject;
    let (account, tenant) = (tools.reads().account(subject).await?, tools.reads().tenant(export.tenant).await?);
    let (Some(account), Some(tenant)) = (account, tenant) else { return Ok(false) };
    let file = archive(tools, &gathered(tools, &account).await?, export.locale)?;
    let pieces: Vec<(u32, &[u8])> = (0..).zip(file.chunks(AccountExportPart::MOST)).collect();
    for some in pieces.chunks(PARTS) {
        let mut batch = Batch::new(tools.now());
        for (number, bytes) in some {
            let before = tools.store.load::<AccountExportPart>(&AccountExportPart::key_of(subject, &export.id, *number), tools.now()).await?;
            let part = AccountExportPart { subject, export: export.id.clone(), number: *number, bytes: STANDARD.encode(bytes), until: export.until };
            batch.put(before.as_ref(), &part)?;
        }
        tools.store.commit(batch).await?;
    }
    let count = u32::try_from(pieces.len()).map_err(|error| Fault::because("an export has too many parts", error))?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    let letter = Letter::to_account(MailContent::ExportReady, Some(&*account), &tenant).until(export.until);
    letter.with_link(format!("{}/account/privacy", tools.public_url)).post(tools, &mut batch, now)?;
    batch.update(export.map(|export| AccountExport { parts: Some(count), ..export }))?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The file of a person who asks for their own, as far as it is made.
///
/// # Errors
/// The store failed, or a part is missing.
pub async fn file(tools: &Tools, subject: Subject) -> Result<Option<Vec<u8>>, Fault> {
    let Some(export) = of(tools, subject).await? else { return Ok(None) };
    let Some(parts) = export.parts else { return Ok(None) };
    let mut file = Vec::new();
    for number in 0..parts {
        let part = tools.store.load::<AccountExportPart>(&AccountExportPart::key_of(subject, &export.id, number), tools.now()).await?;
        let part = part.ok_or_else(|| Fault::new("a part of an export is missing"))?;
        file.extend(STANDARD.decode(&part.bytes).map_err(|error| Fault::because("a part of an export cannot be read", error))?);
    }
    Ok(Some(file))
}

/// A ZIP: for programs, and for the person.
fn archive(tools: &Tools, gathered: &Gathered, locale: Locale) -> Result<Vec<u8>, Fault> {
    let json = serde_json::to_vec_pretty(gathered).map_err(|error| Fault::because("an export does not encode", error))?;
    let html = tools.pages.personal_record(locale, gathered)?;
    let failed = |error: ZipError| Fault::because("an export cannot be packed", error);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in [("account.json", json.as_slice()), ("account.htm", html.as_bytes())] {
        zip.start_file(name, stored).map_err(failed)?;
        zip.write_all(bytes).map_err(|error| Fault::because("an export cannot be packed", error))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// Nothing of it is left when the account is gone.
///
/// # Errors
/// The store failed.
pub(super) async fn forget(tools: &Tools, subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let key = Key::of([&subject.home.to_string(), &subject.id.to_string()]);
    let parts: Vec<Loaded<AccountExportPart>> = tools.store.all(Index::AccountExportPartByAccount, &key, Paging::first(PAGE), tools.now()).await?;
    for part in &parts {
        batch.delete(part);
    }
    if parts.is_empty()
        && let Some(export) = of(tools, subject).await?
    {
        batch.delete(&export);
    }
    Ok(())
}
