//! The account that a sign-up ends in: made of evidence, written once, with the session.

use super::{Tools, company::Affiliation, facts::Facts};
use crate::{
    crypto::Purpose as Sealed,
    model::{
        Account, AccountEmail, CompanyPlace, Credential, CredentialKind, Described, Evidence, Invitation, Membership, PostalAddress, Profile, Proved, Purpose,
        Subject,
    },
    values::Fault,
};

/// Who is new.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The person.
    pub account: Account,
    /// Their password.
    pub credential: Credential,
    /// Their place where they signed up, if that is not their home.
    pub membership: Option<Membership>,
    /// What they proved themselves with by choosing it.
    pub proof: Evidence,
}

/// Who is new at the end of this journey; `None` where it makes no account.
///
/// # Errors
/// The evidence does not come to an account, which the plan rules out, or a seal does not open.
pub fn made(facts: &Facts, tools: &Tools) -> Result<Option<Newcomer>, Fault> {
    if facts.journey.purpose != Purpose::SignUp {
        return Ok(None);
    }
    let incomplete = || Fault::new("a sign-up ended without what an account needs");
    let subject = facts.subject().ok_or_else(incomplete)?;
    let mut verified = None;
    let mut chosen = None;
    let mut described = None;
    for said in facts.said() {
        match &said.what {
            Proved::Mailbox(address) if Some(address) == facts.new_address() => verified = Some((address, said.at)),
            Proved::PasswordChosen(sealed) => chosen = Some((sealed, said.at)),
            Proved::Described(what) => described = Some(what),
            _ => {}
        }
    }
    // Whoever is invited by name does not say it again.
    let known = facts.invitation.as_ref().and_then(|invitation| invitation.names()).map(|(given, family)| Described {
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        locale: facts.visitor.locale,
        ..Described::default()
    });
    let described = described.or(known.as_ref());
    let ((address, verified_at), (sealed, chosen_at), described) =
        (verified.ok_or_else(incomplete)?, chosen.ok_or_else(incomplete)?, described.ok_or_else(incomplete)?);
    let phc = tools.sealer.open(Sealed::Draft, sealed).map_err(|error| Fault::because("a chosen password cannot be read", error))?;
    let phc = String::from_utf8(phc.expose().clone()).map_err(|error| Fault::because("a chosen password is none", error))?;
    let profile = Profile {
        given_name: Some(described.given_name.clone()),
        family_name: Some(described.family_name.clone()),
        birthdate: described.birthdate.clone(),
        ..Profile::default()
    };
    let lives_in = described.country.clone().map(|country| PostalAddress { country: Some(country), ..PostalAddress::default() });
    let account = Account {
        profile,
        locale: Some(described.locale),
        address: lives_in,
        marketing: described.marketing.clone(),
        emails: vec![AccountEmail { address: address.clone(), verified_at: Some(verified_at) }],
        ..Account::blank(subject, facts.now)
    };
    let kind = CredentialKind::Password { phc, must_change: false };
    let credential = Credential { subject, id: Credential::PASSWORD.to_owned(), kind, created_at: chosen_at };
    let membership = (subject.home != facts.tenant.id).then(|| place(facts, subject));
    let proof = Evidence { subject, at: chosen_at, what: Proved::Password };
    Ok(Some(Newcomer { account, credential, membership, proof }))
}

/// The place in a company that an invitation gives.
#[must_use]
pub fn invited_for(invitation: &Invitation) -> Option<CompanyPlace> {
    invitation.company.map(|id| CompanyPlace { id, administrator: false })
}

/// Somebody's place where the journey is.
#[must_use]
pub fn place(facts: &Facts, subject: Subject) -> Membership {
    let invitation = facts.invitation.as_ref();
    let roles = invitation.map(|invitation| invitation.roles.clone()).unwrap_or_default();
    let invited = invitation.and_then(|invitation| invited_for(invitation));
    let company = facts.company.as_ref().and_then(Affiliation::place).or(invited);
    Membership { tenant: facts.tenant.id, subject, roles, company, created_at: facts.now }
}
