//! Companies, as administrators see them.

use serde::Serialize;

use super::{By, Page, PageAsked, Refused, Shown, commit, page, tenant};
use crate::{
    journey::{Tools, facts::PERSONAL},
    model::{Company, CompanyDetails, CompanyPlace, CompanyState, EventName, Membership, Subject, Tenant},
    policy::admin::Right,
    storage::{Batch, Loaded},
    values::{AccountId, CompanyId, Email, TenantId, Timestamp, folded},
};

/// A company as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CompanyShown {
    /// Its name: `company_id` in tokens.
    #[schema(value_type = String)]
    pub id: CompanyId,
    /// Is it there?
    pub state: CompanyState,
    /// What is known of it.
    pub details: CompanyDetails,
    /// Which fields an inviter filled in.
    pub filled: Vec<String>,
    /// Who made it; absent while nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub created_by: Option<AccountId>,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

fn shown_at(rev: u64, company: &Company) -> Shown<CompanyShown> {
    let it = CompanyShown {
        id: company.id,
        state: company.state,
        details: company.details.clone(),
        filled: company.filled.filled().into_iter().collect(),
        created_by: company.created_by.map(|subject| subject.id),
        created_at: company.created_at,
        updated_at: company.updated_at,
    };
    Shown { rev, it }
}

async fn find(tools: &Tools, tenant: TenantId, id: &str) -> Result<Loaded<Company>, Refused> {
    let id: CompanyId = id.parse().map_err(|_| Refused::NotFound)?;
    tools.reads().company(tenant, id).await?.ok_or(Refused::NotFound)
}

/// The companies of an organisation, drafts among them.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<CompanyShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().companies(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// The most that is looked at for one part of what was found.
const LOOKED_AT: usize = 1000;
/// How many stand in one part.
const PART: usize = 50;

/// The companies in whose names or numbers this stands, case, accents and spaces apart. A part may be short, or empty, and still have a next one: no request reads
/// all of them.
///
/// # Errors
/// See [`Refused`].
pub async fn search(tools: &Tools, by: &By, name: &str, typed: &str, after: Option<&str>) -> Result<Page<Shown<CompanyShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let plain = |text: &str| folded(text).split_whitespace().collect::<String>();
    let wanted = plain(typed);
    let takes = |company: &Company| {
        let details = &company.details;
        wanted.is_empty() || [&details.legal_name, &details.trade_name, &details.reg_no, &details.vat_no].into_iter().any(|text| plain(text).contains(&wanted))
    };
    let mut asked = PageAsked { after: after.map(str::to_owned), limit: Some(PART) };
    let (mut items, mut looked_at) = (Vec::new(), 0);
    loop {
        let paging = asked.paging()?;
        let rows = tools.reads().companies(tenant.id, paging).await?;
        looked_at += rows.len();
        let some = page(rows, PART, |row| takes(&row).then(|| shown_at(row.version(), &row)));
        items.extend(some.items.into_iter().flatten());
        // A whole part is read before it is given: so it may hold up to twice as many.
        if some.next.is_none() || items.len() >= PART || looked_at >= LOOKED_AT {
            return Ok(Page { items, next: some.next });
        }
        asked.after = some.next;
    }
}

/// Who made it, as they sign in.
///
/// # Errors
/// See [`Refused`].
pub async fn maker(tools: &Tools, by: &By, name: &str, id: &str) -> Result<Option<String>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let Some(subject) = find(tools, tenant.id, id).await?.created_by else { return Ok(None) };
    Ok(tools.reads().account(subject).await?.map(|account| account.identifier()))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, id: &str) -> Result<Shown<CompanyShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let found = find(tools, tenant.id, id).await?;
    Ok(shown_at(found.version(), &found))
}

/// Give somebody who has a place in the organisation a place in the company: what its administrator was asked for.
///
/// # Errors
/// See [`Refused`].
pub async fn admit(tools: &Tools, by: &By, name: &str, (company, account): (&str, &str)) -> Result<(), Refused> {
    let tenant = tenant(tools, by, name, Right::AccountWrite).await?;
    let company = find(tools, tenant.id, company).await?;
    if company.state != CompanyState::Active {
        return Err(Refused::Impossible("nobody has made this company yet"));
    }
    let membership = member(tools, &tenant, account).await?;
    if membership.company.is_some_and(|place| place.id == company.id) {
        return Ok(());
    }
    let now = tools.now();
    let mut batch = Batch::new(now);
    let subject = membership.subject;
    let place = CompanyPlace { id: company.id, administrator: false };
    batch.unchanged(&company).update(membership.map(|membership| Membership { company: Some(place), ..membership }))?;
    batch.audit(&by.event_saying(EventName::AccountUpdated, tenant.id, now, "company").on("account", subject.id))?;
    commit(tools, batch).await
}

/// Somebody's place in the organisation, by id or by address: they live in the home of people who belong to none.
async fn member(tools: &Tools, tenant: &Tenant, account: &str) -> Result<Loaded<Membership>, Refused> {
    let reads = tools.reads();
    let personal = reads.tenant_named(PERSONAL).await?.ok_or(Refused::NotFound)?;
    let id = match (account.parse::<AccountId>(), account.parse::<Email>()) {
        (Ok(id), _) => id,
        (_, Ok(email)) => reads.account_by_email(personal.id, &email).await?.ok_or(Refused::NotFound)?.id,
        _ => return Err(Refused::NotFound),
    };
    reads.membership(tenant.id, Subject { home: personal.id, id }).await?.ok_or(Refused::NotFound)
}
