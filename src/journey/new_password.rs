//! A person chooses another password: in the place of a forgotten one, of one that may not stay, or in the portal. One way for all three.

use super::{
    Letter, Tools,
    closing::{self, Closing},
    facts::Visitor,
};
use crate::{
    crypto::{PasswordHasher, Purpose},
    model::{Account, AuditEvent, Credential, CredentialKind, EventName, MailContent, Tenant, UndoLink},
    pages::Complaint,
    policy::password::{self, PasswordRefused},
    storage::{Batch, Loaded},
    values::{EntropyExt as _, Fault, Secret, Timestamp},
};

/// What a person reads about a password that cannot be theirs.
#[must_use]
pub fn complaint(refused: PasswordRefused) -> Complaint {
    match refused {
        PasswordRefused::Short { least, missing } => Complaint::PasswordShort { least, missing },
        PasswordRefused::Long { most } => Complaint::PasswordLong { most },
        PasswordRefused::Own => Complaint::PasswordSelf,
        PasswordRefused::Known(why) => Complaint::PasswordKnown { why },
    }
}

/// A hash that came from elsewhere, or from the parameters of another time, gives way to one of ours, in the commit of the proof.
///
/// # Errors
/// The record does not encode.
pub fn kept(anew: String, credential: &Loaded<Credential>, now: Timestamp) -> Result<Batch, Fault> {
    let kept = credential.clone().map(|mut credential| {
        let CredentialKind::Password { phc, .. } = &mut credential.kind;
        *phc = anew;
        credential
    });
    let mut batch = Batch::new(now);
    batch.update(kept)?;
    Ok(batch)
}

/// Who chooses, where and when.
#[derive(Clone, Copy)]
pub struct Chooser<'a> {
    /// Whose password.
    pub account: &'a Loaded<Account>,
    /// By whose rules, and in whose name the mail is.
    pub tenant: &'a Tenant,
    /// From where.
    pub visitor: &'a Visitor,
    /// When.
    pub now: Timestamp,
}

impl Chooser<'_> {
    /// Judge what was chosen, and write all that comes of it into the batch: the password, a mail with the way to take it back, what the audit trail says by
    /// `event`, and the end of all that is open elsewhere, if that is wanted.
    ///
    /// # Errors
    /// The store failed.
    pub async fn choose(
        &self,
        typed: Secret<String>,
        ends_others: bool,
        event: &(dyn Fn(EventName) -> AuditEvent + Sync),
        (name, tools): (EventName, &Tools),
    ) -> Result<Result<Batch, Complaint>, Fault> {
        let account = self.account;
        if typed.expose().is_empty() {
            return Ok(Err(Complaint::Required { field: "new_password" }));
        }
        let own = password::own_words(account);
        if let Err(refused) = password::judge(typed.expose(), self.tenant.settings.password_min, own.iter().map(String::as_str)) {
            return Ok(Err(complaint(refused)));
        }
        if !PasswordHasher::is_acceptable(typed.expose()) {
            return Ok(Err(Complaint::PasswordLong { most: PasswordHasher::LONGEST }));
        }
        let before = tools.store.reads(self.now).password(account.subject()).await?;
        if let Some(before) = &before {
            let CredentialKind::Password { phc, .. } = &before.kind;
            match tools.hasher.verify(Some(phc), typed.clone()).await? {
                Ok(false) => {}
                Ok(true) => return Ok(Err(Complaint::PasswordSame)),
                Err(_) => return Ok(Err(Complaint::Busy)),
            }
        }
        let Ok(phc) = tools.hasher.hash(typed, tools.entropy.as_ref()).await? else { return Ok(Err(Complaint::Busy)) };
        let mut batch = Batch::new(self.now);
        let kind = CredentialKind::Password { phc, must_change: false };
        batch.put(before.as_ref(), &Credential { subject: account.subject(), id: Credential::PASSWORD.to_owned(), kind, created_at: self.now })?;
        // Nobody put the account away meanwhile.
        batch.unchanged(account).audit(&event(name))?;
        self.tell(tools, &mut batch)?;
        if ends_others {
            let told = |name, tenant| AuditEvent { tenant, subject: None, ..event(name) };
            let closing = Closing { subject: account.subject(), but: Some(&self.visitor.browser), event: &told };
            closing::end_all(tools, &closing, &mut batch, self.now).await?;
        }
        Ok(Ok(batch))
    }

    /// The mail, with a link by which the owner of the mailbox takes it back.
    fn tell(&self, tools: &Tools, batch: &mut Batch) -> Result<(), Fault> {
        let token = tools.entropy.token();
        let digest = tools.sealer.digest(Purpose::UndoLink, token.expose());
        let until = self.now.plus(UndoLink::LIFETIME);
        batch.insert(&UndoLink { digest, tenant: self.tenant.id, subject: self.account.subject(), until, used_at: None })?;
        let content = MailContent::PasswordChanged { at: self.now, from: self.visitor.origin() };
        let link = Secret::new(format!("{}/undo/{}", tools.public_url, token.expose()));
        Letter::to_account(content, Some(self.account), self.tenant).with_link(link).post(tools, batch, self.now).map(|_| ())
    }
}
