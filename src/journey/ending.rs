//! What the evidence comes to: one batch. Pure; the caller adds the code, if there is one, and commits once.

use super::{
    agreements,
    facts::Facts,
    founding,
    newcomer::{self, Newcomer},
};
use crate::{
    model::{Consent, Device, EventName, Evidence, Proved, Session, Subject},
    storage::Batch,
    values::{Digest, Fault, SessionId, Timestamp},
};

/// How often a session in use is written down, in seconds.
const TOUCH: u64 = 300;

/// Randomness for a new session, made beforehand.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// Digest of the new cookie's token.
    pub digest: Digest,
    /// The name of a session that is new.
    pub sid: SessionId,
}

/// What the journey comes to.
#[derive(Debug)]
pub struct Ended {
    /// To be committed, with the code.
    pub batch: Batch,
    /// The session it ends in.
    pub session: Session,
    /// Is the session's cookie a new one?
    pub is_new: bool,
    /// The digest whose cookie it replaces.
    pub replaces: Option<Digest>,
}

/// Session, consent, browser, audit, and the journey finished.
///
/// # Errors
/// A record does not encode, or the journey is about nobody, which the plan rules out.
pub fn batch(facts: &Facts, fresh: &Fresh, newcomer: Option<&Newcomer>) -> Result<Ended, Fault> {
    let subject = facts.subject().ok_or_else(|| Fault::new("a journey ended about nobody"))?;
    let mut batch = Batch::new(facts.now);
    let counts = |e: &&Evidence| e.what.is_proof() || matches!(e.what, Proved::Stay(_) | Proved::TermsPutOff { .. });
    let mut new_proofs: Vec<Evidence> = facts.said().filter(counts).cloned().collect();
    if let Some(newcomer) = newcomer {
        new_proofs.insert(0, newcomer.proof.clone());
        settle(facts, newcomer, &mut batch)?;
    } else if facts.person.as_ref().is_some_and(|person| person.joins) {
        batch.insert(&newcomer::place(facts, subject))?;
    }
    if facts.is_invited() {
        redeem(facts, subject, newcomer, &mut batch)?;
    }
    if let Some(company) = founding::settle(facts, subject, &mut batch)? {
        batch.audit(&facts.event(EventName::CompanyCreated, subject).on("company", company))?;
        let mut role = facts.event(EventName::RoleAssigned, subject);
        role.reason = Some(format!("administrator of company {company}"));
        batch.audit(&role)?;
    }
    let ended = match facts.session() {
        Some(before) if !new_proofs.iter().any(|e| e.what.is_proof()) => {
            let mut session = (**before).clone();
            let noted = facts.request().is_some_and(|request| session.note_client(request.issuer, &request.client));
            session.proofs.extend(new_proofs.iter().filter(|e| matches!(e.what, Proved::TermsPutOff { .. })).cloned());
            if noted || session.proofs.len() != before.proofs.len() || facts.now.since(session.seen_at) >= TOUCH {
                session = touch(session, facts);
                batch.put(Some(before), &session)?;
            } else {
                batch.unchanged(before);
            }
            Ended { batch, session, is_new: false, replaces: None }
        }
        before => {
            let mut session = begin(facts, subject, fresh, new_proofs);
            if let Some(before) = before {
                session.sid = before.sid.clone();
                session.clients.clone_from(&before.clients);
                batch.delete(before);
            }
            if let Some(request) = facts.request() {
                session.note_client(request.issuer, &request.client);
            }
            batch.insert(&session)?;
            let stay_answered = facts.said().any(|e| matches!(e.what, Proved::Stay(_)));
            let device = facts.device.as_deref().cloned().unwrap_or_else(|| Device::new(facts.visitor.browser.clone(), facts.now));
            batch.put(facts.device.as_ref(), &device.remember(subject, facts.now, stay_answered))?;
            batch.audit(&facts.event(EventName::SigninSucceeded, subject).by(method(&session)))?;
            batch.audit(&facts.event(EventName::SessionCreated, subject).on("session", &session.sid))?;
            let replaces = before.map(|before| before.digest);
            Ended { batch, session, is_new: true, replaces }
        }
    };
    finish(facts, subject, ended)
}

/// How somebody signed in, as the audit trail says it.
fn method(session: &Session) -> &'static str {
    if session.proofs.iter().any(|e| e.what == Proved::Password) { "password" } else { "email_otp" }
}

/// Account, password and place, and what the audit trail says of them.
fn settle(facts: &Facts, newcomer: &Newcomer, batch: &mut Batch) -> Result<(), Fault> {
    let subject = newcomer.account.subject();
    batch.insert(&newcomer.account)?.insert(&newcomer.credential)?;
    if let Some(membership) = &newcomer.membership {
        batch.insert(membership)?;
    }
    for name in [EventName::EmailVerified, EventName::AccountCreated, EventName::PasswordSet] {
        batch.audit(&facts.event(name, subject))?;
    }
    Ok(())
}

/// The invitation is used up, and what it gives is given: all in the commit that makes the place.
fn redeem(facts: &Facts, subject: Subject, newcomer: Option<&Newcomer>, batch: &mut Batch) -> Result<(), Fault> {
    let over = |error| Fault::because("an invitation was redeemed that is over", error);
    let invitation = facts.invitation.clone().ok_or_else(|| Fault::new("an invitation was redeemed that is gone"))?;
    let (roles, company) = (invitation.roles.clone(), newcomer::invited_for(&invitation));
    batch.audit(&facts.event(EventName::InvitationRedeemed, subject).on("invitation", invitation.id))?;
    batch.update(invitation.try_map(|invitation| invitation.redeemed(subject, facts.now)).map_err(over)?)?;
    for role in &roles {
        let mut given = facts.event(EventName::RoleAssigned, subject);
        given.reason = serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned));
        batch.audit(&given)?;
    }
    // A new place has its roles and its company already; a home or a place of before gets them, and keeps the company it has.
    let Some(person) = facts.person.as_ref().filter(|person| newcomer.is_none() && !person.joins) else { return Ok(()) };
    if let Some(before) = &person.membership {
        let mut after = (**before).clone();
        after.roles.extend(roles);
        after.company = after.company.or(company);
        if after != **before {
            batch.put(Some(before), &after)?;
        }
    } else if person.account.home == facts.tenant.id && !roles.is_empty() {
        let mut after = (*person.account).clone();
        after.roles.extend(roles);
        batch.put(Some(&person.account), &after)?;
    }
    Ok(())
}

fn finish(facts: &Facts, subject: Subject, mut ended: Ended) -> Result<Ended, Fault> {
    let consented =
        facts.said().filter_map(|e| if let Proved::Consented { scopes, text_hash } = &e.what { Some((scopes, text_hash, e.at)) } else { None }).last();
    if let (Some((scopes, text_hash, at)), Some(client)) = (consented, &facts.client) {
        let before = facts.person.as_ref().and_then(|person| person.consent.as_ref());
        let consent = Consent {
            tenant: facts.tenant.id,
            subject,
            client: client.id.clone(),
            scopes: before.map_or_else(|| scopes.clone(), |before| before.scopes.with(scopes)),
            given_at: at,
            locale: facts.visitor.locale,
            text_hash: text_hash.clone(),
            client_version: client.updated_at,
            used_at: Some(facts.now),
        };
        ended.batch.put(before, &consent)?;
        ended.batch.audit(&facts.event(EventName::ConsentUserGranted, subject).on("client", &client.id))?;
    }
    if let Some(permission) = agreements::permission(facts, subject) {
        let before = facts.person.as_ref().and_then(|person| person.permission.as_ref());
        ended.batch.put(before, &permission)?;
        ended.batch.audit(&facts.event(EventName::ConsentOrgGranted, subject).on("tenant", facts.tenant.id))?;
    }
    for acceptance in agreements::accepted(facts, subject) {
        ended.batch.insert(&acceptance)?;
        let event = facts.event(EventName::TouAccepted, subject).on("terms", format!("{} {}", acceptance.document, acceptance.version));
        ended.batch.audit(&event)?;
    }
    if let Some(stored) = &facts.stored {
        let mut journey = facts.journey.clone();
        journey.finished = true;
        journey.evidence.retain(|e| !matches!(e.what, Proved::PasswordChosen(_) | Proved::CodeMailed { .. }));
        ended.batch.put(Some(stored), &journey)?;
    }
    Ok(ended)
}

fn begin(facts: &Facts, subject: Subject, fresh: &Fresh, proofs: Vec<Evidence>) -> Session {
    let stay = proofs.iter().any(|e| e.what == Proved::Stay(true));
    let session = Session {
        digest: fresh.digest,
        sid: fresh.sid.clone(),
        subject,
        browser: facts.visitor.browser.clone(),
        agent: facts.visitor.agent,
        proofs,
        clients: Vec::new(),
        stay,
        created_at: facts.now,
        seen_at: facts.now,
        console_at: None,
        idle_until: facts.now,
        until: Timestamp(0),
        ended: None,
    };
    touch(session, facts)
}

fn touch(mut session: Session, facts: &Facts) -> Session {
    let rules = &facts.tenant.settings;
    let (idle, most) = if session.stay { (rules.stay_max, rules.stay_max) } else { (rules.session_idle, rules.session_max) };
    session.seen_at = facts.now;
    // Browsers change their system seldom, and sessions of before this was noted have none.
    session.agent = facts.visitor.agent;
    session.until = session.created_at.plus(most);
    session.idle_until = facts.now.plus(idle).min(session.until);
    session
}
