//! What a person has to agree to on the way into an application, and what the agreements come to when the journey ends.
//!
//! Steps that need each other's answer (S-CONSENT-BOTH) ask here, not each other.

use super::facts::Facts;
use crate::{
    model::{AcceptedHow, Ending, OrganisationConsent, PermissionItem, Proved, Subject, TermsAcceptance, TermsDocument, TermsIssue},
    policy::{
        app_consent::{ConsentVerdict, app_consent},
        org_consent::{OrgConsent, org_consent},
        terms as policy,
    },
    values::{Prompt, Scopes},
};

/// What is due for the client of this journey, after what was agreed to here.
#[must_use]
pub fn app(facts: &Facts) -> ConsentVerdict {
    let Some(client) = &facts.client else { return ConsentVerdict::Settled };
    let requested = facts.scopes();
    if facts.said().any(|e| matches!(&e.what, Proved::Consented { scopes, .. } if requested.is_within(scopes))) {
        return ConsentVerdict::Settled;
    }
    let given = facts.person.as_ref().and_then(|person| person.consent.as_ref()).map_or_else(Scopes::default, |consent| consent.scopes.clone());
    app_consent(client, &facts.tenant.settings, &requested, &given, facts.prompted(Prompt::Consent))
}

/// What is due for the organisation, after what was agreed to here. Nobody is asked on the way to the portal, which is ours.
#[must_use]
pub fn organisation(facts: &Facts) -> OrgConsent {
    let Some(subject) = facts.subject().filter(|_| matches!(facts.journey.ending, Ending::Return(_))) else { return OrgConsent::Settled };
    let given = facts.person.as_ref().and_then(|person| person.permission.as_deref());
    let said = permission(facts, subject);
    org_consent(&facts.tenant, subject.home, said.as_ref().or(given), matches!(app(facts), ConsentVerdict::Ask { .. }))
}

/// The permission that was given in this journey.
#[must_use]
pub fn permission(facts: &Facts, subject: Subject) -> Option<OrganisationConsent> {
    facts
        .said()
        .filter_map(|e| match &e.what {
            Proved::Permitted { statement_version, text_hash, locale } => Some(OrganisationConsent {
                tenant: facts.tenant.id,
                subject,
                items: PermissionItem::ALL.to_vec(),
                statement_version: *statement_version,
                text_hash: text_hash.clone(),
                locale: *locale,
                given_at: e.at,
            }),
            _ => None,
        })
        .last()
}

/// A document that has to be accepted.
#[derive(Clone, Copy, Debug)]
pub struct TermsOwed<'a> {
    /// Which.
    pub document: &'a TermsDocument,
    /// Which version of it.
    pub issue: &'a TermsIssue,
    /// May it wait for a while yet?
    pub may_wait: bool,
}

/// The first terms of use that are due, after what was accepted or put off here. What may wait does not stop a client that wants no page.
#[must_use]
pub fn terms(facts: &Facts) -> Option<TermsOwed<'_>> {
    let since = facts.person.as_ref().map_or(facts.now, |person| person.since);
    let put_off = |document: &TermsDocument, number: u32| {
        let same = |what: &Proved| matches!(what, Proved::TermsPutOff { document: id, version } if *id == document.id && *version == number);
        facts.prompted(Prompt::None) || facts.proofs().any(|e| same(&e.what))
    };
    let accepted = |document: &TermsDocument, number: u32| {
        facts.said().any(|e| matches!(&e.what, Proved::TermsAccepted { document: id, version, .. } if *id == document.id && *version >= number))
    };
    facts.terms.documents.iter().find_map(|document| {
        let due = policy::due(document, &facts.terms.accepted, since, facts.now)?;
        let is_settled = accepted(document, due.issue.number) || due.may_wait && put_off(document, due.issue.number);
        (!is_settled).then_some(TermsOwed { document, issue: due.issue, may_wait: due.may_wait })
    })
}

/// The acceptances of this journey, as they are kept.
pub fn accepted(facts: &Facts, subject: Subject) -> impl Iterator<Item = TermsAcceptance> {
    facts.said().filter_map(move |e| match &e.what {
        Proved::TermsAccepted { document, version, locale, hash, ip } => Some(TermsAcceptance {
            tenant: facts.tenant.id,
            subject,
            document: document.clone(),
            version: *version,
            locale: *locale,
            hash: hash.clone(),
            at: e.at,
            ip: ip.clone(),
            how: AcceptedHow::Shown,
        }),
        _ => None,
    })
}
