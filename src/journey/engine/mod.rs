//! What every screen would otherwise repeat, once: load, check the browser, plan, refuse what is not on offer, count a guess before it is judged, commit what
//! was proved, and tell only then.

mod dispatch;

pub use dispatch::samples;

use super::{
    Tools, agreements,
    facts::{self, Facts, Visitor, Walk},
    guess::{self, Guesser},
    mail_code::{self, CodeCounted},
    plan::{self, Next},
    screen::{At, Guess, Offer, Outcome, Proof, Rejected, Verdict},
};
use crate::{
    model::{EventName, Evidence, Outcome as Went, Proved, Purpose, ScreenName, StepName},
    pages::{Complaint, Content, Form},
    storage::{Batch, CommitError},
    values::{Fault, JourneyId, Timestamp},
};

/// What the web answers.
#[derive(Debug)]
pub enum Reply {
    /// A page of the journey.
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
    /// Go and look at this screen.
    Go(ScreenName),
    /// Everything is settled: finish.
    Finish(Box<Facts>),
    /// Nothing good.
    Refuse(Verdict, Box<Facts>),
    /// Wait.
    Wait {
        /// Until then.
        until: Timestamp,
        /// For the frame.
        facts: Box<Facts>,
    },
    /// There is no such journey for this browser any more.
    Gone,
}

/// Load a journey for its own browser; `None` for any other, and when it is finished.
///
/// # Errors
/// The store failed.
pub async fn load(id: &JourneyId, visitor: &Visitor, tools: &Tools) -> Result<Option<Box<Facts>>, Fault> {
    let reads = tools.reads();
    let Some(journey) = reads.journey(id).await?.filter(|journey| journey.browser == visitor.browser && !journey.finished) else { return Ok(None) };
    let Some(tenant) = reads.tenant(journey.tenant).await? else { return Ok(None) };
    let mut facts = Box::new(facts::load(tools, Walk::Stored(journey), tenant, visitor.clone()).await?);
    if facts.subject().is_none() {
        facts::load_known(tools, &mut facts).await?;
    }
    if matches!(plan::next(&facts), Next::Show(offer) if offer.step == StepName::Terms) {
        read_terms(tools, &mut facts).await?;
    }
    Ok(Some(facts))
}

/// The text of the terms of use that are to be read: long, and so loaded only where it is shown.
async fn read_terms(tools: &Tools, facts: &mut Facts) -> Result<(), Fault> {
    let Some(due) = agreements::terms(facts) else { return Ok(()) };
    let (document, issue) = (due.document.clone(), due.issue.clone());
    facts.terms.read(tools, (&document, &issue), facts.visitor.locale, facts.now).await?;
    Ok(())
}

/// What the plan says, as a reply.
#[must_use]
pub fn reply(facts: Box<Facts>) -> Reply {
    match plan::next(&facts) {
        Next::Show(offer) => Reply::Go(offer.first),
        Next::Refuse(verdict) => Reply::Refuse(verdict, facts),
        Next::Finish => Reply::Finish(facts),
    }
}

fn page(screen: ScreenName, offer: &Offer, form: Form, facts: Box<Facts>, tools: &Tools) -> Result<Reply, Fault> {
    let form = match dispatch::standing_complaint(screen, &facts) {
        Some(complaint) if form.complaints.iter().all(|said| said.complaint != complaint) => form.complaining(complaint, None),
        _ => form,
    };
    let complaint = form.complaints.first().map(|marked| marked.complaint.clone());
    let words = tools.pages.words(facts.visitor.locale)?;
    let content = dispatch::page(&At { facts: &facts, offer, screen, form, words, left: 0 });
    Ok(Reply::Page { screen, content, complaint, facts })
}

/// GET: the screen asked for, if it is on offer, else the way to the first. Writes nothing.
///
/// # Errors
/// The store failed.
pub async fn show(id: &JourneyId, screen: ScreenName, visitor: &Visitor, tools: &Tools) -> Result<Reply, Fault> {
    let Some(facts) = load(id, visitor, tools).await? else { return Ok(Reply::Gone) };
    match plan::next(&facts) {
        Next::Show(offer) if offer.allows(screen) => page(screen, &offer, Form::default(), facts, tools),
        _ => Ok(reply(facts)),
    }
}

/// The screen again with a complaint that is not about what was typed: a stale form. What was typed stays.
///
/// # Errors
/// The store failed.
pub async fn complain(
    id: &JourneyId,
    screen: ScreenName,
    posted: &[(String, String)],
    complaint: Complaint,
    context: (&Visitor, &Tools),
) -> Result<Reply, Fault> {
    let (visitor, tools) = context;
    let Some(facts) = load(id, visitor, tools).await? else { return Ok(Reply::Gone) };
    match plan::next(&facts) {
        Next::Show(offer) if offer.allows(screen) => {
            let form = Form::keeping(posted, dispatch::kept(screen)).complaining(complaint, None);
            page(screen, &offer, form, facts, tools)
        }
        _ => Ok(reply(facts)),
    }
}

/// How often a lost race is run again: each loss means that somebody else moved on.
const ROUNDS: usize = 100;

/// POST: judge, remember, plan again. The outcome is told only after the commit, so a racing guess is judged again.
///
/// # Errors
/// The store failed.
pub async fn answer(id: &JourneyId, screen: ScreenName, posted: &[(String, String)], visitor: &Visitor, tools: &Tools) -> Result<Reply, Fault> {
    for _ in 0..ROUNDS {
        let Some(facts) = load(id, visitor, tools).await? else { return Ok(Reply::Gone) };
        let action = posted.iter().find(|(name, _)| name == "action").map_or("", |(_, value)| value.as_str());
        if action == "other_account" {
            if let Some(done) = forget(facts, tools).await? {
                return Ok(done);
            }
            continue;
        }
        let offer = match plan::next(&facts) {
            Next::Show(offer) if offer.allows(screen) => offer,
            _ => return Ok(reply(facts)),
        };
        let guess = dispatch::guess(screen, posted, &facts);
        // Held until the guess is judged.
        let admission = (guess == Some(Guess::Password)).then(|| tools.hasher.admit()).flatten();
        let mut left = 0;
        if let Some(Guess::Code(of)) = guess {
            match mail_code::count(&facts, tools, of).await? {
                CodeCounted::Go { left: after } => left = after,
                CodeCounted::Spent { seconds } => {
                    let form = Form::keeping(posted, dispatch::kept(screen)).complaining(Complaint::CodeSpent { seconds }, Some("code"));
                    return page(screen, &offer, form, facts, tools);
                }
                CodeCounted::Wait(until) => return Ok(Reply::Wait { until, facts }),
                CodeCounted::Lost => continue,
            }
        }
        if guess == Some(Guess::Password) {
            if admission.is_none() {
                let form = Form::keeping(posted, dispatch::kept(screen)).complaining(Complaint::Busy, None);
                return page(screen, &offer, form, facts, tools);
            }
            match guess::count(&Guesser::of(&facts), tools).await? {
                guess::Counted::Go => {}
                guess::Counted::Wait(until) => return Ok(Reply::Wait { until, facts }),
                guess::Counted::Lost => continue,
            }
        }
        if let Some(done) = judge((screen, guess, left), &offer, posted, facts, tools).await? {
            return Ok(done);
        }
    }
    Err(Fault::new("a journey was too busy"))
}

/// Judge one answer and commit what it comes to; `None` when the commit lost a race.
async fn judge(
    (screen, guess, left): (ScreenName, Option<Guess>, u32),
    offer: &Offer,
    posted: &[(String, String)],
    facts: Box<Facts>,
    tools: &Tools,
) -> Result<Option<Reply>, Fault> {
    let form = Form::keeping(posted, dispatch::kept(screen));
    let words = tools.pages.words(facts.visitor.locale)?;
    let outcome = dispatch::answer(posted, &At { facts: &facts, offer, screen, form: form.clone(), words, left }, tools).await;
    let mut facts = facts;
    match outcome {
        Ok(Outcome::Turn(to)) if offer.allows(to) => Ok(Some(Reply::Go(to))),
        Ok(Outcome::Turn(_)) => Ok(Some(Reply::Go(offer.first))),
        Ok(Outcome::Become(purpose)) => {
            facts.journey.purpose = purpose;
            remember(facts, None, None, tools).await
        }
        Ok(Outcome::Proved(proof)) => prove(proof, facts, tools).await,
        Err(Rejected::Complaint { complaint, field, also }) => {
            let mut batch = also.unwrap_or_else(|| Batch::new(facts.now));
            if complaint == Complaint::BadCredentials {
                let event = facts.subject().map(|subject| facts.event(EventName::SigninFailed, subject));
                guess::failed(&Guesser::of(&facts), event, tools, &mut batch).await?;
            }
            if let (Some(Guess::Code(of)), Complaint::Code { .. } | Complaint::CodeSpent { .. }) = (guess, &complaint) {
                let is_dead = matches!(complaint, Complaint::CodeSpent { .. });
                mail_code::failed(&facts, tools, of, is_dead, &mut batch).await?;
            }
            if !batch.is_empty() {
                match tools.store.commit(batch).await {
                    Ok(()) => {}
                    Err(CommitError::Conflict(_)) => return Ok(None),
                    Err(error) => return Err(error.into()),
                }
            }
            page(screen, offer, form.complaining(complaint, field), facts, tools).map(Some)
        }
        Err(Rejected::Fault(fault)) => Err(fault),
    }
}

async fn prove(proof: Proof, mut facts: Box<Facts>, tools: &Tools) -> Result<Option<Reply>, Fault> {
    let mut batch = proof.also.unwrap_or_else(|| Batch::new(facts.now));
    let subject = proof.subject.or_else(|| facts.subject());
    if let Some(subject) = subject {
        let at = facts.now;
        if proof.proved.iter().any(|what| matches!(what, Proved::Password | Proved::NewPassword)) {
            guess::succeeded(&Guesser::of(&facts), tools, &mut batch).await?;
        }
        facts.journey.evidence.extend(proof.proved.into_iter().map(|what| Evidence { subject, at, what }));
    }
    facts.journey.purpose = proof.becomes.unwrap_or(facts.journey.purpose);
    remember(facts, Some(batch), proof.then, tools).await
}

/// Commit the journey with what goes with it, and plan again on fresh facts.
async fn remember(facts: Box<Facts>, batch: Option<Batch>, then: Option<ScreenName>, tools: &Tools) -> Result<Option<Reply>, Fault> {
    let mut batch = batch.unwrap_or_else(|| Batch::new(facts.now));
    batch.put(facts.stored.as_ref(), &facts.journey)?;
    match tools.store.commit(batch).await {
        Ok(()) => {}
        Err(CommitError::Conflict(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let Some(facts) = load(&facts.journey.id, &facts.visitor, tools).await? else { return Ok(Some(Reply::Gone)) };
    match (plan::next(&facts), then) {
        (Next::Show(offer), Some(screen)) if offer.allows(screen) => Ok(Some(Reply::Go(screen))),
        _ => Ok(Some(reply(facts))),
    }
}

/// «Utiliser un autre compte»: nobody is meant any more, so nothing that was proved counts. Whoever was making an account has one, then; whoever forgot a password
/// has another one.
async fn forget(mut facts: Box<Facts>, tools: &Tools) -> Result<Option<Reply>, Fault> {
    if matches!(facts.journey.purpose, Purpose::SignUp | Purpose::Reset) {
        facts.journey.purpose = Purpose::SignIn;
    }
    if let Some(subject) = facts.subject() {
        facts.journey.evidence.push(Evidence { subject, at: facts.now, what: Proved::Forgotten });
    }
    remember(facts, None, None, tools).await
}

/// What the audit trail says of a journey that comes to nothing: for each thing that was refused, its own event.
fn denied(facts: &Facts, verdict: Verdict) -> Vec<EventName> {
    let Verdict::Declined(step) = verdict else { return vec![EventName::SigninBlocked] };
    let said = facts.said().filter_map(|e| if let Proved::Declined(step) = e.what { Some(step) } else { None });
    let mut names: Vec<EventName> = Vec::new();
    for step in std::iter::once(step).chain(said) {
        let name = match step {
            StepName::OrgConsent => EventName::ConsentOrgDenied,
            StepName::Terms => EventName::TouDeclined,
            _ => EventName::ConsentUserDenied,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// «Annuler» or «Revenir à l'application»: finish the journey without a session or a code.
///
/// # Errors
/// The store failed.
pub async fn leave(facts: &Facts, verdict: Verdict, tools: &Tools) -> Result<bool, Fault> {
    let Some(stored) = &facts.stored else { return Ok(true) };
    let mut batch = Batch::new(facts.now);
    let mut journey = facts.journey.clone();
    journey.finished = true;
    batch.put(Some(stored), &journey)?;
    if let Some(subject) = facts.subject() {
        for name in denied(facts, verdict) {
            batch.audit(&facts.event(name, subject).failed(Went::Refused, verdict.reason()))?;
        }
    }
    match tools.store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
