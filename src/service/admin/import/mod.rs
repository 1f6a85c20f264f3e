//! Accounts from a file, with the hashes that their passwords had elsewhere.
//!
//! A line names an account by its id, else by its address, else by its login name. One that is not there is made; one that is there and says the same is
//! left as it is, so the same file again changes nothing, and a file whose import broke off is sent once more. One that says something else is told about,
//! and changed only where the caller asks for that. A password that is there is never looked at: its owner may have changed it since.
//!
//! Why it is so: lines are committed some together, because each commit waits for the disk; whenever such a commit loses to somebody else, its lines are
//! judged again one by one. Each new account has its own event in the audit trail, so that who made it can be asked about any account; that a
//! password came with it is said in that event.

mod judged;
mod line;
mod seen;
mod told;

use serde::Deserialize;
use tokio::sync::mpsc::Sender;

use self::{
    judged::{Wanted, differing},
    line::{Line, Numbered, Unfit, lines},
    seen::{Pending, Seen},
    told::Reported as Of,
};
use super::{By, Refused, taken, tenant};
use crate::{
    journey::Tools,
    model::{Account, Credential, CredentialKind, EventName, Index, Key, Record as _, Subject},
    policy::admin::{Place, Right},
    storage::{Batch, CommitError, Loaded},
    values::{AccountId, EntropyExt as _, Fault, TenantId, Timestamp},
};

pub use line::{COLUMNS, Format, ImportLine};
pub use told::{Outcome, Reported, Told, Totals};

/// How a file is to be taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImportAsked {
    /// Write nothing: only say what would be done.
    pub dry_run: bool,
    /// Change accounts that are there and say something else.
    pub update: bool,
    /// The number that the first line has in its file, where a file is sent in parts; for CSV, of the line after the column names.
    pub first_line: Option<u64>,
}

/// So many lines make one commit; whoever signs in meanwhile waits for one of them at most.
const TOGETHER: usize = 100;

/// How often a line is judged anew that somebody else keeps getting ahead of.
const TRIES: usize = 5;

/// A file on its way in.
pub struct Import {
    tools: Tools,
    by: By,
    home: TenantId,
    asked: ImportAsked,
}

/// The account that a line is about, as it is.
enum Before {
    Nobody,
    Stored(Loaded<Account>),
    Earlier(Box<Pending>),
}

impl Before {
    fn account(&self) -> Option<&Account> {
        match self {
            Self::Nobody => None,
            Self::Stored(loaded) => Some(loaded),
            Self::Earlier(pending) => Some(&pending.account),
        }
    }
}

/// What a line comes to.
struct Judged {
    said: Reported,
    writes: Option<(Batch, Pending)>,
    /// It changes what an earlier line of the same commit makes.
    waits: bool,
}

impl From<Reported> for Judged {
    fn from(said: Reported) -> Self {
        Self { said, writes: None, waits: false }
    }
}

impl Import {
    /// The most lines at once.
    pub const LINES: usize = 20_000;
    /// The most bytes at once.
    pub const BYTES: usize = 4 * 1024 * 1024;

    /// May this caller bring accounts here?
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn begin(tools: &Tools, by: &By, name: &str, asked: ImportAsked) -> Result<Self, Refused> {
        let home = tenant(tools, by, name, Right::AccountWrite).await?.id;
        Ok(Self { tools: tools.clone(), by: by.clone(), home, asked })
    }

    /// Read what was sent.
    ///
    /// # Errors
    /// A file as a whole that is none; what is wrong with a line is said in the report.
    pub fn read(self, body: &[u8], format: Format) -> Result<Ready, Refused> {
        let first = self.asked.first_line.unwrap_or(if format == Format::Csv { 2 } else { 1 });
        Ok(Ready { lines: lines(body, format, first, Self::LINES)?, import: self })
    }

    async fn person(&self, id: AccountId, seen: &Seen) -> Result<Before, Fault> {
        if let Some(pending) = seen.person(id) {
            return Ok(Before::Earlier(Box::new(pending.clone())));
        }
        let found = self.tools.reads().account(Subject { home: self.home, id }).await?;
        Ok(found.map_or(Before::Nobody, Before::Stored))
    }

    async fn with(&self, index: Index, value: &Key, seen: &Seen) -> Result<Before, Fault> {
        if let Some(pending) = seen.with(index, value) {
            return Ok(Before::Earlier(Box::new(pending.clone())));
        }
        let found = self.tools.store.by::<Account>(index, value, self.tools.now()).await?;
        Ok(found.map_or(Before::Nobody, Before::Stored))
    }

    async fn meant(&self, wanted: &Wanted<'_>, seen: &Seen) -> Result<Before, Fault> {
        if let Some(id) = wanted.id
            && let found @ (Before::Stored(_) | Before::Earlier(_)) = self.person(id, seen).await?
        {
            return Ok(found);
        }
        let home = self.home.to_string();
        if let Some(email) = &wanted.email
            && let found @ (Before::Stored(_) | Before::Earlier(_)) = self.with(Index::AccountByEmail, &Key::of([&home, email.norm()]), seen).await?
        {
            return Ok(found);
        }
        match &wanted.login {
            Some(login) => self.with(Index::AccountByLogin, &Key::of([&home, login]), seen).await,
            None => Ok(Before::Nobody),
        }
    }

    async fn judge(&self, (number, line): (u64, &Line), seen: &Seen) -> Result<Result<Judged, Unfit>, Fault> {
        let now = self.tools.now();
        let wanted = match Wanted::of(line, now) {
            Ok(wanted) => wanted,
            Err(unfit) => return Ok(Err(unfit)),
        };
        let before = self.meant(&wanted, seen).await?;
        let after = match before.account() {
            Some(account) if wanted.id.is_some_and(|id| id != account.id) => {
                return Ok(Ok(Of::conflict(number, account.id, &["id"], "another account has this address or login name").into()));
            }
            Some(account) => wanted.over(account, now),
            None => wanted.made(self.home, wanted.id.unwrap_or_else(|| AccountId(self.tools.entropy.uuid(now))), now),
        };
        let after = match after {
            Ok(after) => after,
            Err(unfit) => return Ok(Err(unfit)),
        };
        let known = before.account().map(Account::unique).unwrap_or_default();
        for (index, value) in after.unique().into_iter().filter(|value| !known.contains(value)) {
            if let Some(other) = self.with(index, &value, seen).await?.account().filter(|other| other.id != after.id) {
                return Ok(Ok(Of::conflict(number, other.id, &[taken(index)], "another account has it").into()));
            }
        }
        match before {
            Before::Nobody => self.make(number, after, wanted.phc).map(Ok),
            Before::Stored(_) | Before::Earlier(_) => self.compare(number, before, after, wanted.phc).await,
        }
    }

    fn make(&self, number: u64, account: Account, phc: Option<&str>) -> Result<Judged, Fault> {
        let now = self.tools.now();
        let mut event = self.by.event(EventName::AccountCreated, self.home, now).on("account", account.id).by("import");
        let mut batch = Batch::new(now);
        if let Some(phc) = phc {
            event.reason = Some("with a password hash".to_owned());
            batch.insert(&credential(account.subject(), phc, now))?;
        }
        batch.insert(&account)?.audit(&event)?;
        Ok(Judged {
            said: Of::done(number, Outcome::Created, account.id),
            writes: Some((batch, Pending { has_password: phc.is_some(), account })),
            waits: false,
        })
    }

    /// A line about somebody who is there.
    async fn compare(&self, number: u64, before: Before, mut after: Account, phc: Option<&str>) -> Result<Result<Judged, Unfit>, Fault> {
        let now = self.tools.now();
        let id = after.id;
        let has_password = match &before {
            Before::Earlier(pending) => pending.has_password,
            _ if phc.is_some() => self.tools.reads().password(after.subject()).await?.is_some(),
            _ => true,
        };
        let mut columns = before.account().map(|account| differing(account, &after)).unwrap_or_default();
        let is_said = !columns.is_empty();
        let new_hash = phc.filter(|_| !has_password);
        columns.extend(new_hash.map(|_| "password_hash"));
        if columns.is_empty() {
            return Ok(Ok(Of::done(number, Outcome::Unchanged, id).into()));
        }
        if !self.asked.update {
            return Ok(Ok(Of::conflict(number, id, &columns, "the account that is there says something else").into()));
        }
        if !after.roles.is_empty() && self.by.must(Right::TenantWrite, Place::Tenant(self.home)).is_err() {
            return Ok(Err(Unfit { column: None, why: "an account with a role is changed only by who may give roles".to_owned() }));
        }
        let mut batch = Batch::new(now);
        if let Some(phc) = new_hash {
            batch
                .insert(&credential(after.subject(), phc, now))?
                .audit(&self.by.event(EventName::PasswordSet, self.home, now).on("account", id).by("import"))?;
        }
        if is_said {
            after.updated_at = now;
            batch.audit(&self.by.event_saying(EventName::AccountUpdated, self.home, now, columns.join(" ")).on("account", id).by("import"))?;
        }
        let waits = match before {
            Before::Stored(loaded) if is_said => batch.update(loaded.map(|_| after.clone())).map(|_| false)?,
            Before::Stored(loaded) => batch.unchanged(&loaded).is_empty(),
            Before::Earlier(_) | Before::Nobody => true,
        };
        let said = Reported { columns: columns.iter().map(|column| (*column).to_owned()).collect(), ..Of::done(number, Outcome::Updated, id) };
        Ok(Ok(Judged { said, writes: Some((batch, Pending { account: after, has_password: has_password || new_hash.is_some() })), waits }))
    }

    async fn line(&self, (number, line): &Numbered, seen: &Seen) -> Result<Judged, Fault> {
        let judged = match line {
            Ok(line) => self.judge((*number, line), seen).await?,
            Err(unfit) => Err(unfit.clone()),
        };
        Ok(judged.unwrap_or_else(|unfit| Of::refused(*number, unfit).into()))
    }

    /// What would become of some lines.
    async fn tried(&self, part: &[Numbered], seen: &mut Seen) -> Result<Vec<Reported>, Fault> {
        let mut said = Vec::with_capacity(part.len());
        for line in part {
            let judged = self.line(line, seen).await?;
            if let Some((_, pending)) = judged.writes {
                seen.note(pending);
            }
            said.push(judged.said);
        }
        Ok(said)
    }

    /// Write some lines, in one commit if nobody is in the way.
    async fn written(&self, part: &[Numbered]) -> Result<Vec<Reported>, Fault> {
        if let Some(said) = self.together(part).await? {
            return Ok(said);
        }
        let mut said = Vec::with_capacity(part.len());
        for line in part {
            said.extend(self.alone(line).await?);
        }
        Ok(said)
    }

    async fn alone(&self, line: &Numbered) -> Result<Vec<Reported>, Fault> {
        for _ in 0..TRIES {
            if let Some(said) = self.together(std::slice::from_ref(line)).await? {
                return Ok(said);
            }
        }
        let why = "the account is being changed by others: send this line again".to_owned();
        Ok(vec![Of::refused(line.0, Unfit { column: None, why })])
    }

    /// `None` when nothing was written because somebody else was first, or because a line needs one before it in the store.
    async fn together(&self, part: &[Numbered]) -> Result<Option<Vec<Reported>>, Fault> {
        let (mut batch, mut seen, mut said) = (Batch::new(self.tools.now()), Seen::default(), Vec::with_capacity(part.len()));
        for line in part {
            let judged = self.line(line, &seen).await?;
            if judged.waits {
                return Ok(None);
            }
            if let Some((writes, pending)) = judged.writes {
                batch.extend(writes);
                seen.note(pending);
            }
            said.push(judged.said);
        }
        if !batch.is_empty() {
            let tenant = self.tools.reads().tenant(self.home).await?.ok_or_else(|| Fault::new("an organisation went while accounts were brought in"))?;
            batch.unchanged(&tenant);
            match self.tools.store.commit(batch).await {
                Ok(()) => {}
                Err(CommitError::Conflict(_) | CommitError::Taken(_)) => return Ok(None),
                Err(error @ CommitError::Store(_)) => return Err(error.into()),
            }
        }
        Ok(Some(said))
    }
}

fn credential(subject: Subject, phc: &str, now: Timestamp) -> Credential {
    let kind = CredentialKind::Password { phc: phc.to_owned(), must_change: false };
    Credential { subject, id: Credential::PASSWORD.to_owned(), kind, created_at: now }
}

/// A file that has been read.
pub struct Ready {
    import: Import,
    lines: Vec<Numbered>,
}

impl Ready {
    /// Go through it. It ends early when nobody listens to the report any more: what was reported is on disk, and little more.
    pub async fn run(self, report: Sender<Told>) {
        let mut totals = Totals { dry_run: self.import.asked.dry_run, ..Totals::default() };
        let mut seen = Seen::default();
        for part in self.lines.chunks(TOGETHER) {
            let told = if totals.dry_run { self.import.tried(part, &mut seen).await } else { self.import.written(part).await };
            let ends = told.is_err();
            let told = match told {
                Ok(lines) => {
                    for line in &lines {
                        totals.count(line.outcome);
                    }
                    Told::Lines(lines)
                }
                Err(fault) => Told::BrokenOff(fault),
            };
            if report.send(told).await.is_err() || ends {
                return;
            }
        }
        // Nobody may be listening: then there is nobody to tell.
        let _ = report.send(Told::Totals(totals)).await;
    }
}
