//! The authorization endpoint: judge the request, and give a code at once or send the person to the pages. [RFC 6749 §4.1, OpenID Connect Core §3.1.2]

use super::{
    journey::{self, Finished},
    keys,
};
use crate::{
    journey::{
        Tools,
        facts::{self, Facts, Visitor, Walk},
        plan::{self, Next},
        screen::{Reason, Verdict},
    },
    model::{Actor, Api, AuditEvent, AuthorizationRequest, Client, Ending, EventName, Evidence, Journey, Proved, Purpose, ScreenName, Tenant},
    policy::sign_up,
    protocol::{
        ErrorCode, OAuthError,
        authorize::{self, Hint, Refused, ReturnAddress},
        params::Params,
        response::{self, Answer},
    },
    storage::{Batch, Loaded, StoreError},
    values::{ClientId, EntropyExt, Fault, Issuer, JourneyId, Prompt},
};

/// What an authorization request comes to.
#[derive(Debug)]
pub enum Authorized {
    /// Back to the client with an error.
    Refused(Answer),
    /// Back to the client with a code.
    Done(Box<Finished>),
    /// To the pages.
    Walk {
        /// Which journey.
        journey: JourneyId,
        /// Its first page.
        first: ScreenName,
    },
    /// Nobody can be sent anywhere: a page says what is wrong.
    Here {
        /// The parameter at fault.
        parameter: &'static str,
        /// Why, for the developer.
        error: OAuthError,
    },
}

/// Start.
///
/// # Errors
/// The store failed.
pub async fn start(tools: &Tools, issuer: Issuer, tenant: &Loaded<Tenant>, params: &Params, visitor: &Visitor) -> Result<Authorized, Fault> {
    let client = match params.one("client_id") {
        Ok(Some(id)) => tools.reads().client(issuer.tenant, &ClientId::from(id)).await?.map(Loaded::into_value),
        _ => None,
    };
    let apis = apis(tools, issuer, params).await?;
    let hint = hint(tools, issuer, client.as_ref(), params).await?;
    let facts = authorize::Facts { issuer, client: client.as_ref(), apis: &apis, hint };
    let identifier = tools.identifier(issuer);
    match authorize::validate(params, &facts) {
        Ok(request) => proceed(tools, tenant, request, visitor).await,
        Err(Refused::Here { parameter, error }) => Ok(Authorized::Here { parameter, error }),
        Err(Refused::Back(address, error)) => Ok(Authorized::Refused(response::error(&address, &identifier, &error))),
    }
}

async fn apis(tools: &Tools, issuer: Issuer, params: &Params) -> Result<Vec<Api>, StoreError> {
    let mut apis: Vec<Api> = Vec::new();
    for scope in authorize::asked_of_apis(params) {
        if let Some(api) = tools.reads().api_by_scope(issuer.tenant, &scope).await?
            && apis.iter().all(|known| known.identifier != api.identifier)
        {
            apis.push(api.into_value());
        }
    }
    Ok(apis)
}

async fn hint(tools: &Tools, issuer: Issuer, client: Option<&Client>, params: &Params) -> Result<Hint, Fault> {
    let Ok(Some(token)) = params.one("id_token_hint") else { return Ok(Hint::Absent) };
    let claims = keys::verify_id_token_hint(tools, issuer, token).await?;
    Ok(match claims {
        Some(claims) if client.is_some_and(|client| client.id == claims.client) => Hint::Valid { subject: claims.subject },
        _ => Hint::Invalid,
    })
}

async fn proceed(tools: &Tools, tenant: &Loaded<Tenant>, request: AuthorizationRequest, visitor: &Visitor) -> Result<Authorized, Fault> {
    // Where nobody may make an account, whoever wants one can still sign in.
    let creates = request.prompts(Prompt::Create) && sign_up::is_offered(tenant);
    let journey = Journey {
        id: JourneyId(tools.entropy.name()),
        browser: visitor.browser.clone(),
        tenant: tenant.id,
        purpose: if creates { Purpose::SignUp } else { Purpose::SignIn },
        ending: Ending::Return(Box::new(request)),
        started_at: tools.now(),
        evidence: Vec::new(),
        finished: false,
    };
    let mut facts = Box::new(facts::load(tools, Walk::New(journey), tenant.clone(), visitor.clone()).await?);
    let next = plan::next(&facts);
    if facts.prompted(Prompt::None) {
        return silently(tools, facts, next).await;
    }
    if next == Next::Finish {
        return done(tools, facts).await;
    }
    // Nobody proves a thing twice: what was proved in an unfinished journey of this browser counts here too, unless the client wants it proved anew.
    if !facts.prompted(Prompt::Login) && !facts.prompted(Prompt::SelectAccount) {
        facts = adopt(tools, facts).await?;
    }
    match plan::next(&facts) {
        Next::Finish => done(tools, facts).await,
        Next::Refuse(verdict @ (Verdict::Declined(_) | Verdict::OtherSubject)) => refused(tools, &facts, &OAuthError::new(verdict.error(), journey::REFUSED)),
        // Even a refusal is a page of the journey: the person may use another account.
        Next::Refuse(_) => walk(tools, facts, ScreenName::SignIn).await,
        Next::Show(offer) => walk(tools, facts, offer.first).await,
    }
}

async fn silently(tools: &Tools, facts: Box<Facts>, next: Next) -> Result<Authorized, Fault> {
    const NO_PAGE: &str = "the person would have to be shown a page";
    match next {
        Next::Finish => done(tools, facts).await,
        Next::Show(offer) => {
            let several = facts.candidates.len() > 1 && offer.reason == Reason::Selection;
            let code = if several || offer.reason != Reason::Selection { offer.reason.error() } else { ErrorCode::LoginRequired };
            refused(tools, &facts, &OAuthError::new(code, NO_PAGE))
        }
        Next::Refuse(verdict) => refused(tools, &facts, &OAuthError::new(verdict.error(), NO_PAGE).because(verdict.reason())),
    }
}

async fn done(tools: &Tools, facts: Box<Facts>) -> Result<Authorized, Fault> {
    match journey::finish(tools, facts).await? {
        journey::Ended::Finished(finished) => Ok(Authorized::Done(finished)),
        // Something changed in the last moment: the pages say what.
        journey::Ended::Not(facts) if facts.prompted(Prompt::None) => {
            refused(tools, &facts, &OAuthError::new(ErrorCode::LoginRequired, "the session has just ended"))
        }
        journey::Ended::Not(facts) => match plan::next(&facts) {
            Next::Show(offer) => walk(tools, facts, offer.first).await,
            Next::Refuse(_) | Next::Finish => walk(tools, facts, ScreenName::SignIn).await,
        },
    }
}

fn refused(tools: &Tools, facts: &Facts, error: &OAuthError) -> Result<Authorized, Fault> {
    let address = address(facts)?;
    let issuer = facts.request().map(|request| tools.identifier(request.issuer)).unwrap_or_default();
    Ok(Authorized::Refused(response::error(&address, &issuer, error)))
}

/// Where the client of this journey gets its answer: registered still, or nowhere.
///
/// # Errors
/// The journey has no client, or its redirect URI was taken off the registration meanwhile.
pub fn address(facts: &Facts) -> Result<ReturnAddress, Fault> {
    let (Some(request), Some(client)) = (facts.request(), &facts.client) else { return Err(Fault::new("a journey has no client to return to")) };
    ReturnAddress::again(request, client).map_err(|error| Fault::because("a redirect URI is registered no more", error))
}

/// Remember the journey and go to its pages.
async fn walk(tools: &Tools, facts: Box<Facts>, first: ScreenName) -> Result<Authorized, Fault> {
    let mut batch = Batch::new(facts.now);
    batch.put(facts.stored.as_ref(), &facts.journey)?;
    let actor = facts.subject().map_or(Actor { kind: crate::model::ActorKind::Person, id: None }, Actor::person);
    let mut event =
        AuditEvent::new(EventName::SigninStarted, facts.tenant.id, actor, facts.now).from(facts.visitor.ip.as_deref(), facts.visitor.correlation.as_deref());
    event.client = facts.request().map(|request| request.client.clone());
    event.journey = Some(facts.journey.id.to_string());
    batch.audit(&event)?;
    tools.store.commit(batch).await?;
    Ok(Authorized::Walk { journey: facts.journey.id, first })
}

/// Take over what was proved in the latest unfinished journey of this browser in this tenant. What was said to an application, and refusals, stay
/// where they were given; what was said to the organisation holds for each of its applications.
async fn adopt(tools: &Tools, facts: Box<Facts>) -> Result<Box<Facts>, Fault> {
    let earlier = tools.reads().journeys_of(&facts.visitor.browser, facts.tenant.id).await?;
    let latest = earlier.into_iter().filter(|journey| journey.purpose != Purpose::Confirm).max_by_key(|journey| journey.started_at);
    let Some(latest) = latest else { return Ok(facts) };
    if latest.purpose == Purpose::SignUp {
        return adopt_sign_up(tools, facts, &latest).await;
    }
    if facts.journey.purpose == Purpose::SignUp {
        return Ok(facts);
    }
    let counts = |e: &&Evidence| {
        e.what.is_proof()
            || matches!(e.what, Proved::Identified(_) | Proved::Chosen | Proved::MustChange(_) | Proved::NewPassword | Proved::Stay(_))
            || matches!(e.what, Proved::Permitted { .. } | Proved::TermsAccepted { .. })
    };
    let evidence: Vec<Evidence> = latest.evidence.iter().filter(counts).cloned().collect();
    // Only a journey in which something was proved is worth it: half-typed names are not carried along.
    if !evidence.iter().any(|e| e.what.is_proof() || matches!(e.what, Proved::Permitted { .. } | Proved::TermsAccepted { .. })) {
        return Ok(facts);
    }
    let mut journey = facts.journey.clone();
    journey.evidence = evidence;
    Ok(Box::new(facts::load(tools, Walk::New(journey), facts.tenant.clone(), facts.visitor.clone()).await?))
}

/// Somebody who proved a mailbox and then went away goes on where they were, for a day. Not where there is an account by now: then signing in is what is
/// left to do.
async fn adopt_sign_up(tools: &Tools, facts: Box<Facts>, latest: &Journey) -> Result<Box<Facts>, Fault> {
    let counts = |e: &&Evidence| {
        let of_account = matches!(e.what, Proved::SigningUp(_) | Proved::Mailbox(_) | Proved::PasswordChosen(_) | Proved::Described(_) | Proved::Forgotten);
        of_account || matches!(e.what, Proved::Permitted { .. } | Proved::TermsAccepted { .. })
    };
    let mut journey = facts.journey.clone();
    journey.purpose = Purpose::SignUp;
    journey.evidence = latest.evidence.iter().filter(counts).cloned().collect();
    // What was proved keeps its age: nothing is older than a day.
    let adopted = Box::new(facts::load(tools, Walk::New(journey), facts.tenant.clone(), facts.visitor.clone()).await?);
    let fresh = adopted.said().all(|e| facts.now.since(e.at) < Journey::LIFETIME);
    let goes_on = adopted.has_mailbox() && adopted.occupant.is_none() && fresh && !matches!(plan::next(&adopted), Next::Refuse(_));
    Ok(if goes_on { adopted } else { facts })
}

/// Open a journey that ends in the portal, for a browser that has nobody signed in, or whose proof is too old.
///
/// # Errors
/// The store failed.
pub async fn open_portal(tools: &Tools, tenant: &Loaded<Tenant>, purpose: Purpose, path: &str, visitor: &Visitor) -> Result<Authorized, Fault> {
    let journey = Journey {
        id: JourneyId(tools.entropy.name()),
        browser: visitor.browser.clone(),
        tenant: tenant.id,
        purpose,
        ending: Ending::Portal(path.to_owned()),
        started_at: tools.now(),
        evidence: Vec::new(),
        finished: false,
    };
    let mut facts = Box::new(facts::load(tools, Walk::New(journey), tenant.clone(), visitor.clone()).await?);
    if purpose == Purpose::SignIn && facts.subject().is_none() {
        let adopted = adopt(tools, facts.clone()).await?;
        if adopted.journey.purpose == Purpose::SignUp {
            facts = adopted;
        }
    }
    match plan::next(&facts) {
        Next::Finish => done(tools, facts).await,
        Next::Show(offer) => walk(tools, facts, offer.first).await,
        Next::Refuse(_) => walk(tools, facts, ScreenName::SignIn).await,
    }
}
