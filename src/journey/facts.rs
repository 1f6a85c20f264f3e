//! What is known: loaded once, pure from then on.

mod loading;

pub use loading::{PERSONAL, Walk, account_of, load, load_known};

use super::{company::Affiliation, terms::Terms};
use crate::{
    model::{
        Account, Actor, Agent, Api, AuditEvent, AuthorizationRequest, Client, Consent, Credential, Delivery, Device, Ending, EventName, Evidence, Invitation,
        Journey, KnownAccount, Membership, OrganisationConsent, Origin, Proved, Purpose, ScreenName, Session, Subject, Tenant, Unfit,
    },
    storage::Loaded,
    values::{BrowserId, Digest, Email, Locale, Prompt, Scopes, Timestamp},
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
    /// Its place in the journey's tenant, where that is not its home.
    pub membership: Option<Loaded<Membership>>,
    /// Has it a place in the journey's tenant?
    pub is_member: bool,
    /// Does it get that place by this journey, because the tenant lets the owner of the proved mailbox in, or invited them?
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
    /// Their company, where the organisation wants to know it. Looked for only when it is known who they are.
    pub company: Option<Affiliation>,
    /// Who has an account with the address of a new one. Looked for only when the mailbox is proved.
    pub occupant: Option<Loaded<Account>>,
    /// The invitation that the journey redeems.
    pub invitation: Option<Loaded<Invitation>>,
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
            Ending::Portal(_) | Ending::Invited(_) => None,
        }
    }

    /// Does an application follow that asks for itself? What is owed to it is shown then, in its own journey, and not in this one.
    #[must_use]
    pub fn is_followed_by_application(&self) -> bool {
        matches!(&self.journey.ending, Ending::Invited(to) if to.client.is_some())
    }

    /// Does this journey redeem an invitation?
    #[must_use]
    pub fn is_invited(&self) -> bool {
        matches!(self.journey.ending, Ending::Invited(_))
    }

    /// Is the invitation of this journey good, and to this address?
    #[must_use]
    pub fn invites(&self, address: &Email) -> bool {
        self.invitation.as_ref().is_some_and(|invitation| invitation.is_open(self.now) && invitation.email.norm() == address.norm())
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
            && let Some(hinted) = meant.clone().find(|c| c.account.answers_to(&hint))
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

    /// Is it known who this is: by a proof of who has an account, or by the mailbox of who is to have one?
    #[must_use]
    pub fn is_known(&self) -> bool {
        if self.journey.purpose == Purpose::SignUp { self.has_mailbox() } else { self.person.is_some() && self.is_proved() }
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
