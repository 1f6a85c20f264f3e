//! «Commencer»: the journey that ends in the place.

use super::{Found, Here, Seen, here, look};
use crate::{
    journey::{
        Tools, engine,
        facts::{self, Facts, PERSONAL, Visitor, Walk},
        invited,
        mail_code::{self, Sending, Wanted},
        plan::{self, Next},
    },
    model::{Actor, ActorKind, Ending, EventName, Evidence, Invitation, InvitationProof, InvitedTo, Journey, Proved, Purpose, ScreenName, SessionEnd, Subject},
    service::{
        journey::{self, Destination, Ended, Finished},
        sign_out::{self, Asked},
    },
    storage::{Batch, CommitError, Loaded},
    values::{AccountId, Digest, EntropyExt as _, Fault, JourneyId},
};

/// How often a lost race is run again.
const ROUNDS: usize = 20;

/// What came of it.
#[derive(Debug)]
pub enum Begun {
    /// To the pages.
    Walk {
        /// Which journey.
        journey: JourneyId,
        /// Its first page.
        first: ScreenName,
    },
    /// Somebody who is signed in has it with one click.
    Done(Box<Finished>),
    /// No code can be mailed for so many seconds.
    Wait(Box<Seen>, u64),
    /// It is not as it was.
    Not(Found),
}

/// Begin, or go on where it was begun in this browser.
///
/// # Errors
/// The store failed.
pub async fn begin(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Begun, Fault> {
    for _ in 0..ROUNDS {
        let seen = match look(tools, presented, visitor).await? {
            Found::Open(seen) => seen,
            other => return Ok(Begun::Not(other)),
        };
        if let Some(begun) = resumed(tools, &seen, visitor).await? {
            return Ok(begun);
        }
        let (facts, code) = match made(tools, &seen, visitor).await? {
            Made::Facts(facts, code) => (facts, code),
            Made::Wait(seconds) => return Ok(Begun::Wait(seen, seconds)),
        };
        let first = match plan::next(&facts) {
            Next::Finish => match journey::finish(tools, facts).await? {
                Ended::Finished(finished) => return Ok(Begun::Done(finished)),
                Ended::Not(_) => continue,
            },
            Next::Show(offer) => offer.first,
            Next::Refuse(_) => ScreenName::SignIn,
        };
        if walks(tools, &seen, &facts, code).await? {
            return Ok(Begun::Walk { journey: facts.journey.id, first });
        }
    }
    Err(Fault::new("an invitation was too busy"))
}

/// The journey of this browser that was begun with this invitation.
async fn resumed(tools: &Tools, seen: &Seen, visitor: &Visitor) -> Result<Option<Begun>, Fault> {
    let begun = tools.reads().journeys_of(&visitor.browser, seen.tenant.id).await?;
    let is_its = |journey: &&Loaded<Journey>| matches!(&journey.ending, Ending::Invited(to) if to.invitation == seen.invitation.id);
    let Some(latest) = begun.iter().filter(is_its).max_by_key(|journey| journey.started_at) else { return Ok(None) };
    let Some(facts) = engine::load(&latest.id, visitor, tools).await? else { return Ok(None) };
    Ok(match plan::next(&facts) {
        Next::Show(offer) => Some(Begun::Walk { journey: facts.journey.id.clone(), first: offer.first }),
        Next::Finish | Next::Refuse(_) => None,
    })
}

enum Made {
    Facts(Box<Facts>, Option<Batch>),
    Wait(u64),
}

/// The journey, not stored yet: signing in where there is an account with the address, else signing up; the address is fixed in both.
async fn made(tools: &Tools, seen: &Seen, visitor: &Visitor) -> Result<Made, Fault> {
    let (now, invitation) = (tools.now(), &seen.invitation);
    let signed_in = here(tools, visitor).await?.into_iter().find(|one| one.has(&invitation.email));
    let account = match &signed_in {
        Some(Here { account, .. }) => Some(account.clone()),
        None => facts::account_of(tools, seen.tenant.id, &invitation.email, now).await?,
    };
    let (purpose, subject, what) = match (&signed_in, &account) {
        (Some(Here { session, .. }), _) => (Purpose::SignIn, session.subject, Proved::Chosen),
        (None, Some(account)) => (Purpose::SignIn, account.subject(), Proved::Identified(invitation.email.spelt().to_owned())),
        (None, None) => {
            let home = tools.reads().tenant_named(PERSONAL).await?.ok_or_else(|| Fault::new("the tenant of personal accounts is missing"))?;
            let subject = Subject { home: home.id, id: AccountId(tools.entropy.uuid(now)) };
            (Purpose::SignUp, subject, Proved::SigningUp(invitation.email.clone()))
        }
    };
    let mut begun = Journey {
        id: JourneyId(tools.entropy.name()),
        browser: visitor.browser.clone(),
        tenant: seen.tenant.id,
        purpose,
        ending: Ending::Invited(InvitedTo { invitation: invitation.id, client: seen.client.as_ref().map(|client| client.id.clone()) }),
        started_at: now,
        evidence: vec![Evidence { subject, at: now, what }],
        finished: false,
    };
    let mut code = None;
    if purpose == Purpose::SignUp {
        let is_proved = invitation.left_by_mail_only() && seen.tenant.settings.invitation_proof == InvitationProof::Link;
        let what = if is_proved {
            Proved::Mailbox(invitation.email.clone())
        } else {
            let facts = facts::load(tools, Walk::New(begun.clone()), seen.tenant.clone(), visitor.clone()).await?;
            match mail_code::send(&facts, tools, &Wanted::Address(subject, &invitation.email)).await? {
                // Only of a code of the same journey, and this one is new.
                Sending::Held => return Ok(Made::Wait(seen.tenant.settings.mail_code_pause)),
                Sending::Wait(seconds) => return Ok(Made::Wait(seconds)),
                Sending::Suspect(what) => what,
                Sending::Mailed(what, batch) => {
                    code = Some(batch);
                    what
                }
            }
        };
        begun.evidence.push(Evidence { subject, at: now, what });
    }
    let facts = facts::load(tools, Walk::New(begun), seen.tenant.clone(), visitor.clone()).await?;
    Ok(Made::Facts(Box::new(facts), code))
}

/// Remember the journey, and that somebody came; `false` when somebody else changed the invitation at the same moment.
async fn walks(tools: &Tools, seen: &Seen, facts: &Facts, code: Option<Batch>) -> Result<bool, Fault> {
    let mut batch = code.unwrap_or_else(|| Batch::new(facts.now));
    batch.insert(&facts.journey)?;
    let actor = Actor { kind: ActorKind::Person, id: None };
    let mut opened =
        invited::event(&seen.invitation, EventName::InvitationOpened, actor, facts.now).from(facts.visitor.ip.as_deref(), facts.visitor.correlation.as_deref());
    opened.journey = Some(facts.journey.id.to_string());
    batch.audit(&opened)?;
    let now = facts.now;
    if seen.invitation.opened_at.is_none() {
        batch.update(invited::changed(seen.invitation.clone(), |invitation: &mut Invitation| invitation.opened_at = Some(now)))?;
    } else {
        batch.unchanged(&seen.invitation);
    }
    match tools.store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Sign all others out of this browser than whom the invitation is for. Answers with whose cookies end.
///
/// # Errors
/// The store failed.
pub async fn leave_others(tools: &Tools, presented: &str, visitor: &Visitor) -> Result<Vec<Digest>, Fault> {
    let Found::Wrong(seen, _) = look(tools, presented, visitor).await? else { return Ok(Vec::new()) };
    let mut ended = Vec::new();
    for other in here(tools, visitor).await?.into_iter().filter(|one| !one.has(&seen.invitation.email)) {
        let asked = Asked {
            tenant: other.session.subject.home,
            actor: Actor::person(other.session.subject),
            client: None,
            ip: visitor.ip.clone(),
            correlation: visitor.correlation.clone(),
        };
        ended.push(other.session.digest);
        sign_out::end_session(tools, other.session, SessionEnd::SignedOut, &asked).await?;
    }
    Ok(ended)
}

/// Back to the page of the invitation: the journey is over, and another one can be begun.
pub(in crate::service) async fn again(tools: &Tools, facts: Box<Facts>) -> Result<Finished, Fault> {
    if let Some(stored) = &facts.stored {
        let mut batch = Batch::new(facts.now);
        let mut journey = facts.journey.clone();
        journey.finished = true;
        batch.put(Some(stored), &journey)?;
        match tools.store.commit(batch).await {
            Ok(()) | Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let newest = facts.invitation.as_ref().map(|invitation| invited::newest(tools, invitation)).transpose()?.flatten();
    let path = newest.map_or_else(|| "/account".to_owned(), |made| format!("/i/{}", made.token.expose()));
    Ok(Finished { destination: Destination::Portal(path), session: None, facts })
}
