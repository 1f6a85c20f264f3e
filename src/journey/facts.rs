//! What is known: loaded once, pure from then on.

use super::{Letter, Tools, terms::Terms};
use crate::{
    model::{
        Account, Actor, Agent, Api, AuditEvent, AuthorizationRequest, Client, CodeUse, Consent, Credential, Delivery, Device, Ending, EventName, Evidence,
        Journey, KnownAccount, Message, OrgConsentRule, OrganisationConsent, Origin, Proved, Purpose, ScreenName, Session, Subject, Tenant, Unfit,
    },
    policy::sign_up,
    storage::{Loaded, StoreError},
    values::{BrowserId, Digest, Email, Locale, Prompt, Scopes, TenantId, Timestamp},
};

/// Who walks: the browser, the sessions it holds, its language, and where it comes from.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Digest of the browser's cookie.
    pub browser: BrowserId,
    /// Digests of the session cookie's tokens.
    pub sessions: Vec<Digest>,
    /// The language that was chosen on the pages of this journey.
    pub chosen: Option<Locale>,
    /// The page's language, as far as the browser and the organisation say; what the client or the person wish goes before it.
    pub locale: Locale,
    /// Which browser, in words.
    pub agent: Agent,
    /// The network address, for counting and the audit trail.
    pub ip: Option<String>,
    /// The request's id.
    pub correlation: Option<String>,
}

impl Visitor {
    /// From where something is asked, as mails say it.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin { browser: self.agent.name(), place: self.ip.clone() }
    }

    /// The network: an IPv4 address, or the first 64 bits of an IPv6 address.
    #[must_use]
    pub fn network(&self) -> Option<Vec<u8>> {
        let ip: std::net::IpAddr = self.ip.as_deref()?.parse().ok()?;
        Some(match ip {
            std::net::IpAddr::V4(address) => address.octets().to_vec(),
            std::net::IpAddr::V6(address) => address.octets().iter().take(8).copied().collect(),
        })
    }
}

/// A signed-in account that may be meant here.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its session, live.
    pub session: Loaded<Session>,
    /// The account.
    pub account: Loaded<Account>,
}

/// An account that this browser knows, signed in or not.
#[derive(Clone, Debug)]
pub struct Known {
    /// The account.
    pub account: Account,
    /// The organisation it belongs to.
    pub home: Tenant,
    /// Is it signed in?
    pub is_live: bool,
    /// How this browser remembers it.
    pub device: Option<KnownAccount>,
}

/// Whom the journey is about, as far as there is an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// The account.
    pub account: Loaded<Account>,
    /// Has it a place in the journey's tenant?
    pub is_member: bool,
    /// Does it get that place by this journey, because the tenant lets the owner of the proved mailbox in?
    pub joins: bool,
    /// Its password.
    pub password: Option<Loaded<Credential>>,
    /// What it allows the client.
    pub consent: Option<Loaded<Consent>>,
    /// Since when it is here: the account where it is at home, its place elsewhere.
    pub since: Timestamp,
    /// What it allows the journey's tenant, where that is not its home.
    pub permission: Option<Loaded<OrganisationConsent>>,
}

/// How far a new password has come, in the place of a forgotten one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resetting {
    /// Nobody proved that they may have one.
    Unproved,
    /// Somebody did.
    Allowed,
    /// They have it.
    Done,
}

/// Everything that steps decide upon.
#[derive(Clone, Debug)]
pub struct Facts {
    /// When.
    pub now: Timestamp,
    /// Who walks.
    pub visitor: Visitor,
    /// The walk.
    pub journey: Journey,
    /// As it was read; `None` while it is not worth remembering, because nothing was asked yet.
    pub stored: Option<Loaded<Journey>>,
    /// Where.
    pub tenant: Loaded<Tenant>,
    /// For which client.
    pub client: Option<Loaded<Client>>,
    /// For which of its APIs.
    pub api: Option<Loaded<Api>>,
    /// Who is signed in and may be meant.
    pub candidates: Vec<Candidate>,
    /// Whom this browser knows.
    pub known: Vec<Known>,
    /// The browser's record.
    pub device: Option<Loaded<Device>>,
    /// Whom the journey is about.
    pub person: Option<Person>,
    /// Who has an account with the address of a new one. Looked for only when the mailbox is proved.
    pub occupant: Option<Loaded<Account>>,
    /// Terms of use. Looked for only when it is proved who it is.
    pub terms: Terms,
    /// What became of the mail with the code that is waited for.
    pub delivery: Option<Delivery>,
}

impl Facts {
    /// What the client asked.
    #[must_use]
    pub fn request(&self) -> Option<&AuthorizationRequest> {
        match &self.journey.ending {
            Ending::Return(request) => Some(request),
            Ending::Portal(_) => None,
        }
    }

    /// Did the client want this?
    #[must_use]
    pub fn prompted(&self, prompt: Prompt) -> bool {
        self.request().is_some_and(|request| request.prompts(prompt))
    }

    /// What the client asked for.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        self.request().map(|request| request.scopes.clone()).unwrap_or_default()
    }

    /// Whom this is about: the last one named here, else the one who is signed in, unless that has to be chosen.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        let named = self.journey.evidence.iter().rev().find_map(|e| match e.what {
            Proved::Identified(_) | Proved::Chosen | Proved::SigningUp(_) => Some(Some(e.subject)),
            Proved::Forgotten => Some(None),
            _ => None,
        });
        named.unwrap_or_else(|| self.preselected())
    }

    /// Who is meant when nobody was named: the only one signed in, or the one whom the client's hints mean.
    fn preselected(&self) -> Option<Subject> {
        if self.prompted(Prompt::SelectAccount) || self.journey.purpose == Purpose::SignUp {
            return None;
        }
        let required = self.request().and_then(|request| request.required_subject);
        let hint = self.request().and_then(|request| request.login_hint.as_deref()).and_then(|hint| hint.parse::<Email>().ok());
        let mut meant = self.candidates.iter().filter(|c| required.is_none_or(|id| c.account.id == id));
        if let Some(hint) = hint
            && let Some(hinted) = meant.clone().find(|c| c.account.emails.iter().any(|email| email.address.norm() == hint.norm()))
        {
            return Some(hinted.account.subject());
        }
        match (meant.next(), meant.next()) {
            (Some(only), None) => Some(only.account.subject()),
            _ => None,
        }
    }

    /// The live session of whom this is about.
    #[must_use]
    pub fn session(&self) -> Option<&Loaded<Session>> {
        let subject = self.subject()?;
        self.candidates.iter().find(|c| c.session.subject == subject).map(|c| &c.session)
    }

    /// Every proof about the subject, the session's first. Proofs about anybody else do not exist: this filter is what keeps A's password out of B's journey.
    pub fn proofs(&self) -> impl Iterator<Item = &Evidence> {
        let subject = self.subject();
        let before = self.session().into_iter().flat_map(|session| session.proofs.iter());
        before.chain(self.journey.evidence.iter()).filter(move |e| Some(e.subject) == subject)
    }

    /// Said in this journey about whom it is about.
    pub fn said(&self) -> impl Iterator<Item = &Evidence> {
        let subject = self.subject();
        self.journey.evidence.iter().filter(move |e| Some(e.subject) == subject)
    }

    /// Is a proof of who it is still good, for what the client or the act demands?
    #[must_use]
    pub fn is_proved(&self) -> bool {
        let after = self.fresh_after();
        let in_session = !self.prompted(Prompt::Login);
        let here = self.said().any(|e| e.what.is_proof() && e.at >= after);
        here || in_session && self.proofs().any(|e| e.what.is_proof() && e.at >= after)
    }

    /// The oldest proof that is still good: `max_age`, or a sensitive act. [OpenID Connect Core §3.1.2.1]
    #[must_use]
    pub fn fresh_after(&self) -> Timestamp {
        let asked = self.request().and_then(|request| request.max_age).map(|age| self.journey.started_at.minus(age));
        let sensitive = (self.journey.purpose == Purpose::Confirm).then(|| self.journey.started_at.minus(self.tenant.settings.reauthentication));
        asked.max(sensitive).unwrap_or_default()
    }

    /// How far a new password has come, in the place of a forgotten one. A code that was right is good for as long as a code is.
    #[must_use]
    pub fn resetting(&self) -> Resetting {
        let (mut pending, mut is_done) = (None, false);
        for e in self.said() {
            match e.what {
                Proved::MayReset => (pending, is_done) = (Some(e.at), false),
                Proved::NewPassword => (pending, is_done) = (None, is_done || pending.is_some()),
                _ => {}
            }
        }
        match pending {
            Some(at) if at.plus(self.tenant.settings.mail_code) > self.now => Resetting::Allowed,
            _ if is_done => Resetting::Done,
            _ => Resetting::Unproved,
        }
    }

    /// Why the password that was right may not stay, if it has not been changed since.
    #[must_use]
    pub fn unfit(&self) -> Option<Unfit> {
        self.said().fold(None, |unfit, e| match e.what {
            Proved::MustChange(why) => Some(why),
            Proved::NewPassword => None,
            _ => unfit,
        })
    }

    /// An event of this journey about somebody.
    #[must_use]
    pub fn event(&self, name: EventName, subject: Subject) -> AuditEvent {
        let mut event = AuditEvent::new(name, self.tenant.id, Actor::person(subject), self.now)
            .on("account", subject.id)
            .from(self.visitor.ip.as_deref(), self.visitor.correlation.as_deref());
        event.journey = Some(self.journey.id.to_string());
        event.client = self.request().map(|request| request.client.clone());
        event
    }

    /// The identifier as it was typed, or as the account has it.
    #[must_use]
    pub fn identifier(&self) -> String {
        let typed = self.said().filter_map(|e| match &e.what {
            Proved::Identified(typed) => Some(typed.clone()),
            Proved::SigningUp(address) => Some(address.spelt().to_owned()),
            _ => None,
        });
        let typed = typed.last();
        typed.or_else(|| self.person.as_ref().map(|person| person.account.identifier())).unwrap_or_default()
    }

    /// The address that a new account is to have.
    #[must_use]
    pub fn new_address(&self) -> Option<&Email> {
        self.said().filter_map(|e| if let Proved::SigningUp(address) = &e.what { Some(address) } else { None }).last()
    }

    /// Is the mailbox of the new account proved?
    #[must_use]
    pub fn has_mailbox(&self) -> bool {
        let address = self.new_address();
        self.said().any(|e| matches!(&e.what, Proved::Mailbox(proved) if Some(proved) == address))
    }

    /// Has this browser been used by the subject before?
    #[must_use]
    pub fn is_known_browser(&self) -> bool {
        let subject = self.subject();
        self.device.as_ref().is_some_and(|device| device.known.iter().any(|known| Some(known.subject) == subject))
    }

    /// The screens' own address.
    #[must_use]
    pub fn path(&self, screen: ScreenName) -> String {
        format!("/ui/{}/{}", self.journey.id, screen.path())
    }
}

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
    let (client, api) = match &journey.ending {
        Ending::Return(request) => {
            let api = match &request.api {
                Some(identifier) => reads.api(request.issuer.tenant, identifier).await?,
                None => None,
            };
            (reads.client(request.issuer.tenant, &request.client).await?, api)
        }
        Ending::Portal(_) => (None, None),
    };
    let is_portal = matches!(journey.ending, Ending::Portal(_));
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
        occupant: None,
        terms: Terms::default(),
        delivery: None,
    };
    if let Some(subject) = facts.subject() {
        facts.person = load_person(tools, &facts, subject).await?;
    }
    if facts.journey.purpose == Purpose::SignUp
        && facts.has_mailbox()
        && let Some(address) = facts.new_address()
    {
        facts.occupant = account_of(tools, facts.tenant.id, address, now).await?;
    }
    facts.terms = load_terms(tools, &facts).await?;
    facts.delivery = delivery(tools, &facts).await?;
    let asked = facts.request().and_then(|request| request.ui_locale);
    let preferred = facts.session().and(facts.person.as_ref()).and_then(|person| person.account.locale);
    facts.visitor.locale = facts.visitor.chosen.or(asked).or(preferred).unwrap_or(facts.visitor.locale);
    Ok(facts)
}

/// The terms of use on the way into an application, for whoever proved who they are or whose mailbox it is.
async fn load_terms(tools: &Tools, facts: &Facts) -> Result<Terms, StoreError> {
    let is_proved = if facts.journey.purpose == Purpose::SignUp { facts.has_mailbox() } else { facts.person.is_some() && facts.is_proved() };
    match (facts.subject().filter(|_| is_proved), &facts.client) {
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
    let is_member = has_place || joins;
    let is_asked = !is_portal && subject.home != facts.tenant.id && facts.tenant.settings.org_consent != OrgConsentRule::Off;
    let permission = if is_asked && is_proved { reads.organisation_consent(facts.tenant.id, subject).await? } else { None };
    let since = if is_at_home { account.created_at } else { membership.map_or(facts.now, |membership| membership.created_at) };
    Ok(Some(Person { account, is_member, joins, password, consent, since, permission }))
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
