//! Tells people of new terms of use, a little at a time: each piece is a commit of its own, and what lies in the store says how far it is.

use std::time::Duration;

use crate::{
    journey::{Letter, Tools},
    model::{Account, AccountState, Announcing, Key, MailContent, Record, Subject, Tenant, TermsDocument, TermsRelease},
    storage::{Batch, CommitError, Loaded, Paging},
    values::Fault,
};

/// How often this looks.
pub const PERIOD: Duration = Duration::from_secs(5);
/// People in one commit.
const PIECE: usize = 50;
/// Commits in one go, so that a stop does not wait for a hundred thousand people.
const GOES: usize = 40;

/// Tell some of those who are still to be told.
///
/// # Errors
/// The store failed.
pub async fn run(tools: &Tools) -> Result<(), Fault> {
    for _ in 0..GOES {
        let Some(release) = tools.reads().terms_to_announce(Paging::first(1)).await?.into_iter().next() else { return Ok(()) };
        tell(tools, release).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// The next people of a list, the last key of it, and whether there are more.
struct Piece {
    people: Vec<Subject>,
    last: Option<String>,
}

fn piece<T: Record>(rows: &[Loaded<T>], subject: impl Fn(&T) -> Subject) -> Piece {
    let last = rows.last().filter(|_| rows.len() == PIECE).map(|row| row.key().as_str().to_owned());
    Piece { people: rows.iter().map(|row| subject(row)).collect(), last }
}

fn from(after: Option<&String>) -> Paging {
    after.map_or_else(|| Paging::first(PIECE), |after| Paging::after(Key::from_stored(after.clone()), PIECE))
}

async fn tell(tools: &Tools, release: Loaded<TermsRelease>) -> Result<(), Fault> {
    let now = tools.now();
    let reads = tools.store.reads(now);
    let (tenant, document) = (reads.tenant(release.tenant).await?, reads.terms_document(release.tenant, &release.document).await?);
    let mut batch = Batch::new(now);
    let next = match (&tenant, &document) {
        (Some(tenant), Some(document)) if document.retired_at.is_none() => {
            let (piece, next) = match &release.announcing {
                Announcing::Accounts { after } => {
                    let found = piece(&reads.accounts(tenant.id, from(after.as_ref())).await?, Account::subject);
                    let next = found.last.clone().map_or(Announcing::Members { after: None }, |last| Announcing::Accounts { after: Some(last) });
                    (found, next)
                }
                Announcing::Members { after } => {
                    let found = piece(&reads.members(tenant.id, from(after.as_ref())).await?, |member| member.subject);
                    let next = found.last.clone().map_or(Announcing::Done, |last| Announcing::Members { after: Some(last) });
                    (found, next)
                }
                Announcing::Acceptances { after } => {
                    let found = piece(&reads.terms_acceptances(tenant.id, &document.id, from(after.as_ref())).await?, |accepted| accepted.subject);
                    let next = found.last.clone().map_or(Announcing::Done, |last| Announcing::Acceptances { after: Some(last) });
                    (found, next)
                }
                Announcing::Done => return Ok(()),
            };
            let mut people = piece.people;
            people.dedup();
            for subject in people {
                write(tools, (tenant, document, &release), subject, &mut batch).await?;
            }
            next
        }
        _ => Announcing::Done,
    };
    batch.update(release.map(|release| TermsRelease { announcing: next, ..release }))?;
    match tools.store.commit(batch).await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A letter to one person, once for each version. Who has accepted it by now need not be told.
async fn write(tools: &Tools, about: (&Tenant, &TermsDocument, &TermsRelease), subject: Subject, batch: &mut Batch) -> Result<(), Fault> {
    let (tenant, document, release) = about;
    let (now, reads) = (tools.now(), tools.reads());
    let Some(account) = reads.account(subject).await?.filter(|account| account.state == AccountState::Active) else { return Ok(()) };
    let is_known = |version: u32, of: &str| of == document.id && version >= release.number;
    if reads.terms_accepted(tenant.id, subject).await?.iter().any(|accepted| is_known(accepted.version, &accepted.document)) {
        return Ok(());
    }
    let locale = account.locale.unwrap_or(tenant.default_locale);
    let content = MailContent::NewTerms {
        document: document.names.get(locale).to_owned(),
        version: release.number,
        effective_at: document.issue(release.number).map(|issue| issue.effective_at).unwrap_or_default(),
        summary: release.summary.get(locale).to_owned(),
    };
    let letter = Letter::to_account(content, Some(&account), tenant).with_link(format!("{}/account/terms", tools.public_url));
    let occasion = [&*document.id, &release.number.to_string(), &subject.home.to_string(), &subject.id.to_string()];
    letter.post_once(&occasion, tools, batch, now).await?;
    Ok(())
}
