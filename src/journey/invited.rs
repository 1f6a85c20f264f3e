//! Invitations on their way: their links, the mails that bring them, and what is told of them.

use uuid::{Builder, Uuid};

use super::{
    Letter, Tools,
    hook::{self, Audience},
};
use crate::{
    crypto::Purpose,
    model::{
        Actor, AuditEvent, EventName, HookEvent, Invitation, InvitationLink, InvitationOver, InvitedBy, MailContent, Message, Tenant, {self as model},
    },
    storage::{Batch, Loaded},
    values::{Digest, EntropyExt as _, Fault, Locale, Secret, Timestamp},
};

/// What is told of a link that was just made, once: after that only the mailbox has it.
#[derive(Clone, Debug)]
pub struct Made {
    /// What stands in `/i/{token}`.
    pub token: Secret<String>,
    /// What stands in `/api/InviteUser?invitationId=`.
    pub alias: Secret<String>,
}

impl Made {
    /// The address of the invitation.
    #[must_use]
    pub fn url(&self, tools: &Tools) -> String {
        format!("{}/i/{}", tools.public_url, self.token.expose())
    }

    /// The same in the form that applications of elsewhere know.
    #[must_use]
    pub fn alias_url(&self, tools: &Tools) -> String {
        format!("{}/api/InviteUser?invitationId={}", tools.public_url, self.alias.expose())
    }
}

/// What a token or a GUID is found by.
#[must_use]
pub fn digest(tools: &Tools, presented: &str) -> Digest {
    // GUIDs are written in any case; a token that could be one does not exist.
    let canonical = Uuid::try_parse(presented).ok().map(|guid| guid.to_string());
    tools.sealer.digest(Purpose::Invitation, canonical.as_deref().unwrap_or(presented))
}

/// A new link: what is kept of it, sealed and open.
///
/// # Errors
/// It cannot be sealed.
pub fn link(tools: &Tools, now: Timestamp) -> Result<(InvitationLink, String, Made), Fault> {
    let token = tools.entropy.token();
    let alias = Secret::new(Builder::from_random_bytes(tools.entropy.bytes()).into_uuid().to_string());
    let plain = Secret::new(serde_json::to_string(&(token.expose(), alias.expose())).map_err(|error| Fault::because("a link does not encode", error))?);
    let sealed = tools.sealer.seal(Purpose::Invitation, plain.expose().as_bytes(), tools.entropy.as_ref())?;
    let link = InvitationLink { token: digest(tools, token.expose()), alias: digest(tools, alias.expose()), made_at: now };
    Ok((link, sealed, Made { token, alias }))
}

/// The newest link, while the invitation is not over.
///
/// # Errors
/// It was sealed with another key.
pub fn newest(tools: &Tools, invitation: &Invitation) -> Result<Option<Made>, Fault> {
    let Some(sealed) = &invitation.sealed else { return Ok(None) };
    let plain = tools.sealer.open(Purpose::Invitation, sealed).map_err(|error| Fault::because("a link cannot be read", error))?;
    let (token, alias) = serde_json::from_slice(plain.expose()).map_err(|error| Fault::because("a link is none", error))?;
    Ok(Some(Made { token, alias }))
}

/// The invitation with a new link, good until then. The old links die.
///
/// # Errors
/// It is over, or the link cannot be sealed.
pub fn relinked(tools: &Tools, invitation: Invitation, until: Timestamp, now: Timestamp) -> Result<Result<Invitation, InvitationOver>, Fault> {
    let (link, sealed, _) = link(tools, now)?;
    Ok(invitation.relinked(link, sealed, until).map(|mut invitation| {
        invitation.remind_at = invitation.next_reminder(now);
        invitation
    }))
}

/// Which of the mails that bring a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// The invitation itself.
    Invitation,
    /// A reminder.
    Reminder,
    /// The link that was asked for.
    Link,
}

/// The name of the application that an invitation ends at.
///
/// # Errors
/// The store failed.
pub async fn app(tools: &Tools, invitation: &Invitation, locale: Locale, now: Timestamp) -> Result<Option<String>, Fault> {
    let Some(id) = invitation.clients.first() else { return Ok(None) };
    let client = tools.store.reads(now).client(invitation.tenant, id).await?;
    Ok(client.map(|client| client.names.get(locale).to_owned()))
}

/// Post the mail that brings the newest link to the mailbox that it is for. Nothing, where the invitation is over.
///
/// # Errors
/// The store failed, or a seal did not open.
pub async fn post(tools: &Tools, batch: &mut Batch, invitation: &Invitation, which: Brings, now: Timestamp) -> Result<(), Fault> {
    let Some(made) = newest(tools, invitation)? else { return Ok(()) };
    let names = [&invitation.given_name, &invitation.family_name];
    let invitee = names.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let said = model::Invited {
        invitation: invitation.id,
        invitee: Some(invitee).filter(|name| !name.is_empty()),
        inviter: invitation.inviter.name.clone(),
        app: app(tools, invitation, invitation.locale, now).await?,
        message: invitation.message.clone(),
        expires_at: invitation.expires_at,
    };
    let content = match which {
        Brings::Invitation => MailContent::Invitation(said),
        Brings::Reminder => MailContent::InvitationReminder(said),
        Brings::Link => MailContent::InvitationRegenerated(said),
    };
    let letter = Letter::new(content, Some(invitation.email.clone()), invitation.locale, invitation.tenant);
    letter.with_link(made.url(tools)).until(invitation.expires_at).post(tools, batch, now).map(|_| ())
}

/// A letter to who invited, if that is a person whose address is known to be theirs; with a link to the invitation.
///
/// # Errors
/// The store failed.
pub async fn to_inviter(tools: &Tools, invitation: &Invitation, tenant: &Tenant, content: MailContent, now: Timestamp) -> Result<Option<Letter>, Fault> {
    let InvitedBy::Person(subject) = &invitation.inviter.by else { return Ok(None) };
    let Some(account) = tools.store.reads(now).account(*subject).await? else { return Ok(None) };
    let link = format!("{}/admin/{}/invitations/{}", tools.public_url, tenant.slug, invitation.id);
    Ok(Some(Letter::to_account(content, Some(&account), tenant).with_link(link)))
}

/// An event about an invitation.
#[must_use]
pub fn event(invitation: &Invitation, name: EventName, actor: Actor, now: Timestamp) -> AuditEvent {
    AuditEvent::new(name, invitation.tenant, actor, now).on("invitation", invitation.id)
}

/// Tell the applications that the invitation is to, and the one that made it.
///
/// # Errors
/// The store failed.
pub async fn tell_clients(tools: &Tools, batch: &mut Batch, invitation: &Invitation, event: &HookEvent) -> Result<(), Fault> {
    let mut clients = invitation.clients.clone();
    if let InvitedBy::Client(client) = &invitation.inviter.by {
        clients.push(client.clone());
    }
    hook::append(tools, batch, event, Audience::Clients(&clients)).await.map(|_| ())
}

/// What became of a mail that brought an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The other side took it.
    Taken,
    /// The other side will not take it, and said why.
    Refused(String),
}

/// Write down, with the mail's own record, what became of it. An old mail says nothing about an invitation that has a newer link or is over.
///
/// # Errors
/// The store failed.
pub async fn delivered(tools: &Tools, batch: &mut Batch, message: &Message, delivery: &Delivery, now: Timestamp) -> Result<(), Fault> {
    let Some((mail, id)) = message.mail().and_then(|mail| mail.content.invitation().map(|id| (mail, id))) else { return Ok(()) };
    let reads = tools.store.reads(now);
    let Some(before) = reads.invitation(mail.tenant, id).await? else { return Ok(()) };
    let is_of_newest = before.link().is_some_and(|link| link.made_at <= message.created_at);
    if !before.can_be_renewed() || !is_of_newest {
        return Ok(());
    }
    match delivery {
        Delivery::Taken => {
            batch.audit(&event(&before, EventName::InvitationSent, Actor::SYSTEM, now))?;
            let sent = HookEvent::InvitationSent { tenant: before.tenant, invitation: before.id.to_string() };
            tell_clients(tools, batch, &before, &sent).await?;
            batch.update(changed(before, |invitation| (invitation.sent_at, invitation.bounce) = (Some(now), None)))?;
        }
        Delivery::Refused(reason) => {
            let Some(tenant) = reads.tenant(mail.tenant).await? else { return Ok(()) };
            let reason: String = reason.chars().take(200).collect();
            let content = MailContent::InvitationBounced { email: before.email.spelt().to_owned(), reason: reason.clone() };
            if let Some(letter) = to_inviter(tools, &before, &tenant, content, now).await? {
                letter.post_once(&[&message.id], tools, batch, now).await?;
            }
            batch.audit(&event(&before, EventName::InvitationBounced, Actor::SYSTEM, now))?;
            batch.update(changed(before, |invitation| {
                invitation.bounce = Some(model::Bounce { at: now, reason });
                invitation.remind_at = None;
            }))?;
        }
    }
    Ok(())
}

/// The invitation, changed.
pub fn changed(before: Loaded<Invitation>, change: impl FnOnce(&mut Invitation)) -> Loaded<Invitation> {
    before.map(|mut invitation| {
        change(&mut invitation);
        invitation
    })
}
