//! What an invited person asks for, or says no to. The same is answered whatever comes of it: who posts may be anybody.

use super::{Found, Over, Seen, look};
use crate::{
    crypto::Purpose,
    journey::{
        Letter, Tools,
        facts::Visitor,
        invited::{self, Brings},
    },
    model::{Actor, ActorKind, Attempts, AuditEvent, EventName, Invitation, InvitationAsk, InvitationEnd, Invited, MailContent, MoveAsked, Tenant},
    storage::{Batch, CommitError, Loaded},
    values::{ClientId, Email, EntropyExt as _, Fault, InvitationId, Timestamp},
};

const DAY: u64 = 86_400;
/// How often a lost race is run again.
const ROUNDS: usize = 20;

fn event(invitation: &Invitation, name: EventName, visitor: &Visitor, now: Timestamp) -> AuditEvent {
    let actor = Actor { kind: ActorKind::Person, id: None };
    invited::event(invitation, name, actor, now).from(visitor.ip.as_deref(), visitor.correlation.as_deref())
}

async fn committed(tools: &Tools, batch: Batch) -> Result<bool, Fault> {
    match tools.store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_) | CommitError::Taken(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Ask the inviter, at most once a day for each question.
async fn question(tools: &Tools, seen: &Seen, what: InvitationAsk, kind: &str, batch: &mut Batch) -> Result<(), Fault> {
    let (now, invitation) = (tools.now(), &seen.invitation);
    let content = MailContent::InvitationAsked { email: invitation.email.spelt().to_owned(), what };
    if let Some(letter) = invited::to_inviter(tools, invitation, &seen.tenant, content, now).await? {
        letter.post_once_in(DAY, &[kind, &invitation.id.to_string()], (tools, batch), now).await?;
    }
    Ok(())
}

/// «Cette invitation n'est pas pour moi».
///
/// # Errors
/// The store failed.
pub async fn refuse(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Found, Fault> {
    for _ in 0..ROUNDS {
        let found = look(tools, presented, visitor).await?;
        let (Found::Open(seen) | Found::Wrong(seen, _)) = &found else { return Ok(found) };
        let now = tools.now();
        let Ok(after) = seen.invitation.clone().try_map(|invitation| invitation.ended(InvitationEnd::Refused { at: now })) else { return Ok(found) };
        let mut batch = Batch::new(now);
        question(tools, seen, InvitationAsk::Refused, "refused", &mut batch).await?;
        batch.audit(&event(&after, EventName::InvitationRefused, visitor, now))?;
        batch.update(after)?;
        if committed(tools, batch).await? {
            return Ok(found);
        }
    }
    Err(Fault::new("an invitation was too busy"))
}

/// «Utiliser une autre adresse», «Demander le transfert»: for the inviter to decide.
///
/// # Errors
/// The store failed.
pub async fn ask(tools: &Tools, presented: &str, to: &Email, visitor: &Visitor) -> Result<Found, Fault> {
    for _ in 0..ROUNDS {
        let found = look(tools, presented, visitor).await?;
        let (Found::Open(seen) | Found::Wrong(seen, _)) = &found else { return Ok(found) };
        let now = tools.now();
        let is_recent = |asked: &MoveAsked| now.since(asked.at) < DAY;
        if seen.invitation.move_asked.as_ref().is_some_and(is_recent) || to.norm() == seen.invitation.email.norm() {
            return Ok(found);
        }
        let mut batch = Batch::new(now);
        question(tools, seen, InvitationAsk::Move { to: to.spelt().to_owned() }, "move", &mut batch).await?;
        batch.audit(&event(&seen.invitation, EventName::InvitationUpdated, visitor, now).by("move_asked"))?;
        let asked = MoveAsked { to: to.clone(), at: now };
        batch.update(invited::changed(seen.invitation.clone(), |invitation| invitation.move_asked = Some(asked)))?;
        if committed(tools, batch).await? {
            return Ok(found);
        }
    }
    Err(Fault::new("an invitation was too busy"))
}

/// «Ce n'était pas moi».
///
/// # Errors
/// The store failed.
pub async fn dispute(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Found, Fault> {
    let found = look(tools, presented, visitor).await?;
    if let Found::Over(seen, Over::Used) = &found {
        let mut batch = Batch::new(tools.now());
        question(tools, seen, InvitationAsk::NotMe, "not-me", &mut batch).await?;
        if !batch.is_empty() {
            batch.audit(&event(&seen.invitation, EventName::InvitationUpdated, visitor, tools.now()).by("disputed"))?;
            // Of two at the same moment one is enough.
            committed(tools, batch).await?;
        }
    }
    Ok(found)
}

/// «Recevoir un nouveau lien»: to the address that was invited, and to no other.
///
/// # Errors
/// The store failed.
pub async fn renew(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Found, Fault> {
    for _ in 0..ROUNDS {
        let found = look(tools, presented, visitor).await?;
        let Found::Over(seen, over @ (Over::Expired | Over::Replaced)) = &found else { return Ok(found) };
        let now = tools.now();
        let mut batch = Batch::new(now);
        if *over == Over::Expired {
            batch.audit(&event(&seen.invitation, EventName::InvitationExpired, visitor, now))?;
        }
        if seen.tenant.settings.invitation_self_service {
            link_again(tools, &seen.invitation, &seen.tenant, visitor, &mut batch).await?;
        } else {
            question(tools, seen, InvitationAsk::NewLink, "new-link", &mut batch).await?;
        }
        if batch.is_empty() || committed(tools, batch).await? {
            return Ok(found);
        }
    }
    Err(Fault::new("an invitation was too busy"))
}

/// The link once more while it is good, a new one where its time is over; three a day. Whether a letter went into the batch.
async fn link_again(tools: &Tools, before: &Loaded<Invitation>, tenant: &Tenant, visitor: &Visitor, batch: &mut Batch) -> Result<bool, Fault> {
    let now = tools.now();
    let Ok(mut after) = before.clone().try_map(|invitation| invitation.served(now).ok_or(())) else { return Ok(false) };
    if !after.is_open(now) {
        let until = Invitation::lifetime(now, &tenant.settings);
        let relinked = invited::relinked(tools, (*after).clone(), until, now)?;
        let Ok(relinked) = relinked else { return Ok(false) };
        after = after.map(|_| relinked);
        batch.audit(&event(&after, EventName::InvitationRegenerated, visitor, now))?;
    }
    invited::post(tools, batch, &after, Brings::Link, now).await?;
    batch.update(after)?;
    Ok(true)
}

/// What is answered to who lost a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The same to everybody.
    Sent,
    /// Too many from this network: so many seconds from now.
    Wait(u64),
}

/// «Lien d'invitation perdu ?»: where an invitation waits for this address, its link goes there. Where none does, the same is written, and nothing sent.
///
/// # Errors
/// The store failed.
pub async fn lost(tools: &Tools, tenant: &Loaded<Tenant>, email: &Email, visitor: &Visitor) -> Result<Lost, Fault> {
    for _ in 0..ROUNDS {
        let now = tools.now();
        let reads = tools.store.reads(now);
        let mut batch = Batch::new(now);
        if let Some(prefix) = visitor.network() {
            let of = tools.sealer.digest_of(Purpose::Attempts, &[b"lost-link", tenant.id.0.as_bytes(), &prefix]);
            let before = reads.attempts(&of).await?;
            let counted = before.as_deref().cloned().unwrap_or_else(|| Attempts::none(of, now));
            if let Some(until) = counted.pause_at(now) {
                return Ok(Lost::Wait(until.since(now).max(1)));
            }
            batch.put(before.as_ref(), &counted.count_network(now, &tenant.settings))?;
        }
        let found = reads.invitation_of(tenant.id, email).await?.filter(|_| tenant.settings.invitation_self_service);
        let is_posted = match &found {
            Some(invitation) => link_again(tools, invitation, tenant, visitor, &mut batch).await?,
            None => false,
        };
        if !is_posted {
            nobody(tools, tenant, &mut batch, now).await?;
        }
        if committed(tools, batch).await? {
            return Ok(Lost::Sent);
        }
    }
    Err(Fault::new("an invitation was too busy"))
}

/// A letter to nobody, which costs what one to somebody does.
async fn nobody(tools: &Tools, tenant: &Tenant, batch: &mut Batch, now: Timestamp) -> Result<(), Fault> {
    tools.store.reads(now).client(tenant.id, &ClientId::from("nobody")).await?;
    let said = Invited { invitation: InvitationId(uuid::Uuid::nil()), invitee: None, inviter: None, app: None, message: None, expires_at: now };
    let (_, _, made) = invited::link(tools, now)?;
    // In the place of the invitation, which counts how often its link was sent.
    let token = tools.entropy.token();
    batch.insert(&Attempts::none(tools.sealer.digest_of(Purpose::Attempts, &[b"lost-link-of-nobody", token.expose().as_bytes()]), now))?;
    let letter = Letter::new(MailContent::InvitationRegenerated(said), None, tenant.default_locale, tenant.id);
    letter.with_link(made.url(tools)).post(tools, batch, now).map(|_| ())
}
