//! Mails that wait or were given up, as administrators see them: never a code, never a link.

use serde::{Deserialize, Serialize};

use super::{By, Page, PageAsked, Refused, commit, invalid, page, tenant};
use crate::{
    journey::{Letter, Tools},
    model::{EventName, MailContent, MailName, Message, MessageKind, MessageState},
    policy::admin::Right,
    storage::{Batch, Loaded},
    values::{Email, EntropyExt as _, Locale, TenantId, Timestamp},
};

/// How much longer a mail is wanted that an administrator sends once more.
const LONGER: u64 = 86_400;

/// A mail as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MailShown {
    /// Its name.
    pub id: String,
    /// Which mail, by the catalogue: `MAIL-11`.
    #[schema(value_type = String)]
    pub mail: MailName,
    /// To whom.
    pub to: String,
    /// In which language.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// `queued`, `failed` or `sent`.
    #[schema(value_type = String)]
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// What stood in the way last: the mail server's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// When it is tried next, or was to be.
    #[schema(value_type = u64)]
    pub due_at: Timestamp,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Not sent after that.
    #[schema(value_type = u64)]
    pub ends_at: Timestamp,
}

/// To whom a test goes.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailTest {
    /// The address.
    pub to: String,
    /// In which language; the organisation's unless said.
    #[schema(value_type = Option<String>)]
    pub locale: Option<Locale>,
}

/// A mail that was queued.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MailQueued {
    /// Its name.
    pub id: String,
}

fn shown(message: &Message) -> Option<MailShown> {
    let mail = message.mail()?;
    Some(MailShown {
        id: message.id.clone(),
        mail: mail.content.name(),
        to: mail.to.as_ref()?.to_string(),
        locale: mail.locale,
        state: message.state,
        tries: message.tries,
        reply: message.reply.clone(),
        due_at: message.due_at,
        created_at: message.created_at,
        ends_at: mail.not_after,
    })
}

/// What waits and what was given up, in the order of their names.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<MailShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::MailRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    let part = page(tools.reads().mails_of(tenant.id, paging).await?, limit, |message| shown(&message));
    Ok(Page { items: part.items.into_iter().flatten().collect(), next: part.next })
}

async fn find(tools: &Tools, tenant: TenantId, id: &str) -> Result<Loaded<Message>, Refused> {
    let found = tools.store.load::<Message>(&Message::key_of(id), tools.now()).await?;
    let is_theirs = |message: &Loaded<Message>| message.mail().is_some_and(|mail| mail.tenant == tenant && mail.to.is_some());
    found.filter(is_theirs).ok_or(Refused::NotFound)
}

/// One mail.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, id: &str) -> Result<MailShown, Refused> {
    let tenant = tenant(tools, by, name, Right::MailRead).await?;
    shown(&*find(tools, tenant.id, id).await?).ok_or(Refused::NotFound)
}

/// Send one that was given up once more. A new mail takes its place; a code that has ended is not sent again.
///
/// # Errors
/// See [`Refused`].
pub async fn retry(tools: &Tools, by: &By, name: &str, id: &str) -> Result<MailQueued, Refused> {
    let tenant = tenant(tools, by, name, Right::MailWrite).await?;
    let before = find(tools, tenant.id, id).await?;
    if before.state != MessageState::Failed {
        return Err(Refused::Impossible("only a mail that was given up can be sent once more"));
    }
    let now = tools.now();
    let MessageKind::Mail(mut mail) = before.kind.clone() else { return Err(Refused::NotFound) };
    if mail.not_after <= now {
        let has_code = matches!(mail.content.name(), MailName::ConfirmAddress | MailName::ResetCode | MailName::SignInCode);
        if has_code {
            return Err(Refused::Impossible("its code has ended: the person asks for a new one"));
        }
        mail.not_after = now.plus(LONGER);
    }
    let after = Message::queued(tools.entropy.name(), MessageKind::Mail(mail), now);
    let mut batch = Batch::new(now);
    batch.delete(&before).insert(&after)?.audit(&by.event(EventName::MailRetried, tenant.id, now).on("mail", id))?;
    commit(tools, batch).await?;
    Ok(MailQueued { id: after.id })
}

/// Send a test.
///
/// # Errors
/// See [`Refused`].
pub async fn test(tools: &Tools, by: &By, name: &str, asked: &MailTest) -> Result<MailQueued, Refused> {
    let tenant = tenant(tools, by, name, Right::MailWrite).await?;
    let to: Email = asked.to.parse().map_err(|_| invalid("to", "not one complete mail address"))?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    let letter = Letter::new(MailContent::Test, Some(to), asked.locale.unwrap_or(tenant.default_locale), tenant.id);
    let id = letter.post(tools, &mut batch, now)?;
    commit(tools, batch).await?;
    Ok(MailQueued { id })
}
