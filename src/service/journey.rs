//! The front door of the pages: let the engine judge, and when everything is settled finish in one commit.

use super::{
    authorize::address,
    end_session, invitation,
    sign_out::{self, Asked},
};
use crate::{
    crypto::Purpose,
    journey::{
        Letter, Tools,
        ending::{self, Fresh},
        engine::{self, Reply},
        facts::{self, Facts, Visitor, Walk},
        founding, newcomer,
        plan::{self, Next},
        screen::Verdict,
    },
    model::{Actor, Authentication, AuthorizationCode, Client, Delivery, Ending, MailContent, ScreenName, SessionEnd, StepName},
    pages::{Complaint, Content},
    protocol::{
        ErrorCode, OAuthError, acr,
        response::{self, Answer},
    },
    service::account::deletion,
    storage::{CommitError, Loaded},
    values::{Digest, EntropyExt, Fault, GrantId, JourneyId, Secret, SessionId, Timestamp},
};

/// What a client is told when a person, or a rule, said no.
pub(super) const REFUSED: &str = "the person or a rule of the organisation refused";

/// Where the browser goes when the journey is over.
#[derive(Debug)]
pub enum Destination {
    /// Back to the client.
    Client(Answer),
    /// To a page of the portal, or another one of ours.
    Portal(String),
    /// To an application, which asks for itself.
    Application(String),
}

/// A new session for the browser to keep.
#[derive(Debug)]
pub struct NewSession {
    /// The cookie's token.
    pub token: Secret<String>,
    /// The one it takes the place of.
    pub replaces: Option<Digest>,
    /// For how long the browser keeps it, in seconds; `None` until it is closed.
    pub stay: Option<u64>,
}

/// A journey that is over.
#[derive(Debug)]
pub struct Finished {
    /// Where the browser goes.
    pub destination: Destination,
    /// What it keeps.
    pub session: Option<NewSession>,
    /// What is known, for the frame of a last page.
    pub facts: Box<Facts>,
}

/// Is it over?
#[derive(Debug)]
pub enum Ended {
    /// Yes.
    Finished(Box<Finished>),
    /// Something changed in the last moment; this is how it is now.
    Not(Box<Facts>),
}

/// What the web shows.
#[derive(Debug)]
pub enum Step {
    /// A page.
    Page {
        /// Which.
        screen: ScreenName,
        /// What its template is given.
        content: Content,
        /// What is wrong with what was posted.
        complaint: Option<Complaint>,
        /// For the frame.
        facts: Box<Facts>,
    },
    /// Look at this screen.
    Go(ScreenName),
    /// Over.
    Done(Box<Finished>),
    /// The page that says who can help.
    Blocked(Verdict, Box<Facts>),
    /// The page that says how long to wait.
    Wait(Timestamp, Box<Facts>),
    /// There is no such journey in this browser.
    Gone,
}

/// GET.
///
/// # Errors
/// The store failed.
pub async fn show(tools: &Tools, id: &JourneyId, screen: ScreenName, visitor: &Visitor) -> Result<Step, Fault> {
    let reply = engine::show(id, screen, visitor, tools).await?;
    settle(tools, reply).await
}

/// What became of the mail that this browser waits for in a journey, if it waits for one.
///
/// # Errors
/// The store failed.
pub async fn delivery(tools: &Tools, id: &JourneyId, visitor: &Visitor) -> Result<Option<Delivery>, Fault> {
    Ok(engine::load(id, visitor, tools).await?.and_then(|facts| facts.delivery))
}

/// The application that a journey of this browser was begun by, whether it is over or not; to say where one begins again.
///
/// # Errors
/// The store failed.
pub async fn came_from(tools: &Tools, id: &JourneyId, visitor: &Visitor) -> Result<Option<Loaded<Client>>, Fault> {
    let reads = tools.reads();
    let Some(journey) = reads.journey(id).await?.filter(|journey| journey.browser == visitor.browser) else { return Ok(None) };
    Ok(match &journey.ending {
        Ending::Return(request) => reads.client(journey.tenant, &request.client).await?,
        Ending::Invited(to) => match &to.client {
            Some(client) => reads.client(journey.tenant, client).await?,
            None => None,
        },
        Ending::Portal(_) => None,
    })
}

/// POST of our own form.
///
/// # Errors
/// The store failed.
pub async fn answer(tools: &Tools, id: &JourneyId, screen: ScreenName, posted: &[(String, String)], visitor: &Visitor) -> Result<Step, Fault> {
    if posted.iter().any(|(name, value)| name == "action" && value == "leave") {
        return leave(tools, id, visitor).await;
    }
    // The address of an invitation is fixed: whoever wants another one says so on the invitation's page.
    if posted.iter().any(|(name, value)| name == "action" && matches!(value.as_str(), "other_account" | "change_address"))
        && let Some(facts) = engine::load(id, visitor, tools).await?.filter(|facts| facts.is_invited())
    {
        return invitation::again(tools, facts).await.map(|finished| Step::Done(Box::new(finished)));
    }
    let reply = engine::answer(id, screen, posted, visitor, tools).await?;
    let field = |name: &str| posted.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if let (ScreenName::Picker, Some("forget"), Some(account)) = (screen, field("action"), field("forget")) {
        sign_out_of(tools, account, visitor).await?;
    }
    settle(tools, reply).await
}

/// «Oublier ce compte» signs out, too: an account that the browser does not know is not signed in in it.
async fn sign_out_of(tools: &Tools, account: &str, visitor: &Visitor) -> Result<(), Fault> {
    for session in end_session::sessions(tools, visitor).await? {
        if session.subject.id.to_string() == account {
            let (tenant, actor) = (session.subject.home, Actor::person(session.subject));
            let asked = Asked { tenant, actor, client: None, ip: visitor.ip.clone(), correlation: visitor.correlation.clone() };
            sign_out::end_session(tools, session, SessionEnd::SignedOut, &asked).await?;
        }
    }
    Ok(())
}

/// POST of a form that is stale or not ours: nothing happens, what was typed stays.
///
/// # Errors
/// The store failed.
pub async fn stale(tools: &Tools, id: &JourneyId, screen: ScreenName, posted: &[(String, String)], visitor: &Visitor) -> Result<Step, Fault> {
    let reply = engine::complain(id, screen, posted, Complaint::Stale, (visitor, tools)).await?;
    settle(tools, reply).await
}

async fn settle(tools: &Tools, reply: Reply) -> Result<Step, Fault> {
    match reply {
        Reply::Page { screen, content, complaint, facts } => Ok(Step::Page { screen, content, complaint, facts }),
        Reply::Go(screen) => Ok(Step::Go(screen)),
        Reply::Wait { until, facts } => Ok(Step::Wait(until, facts)),
        Reply::Gone => Ok(Step::Gone),
        Reply::Refuse(verdict @ (Verdict::Declined(_) | Verdict::OtherSubject), facts) => give_up(tools, verdict, facts).await,
        Reply::Refuse(verdict, facts) => Ok(Step::Blocked(verdict, facts)),
        Reply::Finish(facts) => match finish(tools, facts).await? {
            Ended::Finished(finished) => Ok(Step::Done(finished)),
            Ended::Not(facts) => Ok(match engine::reply(facts) {
                Reply::Go(screen) => Step::Go(screen),
                Reply::Refuse(verdict, facts) => Step::Blocked(verdict, facts),
                _ => Step::Gone,
            }),
        },
    }
}

/// «Annuler», «Revenir à l'application».
async fn leave(tools: &Tools, id: &JourneyId, visitor: &Visitor) -> Result<Step, Fault> {
    let Some(facts) = engine::load(id, visitor, tools).await? else { return Ok(Step::Gone) };
    let verdict = match plan::next(&facts) {
        Next::Refuse(verdict) => verdict,
        Next::Show(offer) => Verdict::Declined(offer.step),
        Next::Finish => Verdict::Declined(StepName::AppConsent),
    };
    give_up(tools, verdict, facts).await
}

/// Back to where the person came from, without a code.
async fn give_up(tools: &Tools, verdict: Verdict, facts: Box<Facts>) -> Result<Step, Fault> {
    if !engine::leave(&facts, verdict, tools).await? {
        return Ok(Step::Gone);
    }
    let destination = match &facts.journey.ending {
        Ending::Portal(_) | Ending::Invited(_) => Destination::Portal("/account".to_owned()),
        Ending::Return(request) => {
            let error = OAuthError::new(verdict.error(), REFUSED).because(verdict.reason());
            Destination::Client(response::error(&address(&facts)?, &tools.identifier(request.issuer), &error))
        }
    };
    Ok(Step::Done(Box::new(Finished { destination, session: None, facts })))
}

/// How often a lost race is run again.
const ROUNDS: usize = 20;

/// Everything is settled: session, consent, code and the finished journey in one commit. Of several at once one wins; the others plan again.
///
/// # Errors
/// The store failed.
pub async fn finish(tools: &Tools, facts: Box<Facts>) -> Result<Ended, Fault> {
    let mut facts = facts;
    for _ in 0..ROUNDS {
        if plan::next(&facts) != Next::Finish {
            return Ok(Ended::Not(facts));
        }
        let token = tools.entropy.token();
        let fresh = Fresh { digest: tools.sealer.digest(Purpose::SessionCookie, token.expose()), sid: SessionId(tools.entropy.name()) };
        let newcomer = newcomer::made(&facts, tools)?;
        let mut ended = ending::batch(&facts, &fresh, newcomer.as_ref())?;
        tell_of_new_browser(tools, &facts, &mut ended)?;
        if ended.is_new {
            // Whoever signs in wants to keep the account.
            deletion::called_off(tools, ended.session.subject, &facts.visitor, &mut ended.batch).await?;
        }
        founding::tell(tools, &facts, newcomer.as_ref(), &mut ended.batch).await?;
        let destination = match &facts.journey.ending {
            Ending::Portal(path) => Destination::Portal(path.clone()),
            Ending::Invited(_) => {
                invitation::tell_accepted(tools, &facts, newcomer.as_ref(), &mut ended.batch).await?;
                invitation::destination(tools, &facts)
            }
            Ending::Return(request) => {
                let code = tools.entropy.token();
                let granted = granted(tools, &facts, (request, newcomer.is_some() || is_first_sign_in(&facts)), &ended.session, &code);
                ended.batch.insert(&granted)?;
                Destination::Client(response::success(&address(&facts)?, &tools.identifier(request.issuer), &code))
            }
        };
        let stay = ended.session.stay.then(|| ended.session.until.since(facts.now));
        match tools.store.commit(ended.batch).await {
            Ok(()) => {
                let session = ended.is_new.then_some(NewSession { token, replaces: ended.replaces, stay });
                return Ok(Ended::Finished(Box::new(Finished { destination, session, facts })));
            }
            Err(CommitError::Conflict(_) | CommitError::Taken(_)) => match again(tools, &facts).await? {
                Some(newer) => facts = newer,
                None => return Ok(Ended::Not(facts)),
            },
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::new("a journey's end was too busy"))
}

/// Does somebody whose account was just made, by an invitation, come to an application for the first time? Then the application hears that they are new.
fn is_first_sign_in(facts: &Facts) -> bool {
    let made = facts.person.as_ref().map(|person| person.account.created_at);
    facts.session().is_some_and(|before| before.clients.is_empty() && Some(before.created_at) == made)
}

/// A sign-in from a browser that the person never used is told to them, in the commit that lets it in.
fn tell_of_new_browser(tools: &Tools, facts: &Facts, ended: &mut ending::Ended) -> Result<(), Fault> {
    if !ended.is_new || facts.is_known_browser() || facts.person.is_none() {
        return Ok(());
    }
    let account = facts.person.as_ref().map(|person| &*person.account);
    let locale = account.and_then(|account| account.locale).unwrap_or(facts.tenant.default_locale);
    let app = facts.client.as_ref().map(|client| client.names.get(locale).to_owned());
    let content = MailContent::NewSignIn { at: facts.now, app, from: facts.visitor.origin() };
    let letter = Letter::to_account(content, account, &facts.tenant).with_link(format!("{}/account", tools.public_url));
    letter.post(tools, &mut ended.batch, facts.now).map(|_| ())
}

async fn again(tools: &Tools, facts: &Facts) -> Result<Option<Box<Facts>>, Fault> {
    if facts.stored.is_some() {
        return engine::load(&facts.journey.id, &facts.visitor, tools).await;
    }
    let Some(tenant) = tools.reads().tenant(facts.tenant.id).await? else { return Ok(None) };
    Ok(Some(Box::new(facts::load(tools, Walk::New(facts.journey.clone()), tenant, facts.visitor.clone()).await?)))
}

fn granted(
    tools: &Tools,
    facts: &Facts,
    (request, new_user): (&crate::model::AuthorizationRequest, bool),
    session: &crate::model::Session,
    code: &Secret<String>,
) -> AuthorizationCode {
    let strength = acr::strength(&session.proofs);
    AuthorizationCode {
        digest: tools.sealer.digest(Purpose::AuthorizationCode, code.expose()),
        grant: GrantId(tools.entropy.uuid(facts.now)),
        scopes: request.scopes.clone(),
        authentication: Authentication {
            subject: session.subject,
            session: session.sid.clone(),
            at: session.authenticated_at(),
            acr: strength.acr.to_owned(),
            amr: strength.amr.iter().map(|method| (*method).to_owned()).collect(),
        },
        request: request.clone(),
        new_user,
        issued_at: facts.now,
        valid_until: facts.now.plus(facts.tenant.settings.authorization_code),
        spent_at: None,
    }
}

/// The error of a client that is switched off is a page: nobody is sent to it.
#[must_use]
pub fn may_leave(verdict: Verdict) -> bool {
    verdict.error() == ErrorCode::AccessDenied && verdict != Verdict::Barred(crate::policy::standing::Barred::AppOff)
}
