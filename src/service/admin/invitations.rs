//! Invitations, as who invites sees and changes them.

mod bounce;
mod company;
mod import;
mod quota;
mod shape;

use std::collections::BTreeSet;

use self::shape::made_at;
use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, page, tenant, written};
use crate::{
    journey::{
        Tools, facts,
        invited::{self, Brings},
    },
    model::{
        Account, Client, ClientKind, EventName, Invitation, InvitationEnd, InvitationState, Invited, InvitedBy, Inviter, MailContent, Role, SelfService,
        Tenant, TenantKind,
    },
    pages::{MailPage, MailPreview},
    policy::admin::{Place, Right, Verdict, may},
    storage::{Batch, Loaded, Paging},
    values::{ClientId, Email, EntropyExt as _, InvitationId, Locale, TenantId, Timestamp},
};

pub use bounce::{BounceTold, bounced};
pub use import::{InvitationLine, InvitationsReported, LineReported, import};
pub(super) use shape::shown_at;
pub use shape::{InvitationChange, InvitationLinks, InvitationMade, InvitationShown, InvitedFor, NewInvitation};

const DAY: u64 = 86_400;
const NAME: usize = 120;
const MESSAGE: usize = 1000;
/// The most applications of an invitation.
const CLIENTS: usize = 20;

/// The invitations of an organisation.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<InvitationShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationRead).await?;
    let paging = asked.paging()?;
    let (limit, now) = (paging.limit, tools.now());
    Ok(page(tools.reads().invitations(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row, now)))
}

/// One invitation, by id or by address.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, which: &str) -> Result<Shown<InvitationShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationRead).await?;
    let found = find(tools, tenant.id, which).await?;
    shown(tools, by, &tenant, found.version(), &found).await
}

async fn find(tools: &Tools, tenant: TenantId, which: &str) -> Result<Loaded<Invitation>, Refused> {
    let reads = tools.reads();
    let found = match (which.parse::<InvitationId>(), which.parse::<Email>()) {
        (Ok(id), _) => reads.invitation(tenant, id).await?,
        (_, Ok(email)) => reads.invitation_of(tenant, &email).await?,
        _ => None,
    };
    found.ok_or(Refused::NotFound)
}

/// With whether there is an account, for those who may see accounts.
async fn shown(tools: &Tools, by: &By, tenant: &Tenant, rev: u64, invitation: &Invitation) -> Result<Shown<InvitationShown>, Refused> {
    let mut shown = shown_at(rev, invitation, tools.now());
    if may(&by.caller, Right::AccountRead, Place::Tenant(tenant.id)) == Verdict::Allowed {
        shown.it.has_account = Some(facts::account_of(tools, tenant.id, &invitation.email, tools.now()).await?.is_some());
    }
    Ok(shown)
}

/// Invite somebody. Its mail is in the same commit.
///
/// # Errors
/// See [`Refused`]; taken, where an invitation to that address is open.
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewInvitation) -> Result<InvitationMade, Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationWrite).await?;
    make(tools, by, &tenant, new).await
}

async fn make(tools: &Tools, by: &By, tenant: &Loaded<Tenant>, new: NewInvitation) -> Result<InvitationMade, Refused> {
    let now = tools.now();
    let email = invitable(by, tenant, &new)?;
    let clients = clients(tools, tenant.id, new.clients).await?;
    let company = company::named(tools, by, tenant.id, new.company).await?;
    let expires_at = match new.expires_at {
        Some(at) => end(at, now)?,
        None => Invitation::lifetime(now, &tenant.settings),
    };
    let before = tools.reads().invitation_of(tenant.id, &email).await?;
    if before.as_ref().is_some_and(|before| before.is_open(now)) {
        return Err(Refused::Taken("email"));
    }
    let (link, sealed, made) = invited::link(tools, now)?;
    let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut invitation = Invitation {
        tenant: tenant.id,
        id: InvitationId(tools.entropy.uuid(now)),
        email,
        given_name: said(new.given_name),
        family_name: said(new.family_name),
        locale: new.locale.unwrap_or(tenant.default_locale),
        clients,
        roles: new.roles,
        message: said(new.message),
        inviter: inviter(tools, by, said(new.inviter)).await?,
        company: company.as_ref().map(company::Named::id),
        required_home: new.required_home,
        links: vec![link],
        sealed: Some(sealed),
        was_shown: new.show_link,
        regenerated_from: before.as_ref().map(|before| before.id),
        created_at: now,
        updated_at: now,
        expires_at,
        sent_at: None,
        opened_at: None,
        bounce: None,
        remind_at: None,
        move_asked: None,
        self_service: SelfService::default(),
        end: InvitationEnd::NotYet,
    };
    invitation.remind_at = invitation.next_reminder(now);
    let mut batch = Batch::new(now);
    quota::count(tools, by, tenant, &mut batch, now).await?;
    if let Some(before) = before {
        batch.update(before.try_map(|before| before.ended(InvitationEnd::Superseded { at: now })).map_err(|_| Refused::Conflict)?)?;
    }
    invited::post(tools, &mut batch, &invitation, Brings::Invitation, now).await?;
    if let Some(draft) = company.as_ref().and_then(company::Named::draft) {
        batch.insert(draft)?;
    }
    batch.insert(&invitation)?.audit(&by.event(EventName::InvitationCreated, tenant.id, now).on("invitation", invitation.id))?;
    commit(tools, batch).await?;
    let shown = shown(tools, by, tenant, 1, &invitation).await?;
    Ok(made_at(shown, new.show_link.then_some((tools, &made))))
}

/// May this be asked of anybody, as far as it can be seen without looking? Answers with the address.
fn invitable(by: &By, tenant: &Tenant, new: &NewInvitation) -> Result<Email, Refused> {
    if tenant.kind != TenantKind::Organisation {
        return Err(Refused::Impossible("nobody is invited into a built-in organisation"));
    }
    let email = new.email.parse().map_err(|_| invalid("email", "is not one complete mail address"))?;
    may_give(by, tenant.id, &new.roles)?;
    check_words(new)?;
    Ok(email)
}

/// What pages and mails say of it. Only the message may have lines.
fn check_words(new: &NewInvitation) -> Result<(), Refused> {
    for (field, text) in [("given_name", &new.given_name), ("family_name", &new.family_name), ("inviter", &new.inviter)] {
        written::optional_line(field, text.as_deref(), NAME)?;
    }
    let one_line = new.message.as_deref().map(|text| text.replace(['\n', '\r', '\t'], " "));
    written::optional_line("message", one_line.as_deref(), MESSAGE)
}

/// Nobody gives by invitation what they could not give by hand.
fn may_give(by: &By, tenant: TenantId, roles: &BTreeSet<Role>) -> Result<(), Refused> {
    if roles.is_empty() {
        return Ok(());
    }
    if roles.contains(&Role::Operator) {
        return Err(invalid("roles", "operator is the role of the tenant system, and its only one"));
    }
    by.must(Right::TenantWrite, Place::Tenant(tenant))
}

async fn clients(tools: &Tools, tenant: TenantId, asked: Vec<String>) -> Result<Vec<ClientId>, Refused> {
    if asked.len() > CLIENTS {
        return Err(invalid("clients", format!("has at most {CLIENTS}")));
    }
    let mut clients = Vec::new();
    for id in asked {
        let id = ClientId::from(id);
        let found = tools.reads().client(tenant, &id).await?.filter(|client| client.is_active());
        if found.is_none() {
            return Err(invalid("clients", "names what is no application here, or one that is switched off"));
        }
        if !clients.contains(&id) {
            clients.push(id);
        }
    }
    Ok(clients)
}

fn end(at: Timestamp, now: Timestamp) -> Result<Timestamp, Refused> {
    const YEAR: u64 = 366 * DAY;
    if at <= now.plus(3600) || at > now.plus(YEAR) {
        return Err(invalid("expires_at", "is between an hour and a year from now"));
    }
    Ok(at)
}

/// A person is named by their account; a program may say for whom it asks.
async fn inviter(tools: &Tools, by: &By, said: Option<String>) -> Result<Inviter, Refused> {
    Ok(match (&by.subject, &by.client) {
        (Some(subject), _) => {
            let account = tools.reads().account(*subject).await?;
            let name = account.as_deref().map(Account::display_name).filter(|name| !name.is_empty());
            Inviter { by: InvitedBy::Person(*subject), name }
        }
        (None, Some(client)) => Inviter { by: InvitedBy::Client(client.clone()), name: said },
        (None, None) => Inviter { by: InvitedBy::Local, name: said },
    })
}

/// One that can still be changed.
async fn find_to_change(tools: &Tools, by: &By, name: &str, which: &str) -> Result<(Loaded<Tenant>, Loaded<Invitation>), Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationWrite).await?;
    let found = find(tools, tenant.id, which).await?;
    // Whoever changes where a link goes, or sees it, could take for themselves what it gives.
    may_give(by, tenant.id, &found.roles)?;
    company::may_let_in(tools, by, &found).await?;
    if !found.can_be_renewed() {
        return Err(Refused::Impossible(match found.state(tools.now()) {
            InvitationState::Redeemed => "it was accepted already: help with the account instead",
            _ => "the invitation is over: make a new one",
        }));
    }
    Ok((tenant, found))
}

async fn written_down(
    tools: &Tools,
    by: &By,
    (tenant, after): (&Tenant, Loaded<Invitation>),
    (event, what): (EventName, &str),
    mut batch: Batch,
) -> Result<Shown<InvitationShown>, Refused> {
    let now = tools.now();
    let rev = after.version() + 1;
    let event = by.event_saying(event, tenant.id, now, what).on("invitation", after.id);
    batch.audit(&event)?;
    let it = (*after).clone();
    batch.update(after)?;
    commit(tools, batch).await?;
    shown(tools, by, tenant, rev, &it).await
}

/// Again where somebody wrote in between: the mail that leaves is noted in the invitation, too, and what is done here does not depend on it.
async fn over_again<T, Act: Future<Output = Result<T, Refused>>>(act: impl Fn() -> Act) -> Result<T, Refused> {
    for _ in 0..3 {
        match act().await {
            Err(Refused::Conflict) => {}
            came => return came,
        }
    }
    act().await
}

/// Change its address, which makes a new link, or its end.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, change: InvitationChange) -> Result<Shown<InvitationShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    as_seen(&found, rev)?;
    let now = tools.now();
    let email = change.email.as_deref().map(str::parse::<Email>).transpose().map_err(|_| invalid("email", "is not one complete mail address"))?;
    let moves = email.as_ref().is_some_and(|email| email.norm() != found.email.norm());
    if email.is_none() && change.expires_at.is_none() {
        return Err(invalid("email", "or expires_at is what can be changed"));
    }
    let mut after = (*found).clone();
    if let Some(at) = change.expires_at {
        after.expires_at = end(at, now)?;
    }
    let mut batch = Batch::new(now);
    if let Some(email) = email {
        after.email = email;
        after.move_asked = None;
    }
    if moves {
        if let Some(other) = tools.reads().invitation_of(tenant.id, &after.email).await? {
            if other.is_open(now) {
                return Err(Refused::Taken("email"));
            }
            batch.update(other.try_map(|other| other.ended(InvitationEnd::Superseded { at: now })).map_err(|_| Refused::Conflict)?)?;
        }
        let until = if after.is_open(now) { after.expires_at } else { Invitation::lifetime(now, &tenant.settings) };
        // Whoever had the old mailbox has nothing in their hands any more.
        after = relinked(tools, after, until, now)?;
        (after.opened_at, after.self_service) = (None, SelfService::default());
        invited::post(tools, &mut batch, &after, Brings::Invitation, now).await?;
    }
    after.remind_at = after.next_reminder(now);
    after.updated_at = now;
    let what = if moves { "email" } else { "expires_at" };
    written_down(tools, by, (&tenant, found.map(|_| after)), (EventName::InvitationUpdated, what), batch).await
}

fn relinked(tools: &Tools, invitation: Invitation, until: Timestamp, now: Timestamp) -> Result<Invitation, Refused> {
    invited::relinked(tools, invitation, until, now)?.map_err(|_| Refused::Conflict)
}

/// Send the same link once more.
///
/// # Errors
/// See [`Refused`].
pub async fn resend(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    over_again(|| resent(tools, by, place)).await
}

async fn resent(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let now = tools.now();
    if !found.is_open(now) {
        return Err(Refused::Impossible("its time is over: make a new link"));
    }
    let mut batch = Batch::new(now);
    let after = invited::changed(found, |invitation| invitation.updated_at = now);
    invited::post(tools, &mut batch, &after, Brings::Link, now).await?;
    written_down(tools, by, (&tenant, after), (EventName::InvitationUpdated, "resent"), batch).await
}

/// A new link by mail, good from now on; the old one dies.
///
/// # Errors
/// See [`Refused`].
pub async fn regenerate(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    over_again(|| regenerated(tools, by, place)).await
}

async fn regenerated(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let now = tools.now();
    let mut after = relinked(tools, (*found).clone(), Invitation::lifetime(now, &tenant.settings), now)?;
    after.updated_at = now;
    let mut batch = Batch::new(now);
    invited::post(tools, &mut batch, &after, Brings::Link, now).await?;
    written_down(tools, by, (&tenant, found.map(|_| after)), (EventName::InvitationRegenerated, "by_inviter"), batch).await
}

/// Show the newest link, once: from then on it is not the mailbox's alone.
///
/// # Errors
/// See [`Refused`].
pub async fn link(tools: &Tools, by: &By, place: (&str, &str)) -> Result<InvitationLinks, Refused> {
    over_again(|| link_shown(tools, by, place)).await
}

async fn link_shown(tools: &Tools, by: &By, place: (&str, &str)) -> Result<InvitationLinks, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    if found.was_shown {
        return Err(Refused::Impossible("its link was shown already: make a new link"));
    }
    if !found.is_open(tools.now()) {
        return Err(Refused::Impossible("its time is over: make a new link"));
    }
    let made = invited::newest(tools, &found)?.ok_or(Refused::NotFound)?;
    let links = InvitationLinks { invite_url: made.url(tools), alias_url: made.alias_url(tools) };
    let after = invited::changed(found, |invitation| invitation.was_shown = true);
    written_down(tools, by, (&tenant, after), (EventName::InvitationUpdated, "link_shown"), Batch::new(tools.now())).await?;
    Ok(links)
}

/// Take it back.
///
/// # Errors
/// See [`Refused`].
pub async fn revoke(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    over_again(|| revoked(tools, by, place)).await
}

async fn revoked(tools: &Tools, by: &By, place: (&str, &str)) -> Result<Shown<InvitationShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::InvitationWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    let now = tools.now();
    let after = found.try_map(|mut invitation| {
        invitation.updated_at = now;
        invitation.ended(InvitationEnd::Revoked { at: now })
    });
    let after = after.map_err(|_| Refused::Impossible("the invitation is over already"))?;
    written_down(tools, by, (&tenant, after), (EventName::InvitationRevoked, "by_inviter"), Batch::new(now)).await
}

/// The applications that people may be invited to.
///
/// # Errors
/// The store failed.
pub async fn applications(tools: &Tools, tenant: &Tenant) -> Result<Vec<Client>, Refused> {
    let clients = tools.reads().clients(tenant.id, Paging::first(200)).await?;
    let are_for_people = |client: &Client| client.is_active() && client.kind != ClientKind::Service;
    Ok(clients.into_iter().map(Loaded::into_value).filter(are_for_people).collect())
}

/// The mail as it would be, in each language. Nothing is written.
///
/// # Errors
/// See [`Refused`].
pub async fn preview(tools: &Tools, by: &By, name: &str, new: &NewInvitation) -> Result<Vec<MailPreview>, Refused> {
    let tenant = tenant(tools, by, name, Right::InvitationWrite).await?;
    new.email.parse::<Email>().map_err(|_| invalid("email", "is not one complete mail address"))?;
    check_words(new)?;
    company::checked(new.company.as_ref())?;
    let until = Invitation::lifetime(tools.now(), &tenant.settings);
    let inviter = inviter(tools, by, None).await?.name;
    let app = match new.clients.first() {
        Some(id) => tools.reads().client(tenant.id, &ClientId::from(id.as_str())).await?,
        None => None,
    };
    let invitee = [&new.given_name, &new.family_name].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let mut previews = Vec::new();
    for &locale in Locale::ALL {
        let content = MailContent::Invitation(Invited {
            invitation: InvitationId(uuid::Uuid::nil()),
            invitee: Some(invitee.clone()).filter(|name| !name.is_empty()),
            inviter: inviter.clone(),
            app: app.as_ref().map(|app| app.names.get(locale).to_owned()),
            message: new.message.clone(),
            expires_at: until,
        });
        let link = format!("{}/i/…", tools.public_url);
        let mail = tools.pages.mail(&MailPage { content: &content, code: None, link: Some(&link), until, tenant: &tenant, locale })?;
        previews.push(MailPreview { lang: locale.tag(), subject: mail.subject, text: mail.text });
    }
    Ok(previews)
}
