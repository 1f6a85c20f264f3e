//! What an invited person does with an invitation before and after its journey: look, begin, refuse, ask.
//!
//! Looking changes nothing, however often a mailbox's scanner looks. Everything else is a form that a person posts.

mod asking;
mod beginning;

pub use asking::{Lost, ask, dispute, lost, refuse, renew};
pub(super) use beginning::again;
pub use beginning::{Begun, begin, leave_others};

use super::{end_session, journey::Destination};
use crate::{
    journey::{
        Tools,
        facts::{Facts, Visitor},
        invited,
        newcomer::Newcomer,
    },
    model::{Account, Client, HookEvent, Invitation, InvitationState, MailContent, Session, Tenant},
    storage::{Batch, Loaded},
    values::{Email, Fault, Issuer, IssuerForm},
};

/// An invitation with what its page shows of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// It.
    pub invitation: Loaded<Invitation>,
    /// Whose.
    pub tenant: Loaded<Tenant>,
    /// The application that it ends at.
    pub client: Option<Loaded<Client>>,
}

/// Why a link opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Its time is over.
    Expired,
    /// A newer link took its place.
    Replaced,
    /// Somebody used it.
    Used,
    /// It was taken back or refused.
    Revoked,
    /// The organisation is switched off.
    TenantOff,
}

/// What a link opens.
#[derive(Debug)]
pub enum Found {
    /// An invitation that waits.
    Open(Box<Seen>),
    /// One that waits for somebody else than who is signed in here, as whom.
    Wrong(Box<Seen>, String),
    /// One that does not wait any more.
    Over(Box<Seen>, Over),
    /// Nothing: it never was a link.
    Nothing,
}

/// Somebody who is signed in in this browser.
pub(super) struct Here {
    session: Loaded<Session>,
    account: Loaded<Account>,
}

impl Here {
    fn has(&self, email: &Email) -> bool {
        self.account.emails.iter().any(|own| own.address.norm() == email.norm())
    }
}

/// Who is signed in in this browser, the latest first.
async fn here(tools: &Tools, visitor: &Visitor) -> Result<Vec<Here>, Fault> {
    let mut here = Vec::new();
    for session in end_session::sessions(tools, visitor).await? {
        if let Some(account) = tools.reads().account(session.subject).await? {
            here.push(Here { session, account });
        }
    }
    Ok(here)
}

/// Look: GET and HEAD. Nothing is written.
///
/// # Errors
/// The store failed.
pub async fn look(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Found, Fault> {
    let digest = invited::digest(tools, presented);
    let reads = tools.reads();
    let Some(invitation) = reads.invitation_by_link(&digest).await? else { return Ok(Found::Nothing) };
    let Some(tenant) = reads.tenant(invitation.tenant).await? else { return Ok(Found::Nothing) };
    let client = match invitation.clients.first() {
        Some(id) => reads.client(tenant.id, id).await?,
        None => None,
    };
    let is_newest = invitation.is_newest(&digest);
    let over = match invitation.state(tools.now()) {
        _ if !tenant.is_active() => Some(Over::TenantOff),
        InvitationState::Redeemed => Some(Over::Used),
        InvitationState::Refused | InvitationState::Revoked | InvitationState::Superseded => Some(Over::Revoked),
        InvitationState::Expired => Some(Over::Expired),
        InvitationState::Pending | InvitationState::Sent | InvitationState::Bounced | InvitationState::Opened => (!is_newest).then_some(Over::Replaced),
    };
    let seen = Box::new(Seen { invitation, tenant, client });
    if let Some(over) = over {
        return Ok(Found::Over(seen, over));
    }
    let here = here(tools, visitor).await?;
    match here.first() {
        Some(other) if !here.iter().any(|one| one.has(&seen.invitation.email)) => Ok(Found::Wrong(seen, other.account.identifier())),
        _ => Ok(Found::Open(seen)),
    }
}

/// Where a journey that redeems an invitation leads: to its application, which begins a sign-in by itself, or to the portal. What the person still owes to the
/// application (agreements, terms, a company) is asked in that sign-in, in the order of every other one. [OpenID Connect Core §4]
#[must_use]
pub(super) fn destination(tools: &Tools, facts: &Facts) -> Destination {
    let Some(client) = facts.client.as_ref().filter(|client| client.is_active()) else { return Destination::Portal("/account".to_owned()) };
    let form = if facts.tenant.is_default { IssuerForm::Root } else { IssuerForm::Tenant };
    let issuer = tools.identifier(Issuer { tenant: facts.tenant.id, form });
    let begins = client.initiate_login_uri.as_ref().and_then(|uri| url::Url::parse(uri).ok()).map(|mut url| {
        url.query_pairs_mut().append_pair("iss", &issuer);
        url.to_string()
    });
    begins.or_else(|| client.home_url.clone()).map_or_else(|| Destination::Portal("/account".to_owned()), Destination::Application)
}

/// Who invited hears that it was accepted, in the commit that accepts it.
pub(super) async fn tell_accepted(tools: &Tools, facts: &Facts, newcomer: Option<&Newcomer>, batch: &mut Batch) -> Result<(), Fault> {
    let Some(invitation) = &facts.invitation else { return Ok(()) };
    let account = newcomer.map(|newcomer| &newcomer.account).or_else(|| facts.person.as_ref().map(|person| &*person.account));
    let invitee = account.map(Account::display_name).unwrap_or_default();
    if let Some(account) = account {
        let redeemed =
            HookEvent::InvitationRedeemed { tenant: facts.tenant.id, invitation: invitation.id.to_string(), account: account.id, new_user: newcomer.is_some() };
        invited::tell_clients(tools, batch, invitation, &redeemed).await?;
    }
    let app = facts.client.as_ref().map(|client| client.names.get(facts.tenant.default_locale).to_owned());
    let content = MailContent::InvitationAccepted { invitee, app, at: facts.now };
    match invited::to_inviter(tools, invitation, &facts.tenant, content, facts.now).await? {
        Some(letter) => letter.post(tools, batch, facts.now).map(|_| ()),
        None => Ok(()),
    }
}
