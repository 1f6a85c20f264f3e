//! A company is made, or put aside, in the commit that ends the journey; and whoever must hear of it is told in the same.

use super::{
    Letter, Tools,
    facts::Facts,
    hook::{self, Audience},
    newcomer::Newcomer,
};
use crate::{
    model::{Account, Company, CompanyAnswer, CompanyDetails, HookEvent, MailContent, Membership, Subject},
    storage::Batch,
    values::{CompanyId, Fault},
};

/// Company and place; answers with the company that is made. The membership of somebody who is new here is written elsewhere, with the same place in it.
///
/// # Errors
/// A record does not encode.
pub fn settle(facts: &Facts, subject: Subject, batch: &mut Batch) -> Result<Option<CompanyId>, Fault> {
    let Some(affiliation) = &facts.company else { return Ok(None) };
    let (id, change): (CompanyId, Box<dyn FnOnce(Company) -> Company>) = match affiliation.answer.clone() {
        Some(CompanyAnswer::Create { id, details, number }) => (id, Box::new(move |company| company.made(details, number, subject, facts.now))),
        Some(CompanyAnswer::Later { id, details }) => (id, Box::new(move |company| company.saved(details, facts.now))),
        Some(CompanyAnswer::Asked) | None => return Ok(None),
    };
    match affiliation.company.clone().filter(|company| company.id == id) {
        Some(before) => batch.update(before.map(change))?,
        None => batch.insert(&change(Company::draft(facts.tenant.id, id, CompanyDetails::default(), facts.now)))?,
    };
    let place = affiliation.place();
    if let Some(membership) = affiliation.membership.clone().filter(|membership| membership.company != place) {
        batch.update(membership.map(|membership| Membership { company: place, ..membership }))?;
    }
    Ok(made(facts).map(|(id, _)| id))
}

/// The company that this journey makes.
fn made(facts: &Facts) -> Option<(CompanyId, &str)> {
    match facts.company.as_ref()?.answer.as_ref()? {
        CompanyAnswer::Create { id, details, .. } => Some((*id, details.legal_name.as_str())),
        CompanyAnswer::Later { .. } | CompanyAnswer::Asked => None,
    }
}

/// Its maker by mail, the organisation's applications by webhook.
///
/// # Errors
/// The store failed, or something does not encode.
pub async fn tell(tools: &Tools, facts: &Facts, newcomer: Option<&Newcomer>, batch: &mut Batch) -> Result<(), Fault> {
    let (Some((company, name)), Some(subject)) = (made(facts), facts.subject()) else { return Ok(()) };
    let account: Option<&Account> = newcomer.map(|newcomer| &newcomer.account).or_else(|| facts.person.as_ref().map(|person| &*person.account));
    let content = MailContent::CompanyReady { company: name.to_owned() };
    Letter::to_account(content, account, &facts.tenant).with_link(format!("{}/account", tools.public_url)).post(tools, batch, facts.now)?;
    let event = HookEvent::CompanyCreated { tenant: facts.tenant.id, company, account: subject.id };
    hook::append(tools, batch, &event, Audience::Everyone).await?;
    Ok(())
}
