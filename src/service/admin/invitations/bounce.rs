//! A mail came back: told by the sender's mail system, when the other side took it first and refused it later.

use serde::Deserialize;

use crate::{
    journey::{
        Tools,
        invited::{self, Delivery},
    },
    model::{EventName, Message},
    policy::admin::{Place, Right},
    service::admin::{By, Refused, commit, written},
    storage::Batch,
};

/// What came back.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BounceTold {
    /// Which mail: its name in the outbox, which stands before the at sign of its `Message-ID`.
    pub mail: String,
    /// To which address; must be the one that it was sent to.
    #[serde(default)]
    pub recipient: Option<String>,
    /// What the other side said: `550 5.1.1 mailbox unavailable`.
    #[serde(default)]
    pub reason: String,
}

/// Write it down. What the mail brought (an invitation) is shown as not delivered, and who sent it hears of it.
///
/// # Errors
/// See [`Refused`].
pub async fn bounced(tools: &Tools, by: &By, told: &BounceTold) -> Result<(), Refused> {
    let now = tools.now();
    let id = told.mail.trim().trim_start_matches('<');
    let id = id.split('@').next().unwrap_or_default();
    let message = tools.store.load::<Message>(&Message::key_of(id), now).await?.ok_or(Refused::NotFound)?;
    let mail = message.mail().ok_or(Refused::NotFound)?;
    by.must(Right::MailWrite, Place::Tenant(mail.tenant))?;
    let is_its = |text: &String| mail.to.as_ref().is_some_and(|to| to.norm() == text.trim().to_lowercase());
    if mail.to.is_none() || !told.recipient.as_ref().is_none_or(is_its) {
        return Err(Refused::NotFound);
    }
    let reason = told.reason.replace(['\n', '\r', '\t'], " ");
    written::optional_line("reason", Some(&reason), 500)?;
    let mut batch = Batch::new(now);
    batch.audit(&by.event(EventName::MailFailed, mail.tenant, now).on("mail", id))?;
    invited::delivered(tools, &mut batch, &message, &Delivery::Refused(reason), now).await?;
    commit(tools, batch).await
}
