//! For which company somebody comes to an organisation: what is known of it, as the step and the ending need it.

use super::Tools;
use crate::{
    model::{Company, CompanyAnswer, CompanyPlace, CompanyState, Membership},
    storage::{Loaded, StoreError},
    values::{TenantId, Timestamp},
};

/// A person and their company, where the organisation wants to know it.
#[derive(Clone, Debug)]
pub struct Affiliation {
    /// Their place in the organisation.
    pub membership: Option<Loaded<Membership>>,
    /// Their company: there, or prefilled by who invited them, or saved by themselves.
    pub company: Option<Loaded<Company>>,
    /// Another company with the number that they gave.
    pub twin: Option<Loaded<Company>>,
    /// What they said of it last.
    pub answer: Option<CompanyAnswer>,
}

impl Affiliation {
    /// Must the person still say something? Not where their company is there, and not where they put it off or asked for a place in another.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        if self.company.as_ref().is_some_and(|company| company.state == CompanyState::Active) {
            return false;
        }
        match &self.answer {
            Some(CompanyAnswer::Create { .. }) => self.twin.is_some(),
            Some(CompanyAnswer::Later { .. } | CompanyAnswer::Asked) => false,
            None => true,
        }
    }

    /// The place in a company that the person's membership is to have after this journey.
    #[must_use]
    pub fn place(&self) -> Option<CompanyPlace> {
        match &self.answer {
            Some(CompanyAnswer::Create { id, .. }) => Some(CompanyPlace { id: *id, administrator: true }),
            Some(CompanyAnswer::Later { id, .. }) => Some(CompanyPlace { id: *id, administrator: false }),
            Some(CompanyAnswer::Asked) | None => {
                let before = self.membership.as_ref().and_then(|membership| membership.company);
                before.or_else(|| self.company.as_ref().map(|company| CompanyPlace { id: company.id, administrator: false }))
            }
        }
    }
}

/// What is known of the company that their place in the organisation names.
///
/// # Errors
/// The store failed.
pub async fn load(
    tools: &Tools,
    tenant: TenantId,
    membership: Option<Loaded<Membership>>,
    answer: Option<CompanyAnswer>,
    now: Timestamp,
) -> Result<Affiliation, StoreError> {
    let reads = tools.store.reads(now);
    let named = membership.as_ref().and_then(|membership| membership.company.map(|place| place.id));
    let company = match named {
        Some(id) => reads.company(tenant, id).await?,
        None => None,
    };
    let twin = match &answer {
        Some(CompanyAnswer::Create { id, details, number: Some(number) }) => {
            reads.company_by_number(tenant, &details.country, number).await?.filter(|company| company.id != *id)
        }
        _ => None,
    };
    Ok(Affiliation { membership, company, twin, answer })
}
