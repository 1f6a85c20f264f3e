//! The company that somebody is invited for: one that is there, or what the inviter knows of it.

use super::InvitedFor;
use crate::{
    journey::Tools,
    model::{Company, CompanyDetails, CompanyState, Invitation},
    policy::{
        admin::{Place, Right},
        company::{LONGEST, Wrong, faults, tidied},
    },
    service::admin::{By, Refused, invalid},
    values::{CompanyId, EntropyExt as _, TenantId},
};

/// Which company it is.
pub(super) enum Named {
    /// One of the organisation.
    Known(CompanyId),
    /// One that the invited person is to make: it is kept with the invitation.
    Draft(Box<Company>),
}

impl Named {
    pub(super) fn id(&self) -> CompanyId {
        match self {
            Self::Known(id) => *id,
            Self::Draft(draft) => draft.id,
        }
    }

    pub(super) fn draft(&self) -> Option<&Company> {
        match self {
            Self::Known(_) => None,
            Self::Draft(draft) => Some(draft),
        }
    }
}

/// The company that is asked for, if it is one.
pub(super) async fn named(tools: &Tools, by: &By, tenant: TenantId, asked: Option<InvitedFor>) -> Result<Option<Named>, Refused> {
    let details = checked(asked.as_ref())?;
    Ok(match asked {
        None => None,
        Some(InvitedFor::Known(id)) => {
            let found = tools.reads().company(tenant, id).await?.ok_or_else(|| invalid("company", "is no company of this organisation"))?;
            may_join(by, &found)?;
            Some(Named::Known(id))
        }
        Some(InvitedFor::New(_)) => {
            let now = tools.now();
            details.map(|details| Named::Draft(Box::new(Company::draft(tenant, CompanyId(tools.entropy.uuid(now)), details, now))))
        }
    })
}

/// What is known of a new company, tidied; nothing where nothing is. It need not be complete, but what there is of it is right.
pub(super) fn checked(asked: Option<&InvitedFor>) -> Result<Option<CompanyDetails>, Refused> {
    let Some(InvitedFor::New(details)) = asked else { return Ok(None) };
    let details = tidied((**details).clone());
    let is_wrong = |(field, wrong): &(&str, Wrong)| *wrong != Wrong::Missing || !details.value(field).is_empty();
    if let Some((field, wrong)) = faults(&details).into_iter().find(is_wrong) {
        let column = CompanyDetails::FIELDS.iter().zip(CompanyDetails::COLUMNS).find(|(known, _)| **known == field).map_or("company", |(_, column)| *column);
        return Err(invalid(
            column,
            match wrong {
                Wrong::Missing => "is none of those that can be chosen".to_owned(),
                Wrong::TooLong => format!("is one line of at most {LONGEST} characters"),
                Wrong::Number => "contradicts itself or the country".to_owned(),
                Wrong::Phone => "is no telephone number of the country".to_owned(),
            },
        ));
    }
    Ok(Some(details).filter(|details| !details.filled().is_empty()))
}

/// Nobody gives a place in a company by invitation who could not give it by hand. A draft is nobody's yet.
fn may_join(by: &By, company: &Company) -> Result<(), Refused> {
    if company.state == CompanyState::Draft && company.created_by.is_none() { Ok(()) } else { by.must(Right::AccountWrite, Place::Tenant(company.tenant)) }
}

/// Whoever changes where a link goes, or sees it, could take the place for themselves.
pub(super) async fn may_let_in(tools: &Tools, by: &By, invitation: &Invitation) -> Result<(), Refused> {
    let Some(id) = invitation.company else { return Ok(()) };
    match tools.reads().company(invitation.tenant, id).await? {
        Some(company) => may_join(by, &company),
        None => Ok(()),
    }
}
