//! The only I/O of the plan: everything that steps decide upon, read at once.

use super::{Candidate, Facts, Known, Person, Visitor};
use crate::{
    journey::{
        Letter, Tools,
        company::{self, Affiliation},
        terms::Terms,
    },
    model::{Account, Api, Client, CodeUse, Delivery, Ending, InvitedTo, Journey, KnownAccount, Message, OrgConsentRule, Proved, Purpose, Subject, Tenant},
    policy::sign_up,
    storage::{Loaded, Reads, StoreError},
    values::{Email, TenantId, Timestamp},
};

/// A journey on its way into the facts.
#[derive(Clone, Debug)]
pub enum Walk {
    /// Just begun: if it needs no page it is never stored.
    New(Journey),
    /// As it was read.
    Stored(Loaded<Journey>),
}

/// Load what is known about a journey: the only I/O of the plan.
///
/// # Errors
/// The store failed.
pub async fn load(tools: &Tools, walk: Walk, tenant: Loaded<Tenant>, visitor: Visitor) -> Result<Facts, StoreError> {
    let (journey, stored) = match walk {
        Walk::New(journey) => (journey, None),
        Walk::Stored(stored) => ((*stored).clone(), Some(stored)),
    };
    let now = tools.now();
    let reads = tools.store.reads(now);
    let (client, api) = application(&reads, &journey.ending, tenant.id).await?;
    let invitation = match &journey.ending {
        Ending::Invited(to) => reads.invitation(tenant.id, to.invitation).await?,
        _ => None,
    };
    // Whoever is invited may come from anywhere.
    let is_portal = matches!(journey.ending, Ending::Portal(_) | Ending::Invited(_));
    let mut candidates = Vec::new();
    for digest in &visitor.sessions {
        let Some(session) = reads.session(digest).await?.filter(|s| s.is_live_at(now) && s.browser == visitor.browser) else { continue };
        let Some(account) = reads.account(session.subject).await? else { continue };
        let belongs = is_portal || account.home == tenant.id || reads.membership(tenant.id, session.subject).await?.is_some();
        if belongs {
            candidates.push(Candidate { session, account });
        }
    }
    let device = reads.device(&visitor.browser).await?;
    let mut facts = Facts {
        now,
        visitor,
        journey,
        stored,
        tenant,
        client,
        api,
        candidates,
        known: Vec::new(),
        device,
        person: None,
        company: None,
        occupant: None,
        terms: Terms::default(),
        delivery: None,
        invitation,
    };
    if let Some(subject) = facts.subject() {
        facts.person = load_person(tools, &facts, subject).await?;
    }
    facts.occupant = load_occupant(tools, &facts).await?;
    facts.company = load_company(tools, &facts).await?;
    facts.terms = load_terms(tools, &facts).await?;
    facts.delivery = delivery(tools, &facts).await?;
    let asked = facts.request().and_then(|request| request.ui_locale);
    let preferred = facts.session().and(facts.person.as_ref()).and_then(|person| person.account.locale);
    facts.visitor.locale = facts.visitor.chosen.or(asked).or(preferred).unwrap_or(facts.visitor.locale);
    Ok(facts)
}

/// For which application it is, and for which of its APIs.
async fn application(reads: &Reads<'_>, ending: &Ending, tenant: TenantId) -> Result<(Option<Loaded<Client>>, Option<Loaded<Api>>), StoreError> {
    Ok(match ending {
        Ending::Return(request) => {
            let api = match &request.api {
                Some(identifier) => reads.api(request.issuer.tenant, identifier).await?,
                None => None,
            };
            (reads.client(request.issuer.tenant, &request.client).await?, api)
        }
        Ending::Invited(InvitedTo { client: Some(client), .. }) => (reads.client(tenant, client).await?, None),
        Ending::Invited(_) | Ending::Portal(_) => (None, None),
    })
}

/// Who has an account with the address of a new one, once its mailbox is proved.
async fn load_occupant(tools: &Tools, facts: &Facts) -> Result<Option<Loaded<Account>>, StoreError> {
    let is_due = facts.journey.purpose == Purpose::SignUp && facts.has_mailbox();
    match facts.new_address().filter(|_| is_due) {
        Some(address) => account_of(tools, facts.tenant.id, address, facts.now).await,
        None => Ok(None),
    }
}

/// Their company, if the organisation asks for it, and asks them: whoever belongs to the organisation itself comes for no company.
async fn load_company(tools: &Tools, facts: &Facts) -> Result<Option<Affiliation>, StoreError> {
    let asks = facts.tenant.settings.company_step && facts.request().is_some() && facts.is_known();
    if facts.subject().is_none_or(|subject| !asks || subject.home == facts.tenant.id) {
        return Ok(None);
    }
    let said = facts.said().filter_map(|e| if let Proved::Company(answer) = &e.what { Some((**answer).clone()) } else { None });
    let answer = said.last();
    let membership = facts.person.as_ref().and_then(|person| person.membership.clone());
    company::load(tools, facts.tenant.id, membership, answer, facts.now).await.map(Some)
}

/// The terms of use on the way into an application, for whoever proved who they are or whose mailbox it is.
async fn load_terms(tools: &Tools, facts: &Facts) -> Result<Terms, StoreError> {
    match (facts.subject().filter(|_| facts.is_known()), facts.client.as_ref().filter(|_| facts.request().is_some())) {
        (Some(subject), Some(client)) => Terms::load(tools, (facts.tenant.id, &client.id), subject, facts.now).await,
        _ => Ok(Terms::default()),
    }
}

async fn load_person(tools: &Tools, facts: &Facts, subject: Subject) -> Result<Option<Person>, StoreError> {
    let reads = tools.store.reads(facts.now);
    // What is only needed to prove or to agree is not read on the way of a client whose person is signed in and has agreed. Before somebody proved who they are,
    // everything is read whether there is an account or not; a new account is nobody's for sure.
    let is_proved = facts.is_proved();
    let account = reads.account(subject).await?;
    if account.is_none() && (is_proved || facts.journey.purpose == Purpose::SignUp) {
        return Ok(None);
    }
    let is_portal = matches!(facts.journey.ending, Ending::Portal(_));
    let is_at_home = is_portal || subject.home == facts.tenant.id;
    let membership = if is_at_home && is_proved { None } else { reads.membership(facts.tenant.id, subject).await? };
    let has_place = is_at_home || membership.is_some();
    let password = if is_proved { None } else { reads.password(subject).await? };
    let consent = match &facts.client {
        Some(client) => reads.consent(facts.tenant.id, subject, &client.id).await?,
        None => None,
    };
    let Some(account) = account else { return Ok(None) };
    let is_let_in = |address: &Email| sign_up::is_open_to(&facts.tenant, address) && account.emails.iter().any(|email| email.address == *address);
    let joins = !has_place && facts.said().any(|e| matches!(&e.what, Proved::Mailbox(address) if is_let_in(address)));
    let joins = joins || !has_place && account.emails.iter().any(|email| facts.invites(&email.address));
    let is_member = has_place || joins;
    let is_asked = !is_portal && subject.home != facts.tenant.id && facts.tenant.settings.org_consent != OrgConsentRule::Off;
    let permission = if is_asked && is_proved { reads.organisation_consent(facts.tenant.id, subject).await? } else { None };
    let since = if is_at_home { account.created_at } else { membership.as_ref().map_or(facts.now, |membership| membership.created_at) };
    Ok(Some(Person { account, membership, is_member, joins, password, consent, since, permission }))
}

/// What became of the newest code's mail, as long as the code is good and nothing was proved since. What only a mailbox can cause is told where the mail went to
/// whoever typed the address, account or not.
async fn delivery(tools: &Tools, facts: &Facts) -> Result<Option<Delivery>, StoreError> {
    let Some(Proved::CodeMailed { code, until, of, .. }) = facts.said().last().map(|e| &e.what) else { return Ok(None) };
    if *until <= facts.now {
        return Ok(None);
    }
    let mail = tools.store.load::<Message>(&Message::key_of(&Letter::bringing(code, tools)), facts.now).await?;
    Ok(mail.map(|mail| mail.delivery(facts.now, *of == CodeUse::Address)))
}

/// The account with this address: at home here, else one that a person made or was invited into and that may have a place here.
///
/// # Errors
/// The store failed.
pub async fn account_of(tools: &Tools, tenant: TenantId, email: &Email, now: Timestamp) -> Result<Option<Loaded<Account>>, StoreError> {
    let reads = tools.store.reads(now);
    let personal = reads.tenant_named(PERSONAL).await?.map(|personal| personal.id);
    // Both are looked at in any case: who has an account here is not told by the time it takes.
    let here = reads.account_by_email(tenant, email).await?;
    let elsewhere = match personal {
        Some(home) => reads.account_by_email(home, email).await?,
        None => None,
    };
    Ok(here.or(elsewhere))
}

/// The slug of the tenant of people who belong to no organisation.
pub const PERSONAL: &str = "personal";

/// Load whom this browser knows, for the pages that list them.
///
/// # Errors
/// The store failed.
pub async fn load_known(tools: &Tools, facts: &mut Facts) -> Result<(), StoreError> {
    let reads = tools.store.reads(facts.now);
    let remembered: Vec<KnownAccount> = facts.device.as_ref().map(|device| device.known.clone()).unwrap_or_default();
    let live: Vec<Subject> = facts.candidates.iter().map(|c| c.session.subject).collect();
    let mut subjects: Vec<Subject> = remembered.iter().map(|known| known.subject).collect();
    subjects.extend(live.iter().filter(|subject| !remembered.iter().any(|known| known.subject == **subject)));
    let is_portal = matches!(facts.journey.ending, Ending::Portal(_));
    let mut known = Vec::new();
    for subject in subjects {
        let Some(account) = reads.account(subject).await? else { continue };
        let Some(home) = reads.tenant(subject.home).await? else { continue };
        let belongs = is_portal || subject.home == facts.tenant.id || reads.membership(facts.tenant.id, subject).await?.is_some();
        if belongs {
            let device = remembered.iter().find(|known| known.subject == subject).cloned();
            known.push(Known { account: account.into_value(), home: home.into_value(), is_live: live.contains(&subject), device });
        }
    }
    facts.known = known;
    Ok(())
}
