//! A mail on its way into a decision's batch.

use super::Tools;
use crate::{
    crypto::Purpose,
    model::{Account, Mail, MailContent, MailName, Message, MessageKind, Tenant},
    storage::Batch,
    values::{Digest, Email, EntropyExt as _, Fault, Locale, Secret, TenantId, Timestamp},
};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// A mail as a decision makes it. It goes into the batch of the decision, so that neither is without the other; the outbox sends it afterwards.
///
/// ```text
/// let letter = Letter::new(MailContent::ResetCode { from }, address, locale, tenant.id).with_code(code, until).with_link(page);
/// letter.post(tools, &mut batch)?;
/// tools.store.commit(batch).await?;
/// ```
///
/// Where there is no account, say so with `None` in place of the address and do everything else all the same: the row is written, and nothing is sent. Codes and
/// links are sealed here, and forgotten as soon as the mail is sent. A batch that is not committed sends nothing; one that is built again after a conflict has
/// a letter of its own again, so one decision sends one mail.
#[derive(Debug)]
#[must_use = "a letter is sent only when it is posted into a batch"]
pub struct Letter {
    content: MailContent,
    to: Option<Email>,
    locale: Locale,
    tenant: TenantId,
    code: Option<Secret<String>>,
    link: Option<Secret<String>>,
    not_after: Option<Timestamp>,
}

impl Letter {
    /// To an address, in the name of a tenant.
    pub fn new(content: MailContent, to: Option<Email>, locale: Locale, tenant: TenantId) -> Self {
        Self { content, to, locale, tenant, code: None, link: None, not_after: None }
    }

    /// To the person of an account, at the first address that is known to be theirs, in their language. To nobody where no address is, or where there is no
    /// account: nothing about an account is told to a mailbox that may be anybody's.
    pub fn to_account(content: MailContent, account: Option<&Account>, tenant: &Tenant) -> Self {
        let to = account.and_then(|account| account.emails.iter().find(|email| email.verified_at.is_some())).map(|email| email.address.clone());
        let locale = account.and_then(|account| account.locale).unwrap_or(tenant.default_locale);
        Self::new(content, to, locale, tenant.id)
    }

    /// With a code, which ends then; the mail is not sent any more after that.
    pub fn with_code(mut self, code: Secret<String>, until: Timestamp) -> Self {
        self.code = Some(code);
        self.not_after = Some(until);
        self
    }

    /// With the address of the mail's one button.
    pub fn with_link(mut self, link: impl Into<Secret<String>>) -> Self {
        self.link = Some(link.into());
        self
    }

    /// Is there somebody to read it?
    #[must_use]
    pub fn has_reader(&self) -> bool {
        self.to.is_some()
    }

    /// Not sent any more after that, and said in the mail to end then.
    pub fn until(mut self, until: Timestamp) -> Self {
        self.not_after = Some(until);
        self
    }

    /// Into the batch. Answers with the name it has there.
    ///
    /// # Errors
    /// It cannot be sealed or does not encode.
    pub fn post(self, tools: &Tools, batch: &mut Batch, now: Timestamp) -> Result<String, Fault> {
        let id = tools.entropy.name();
        self.post_as(id.clone(), tools, batch, now)?;
        Ok(id)
    }

    /// Into the batch, as the mail that brings this code: whoever has what is kept of a code finds out whether it left ([`Letter::bringing`]).
    ///
    /// # Errors
    /// It cannot be sealed or does not encode.
    pub fn post_code(self, code: &Digest, tools: &Tools, batch: &mut Batch, now: Timestamp) -> Result<(), Fault> {
        self.post_as(Self::bringing(code, tools), tools, batch, now)
    }

    /// The name of the mail that brings a code.
    #[must_use]
    pub fn bringing(code: &Digest, tools: &Tools) -> String {
        tools.sealer.digest_of(Purpose::Mail, &[b"code", &code.0]).text()
    }

    /// Into the batch, unless this one was posted before: by its name, the tenant and what else names the occasion (an account, a day). Of two decisions at
    /// the same moment one conflicts, and finds the letter posted when it looks again. What is remembered of a letter ends thirty days after it was due.
    ///
    /// # Errors
    /// The store failed, or the letter cannot be sealed or does not encode.
    pub async fn post_once(self, occasion: &[&str], tools: &Tools, batch: &mut Batch, now: Timestamp) -> Result<bool, Fault> {
        let id = self.id_of(occasion, tools);
        if tools.store.load::<Message>(&Message::key_of(&id), now).await?.is_some() {
            return Ok(false);
        }
        self.post_as(id, tools, batch, now)?;
        Ok(true)
    }

    /// Into the batch, unless one for the same occasion was posted within so many seconds.
    ///
    /// # Errors
    /// As [`Letter::post_once`].
    pub async fn post_once_in(self, seconds: u64, occasion: &[&str], context: (&Tools, &mut Batch), now: Timestamp) -> Result<bool, Fault> {
        let (tools, batch) = context;
        let window = now.0.checked_div(seconds).unwrap_or_default();
        let (this, before) = (window.to_string(), window.saturating_sub(1).to_string());
        let named = |window| occasion.iter().copied().chain([window]).collect::<Vec<_>>();
        let last = tools.store.load::<Message>(&Message::key_of(&self.id_of(&named(before.as_str()), tools)), now).await?;
        if last.is_some_and(|last| now.since(last.created_at) < seconds) {
            return Ok(false);
        }
        self.post_once(&named(this.as_str()), tools, batch, now).await
    }

    fn id_of(&self, occasion: &[&str], tools: &Tools) -> String {
        let tenant = self.tenant.to_string();
        let mut parts = vec![self.content.name().id().as_bytes(), tenant.as_bytes()];
        parts.extend(occasion.iter().map(|part| part.as_bytes()));
        tools.sealer.digest_of(Purpose::Mail, &parts).text()
    }

    fn post_as(self, id: String, tools: &Tools, batch: &mut Batch, now: Timestamp) -> Result<(), Fault> {
        let plain = Secret::new(
            serde_json::to_string(&(self.code.as_ref().map(Secret::expose), self.link.as_ref().map(Secret::expose)))
                .map_err(|error| Fault::because("a mail's code does not encode", error))?,
        );
        let secrets = tools.sealer.seal(Purpose::Mail, plain.expose().as_bytes(), tools.entropy.as_ref())?;
        let not_after = self.not_after.unwrap_or_else(|| now.plus(life(self.content.name())));
        let mail = Mail { tenant: self.tenant, to: self.to, locale: self.locale, content: self.content, secrets: Some(secrets), not_after };
        batch.insert(&Message::queued(id, MessageKind::Mail(Box::new(mail)), now))?;
        Ok(())
    }
}

/// How long a mail without a code is worth sending.
fn life(name: MailName) -> u64 {
    match name {
        MailName::Test | MailName::CheckLink | MailName::ConfirmAddress | MailName::ConfirmNewAddress | MailName::ResetCode | MailName::SignInCode => HOUR,
        MailName::AccountExists => DAY,
        MailName::PasswordChanged | MailName::AddressReplaced | MailName::NewSignIn | MailName::UnusualAttempts => 3 * DAY,
        MailName::AppReported
        | MailName::Invitation
        | MailName::InvitationReminder
        | MailName::InvitationRegenerated
        | MailName::InvitationAccepted
        | MailName::InvitationBounced
        | MailName::InvitationAsked
        | MailName::NewTerms
        | MailName::AccountArchived
        | MailName::AccountRestored
        | MailName::ExportReady
        | MailName::AccountToGo
        | MailName::CompanyReady
        | MailName::CompanyAsked => 7 * DAY,
    }
}

/// What was sealed with a mail: its code, and where its button leads.
#[derive(Debug, Default)]
pub struct Enclosed {
    /// The code.
    pub code: Option<Secret<String>>,
    /// The link.
    pub link: Option<Secret<String>>,
}

/// Open what was sealed with a mail, to send it.
///
/// # Errors
/// It was sealed with another key.
pub fn opened(tools: &Tools, mail: &Mail) -> Result<Enclosed, Fault> {
    let Some(sealed) = &mail.secrets else { return Ok(Enclosed::default()) };
    let plain = tools.sealer.open(Purpose::Mail, sealed).map_err(|error| Fault::because("a mail's code cannot be read", error))?;
    let (code, link) = serde_json::from_slice(plain.expose()).map_err(|error| Fault::because("a mail's code is none", error))?;
    Ok(Enclosed { code, link })
}
