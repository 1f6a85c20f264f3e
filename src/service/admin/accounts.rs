//! People, as administrators see and change them.

mod vouched;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, ending, invalid, members, page, patched, tenant, written};
use crate::{
    crypto::PasswordHasher,
    journey::Tools,
    model::{
        Account, AccountEmail, AccountPhone, AccountState, Credential, CredentialKind, EventName, PostalAddress, Profile, Role, Subject, Tenant, TenantKind,
    },
    policy::{
        admin::{Place, Right},
        password::{self, PasswordRefused},
    },
    storage::{Batch, Loaded},
    values::{AccountId, Email, EntropyExt as _, Locale, Secret, TenantId, Timestamp},
};

pub use vouched::{Contact, vouch};

/// What may be written about a person. Whether an address is verified is not in it: its owner's proof says so, or [`vouch`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AccountWritten {
    /// The primary address.
    pub email: Option<String>,
    /// A login name beside the address: lower case, without at sign.
    pub login: Option<String>,
    /// The primary number, in E.164 form.
    pub phone: Option<String>,
    /// Preferred language: `fr` or `en`.
    #[schema(value_type = Option<String>)]
    pub locale: Option<Locale>,
    /// Names and the like.
    pub profile: Profile,
    /// Where the person lives or works.
    pub address: Option<PostalAddress>,
}

/// A new person.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Who.
    pub account: AccountWritten,
    /// A first password; without one the person cannot sign in by password.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub password: Option<Secret<String>>,
    /// What the person may do.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
}

/// A new password for a person.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password.
    #[schema(value_type = String)]
    pub password: Secret<String>,
    /// Must it be changed at the next sign-in?
    #[serde(default)]
    pub must_change: bool,
}

/// Which roles a person is to have: these and no others.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolesWritten {
    /// All of them.
    pub roles: BTreeSet<Role>,
}

/// A person as administrators see one.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AccountShown {
    /// Clients see it as `sub` and `oid`.
    #[schema(value_type = uuid::Uuid)]
    pub id: AccountId,
    /// The home.
    #[schema(value_type = uuid::Uuid)]
    pub tenant: TenantId,
    /// The name to show.
    pub display_name: String,
    /// May this person sign in?
    pub state: AccountState,
    /// What this person may do.
    pub roles: BTreeSet<Role>,
    /// Has the owner proved the address, or an administrator vouched for it?
    pub email_verified: bool,
    /// Has the owner proved the number, or an administrator vouched for it?
    pub phone_verified: bool,
    /// What may be written.
    #[serde(flatten)]
    pub written: AccountWritten,
    /// Since when, in seconds since 1970.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

fn written_of(account: &Account) -> AccountWritten {
    AccountWritten {
        email: account.primary_email().map(|email| email.address.spelt().to_owned()),
        login: account.login.clone(),
        phone: account.phones.first().map(|phone| phone.number.clone()),
        locale: account.locale,
        profile: account.profile.clone(),
        address: account.address.clone(),
    }
}

fn shown_at(rev: u64, account: &Account) -> Shown<AccountShown> {
    let it = AccountShown {
        id: account.id,
        tenant: account.home,
        display_name: account.display_name(),
        state: account.state,
        roles: account.roles.clone(),
        email_verified: account.primary_email().is_some_and(|email| email.verified_at.is_some()),
        phone_verified: account.phones.first().is_some_and(|phone| phone.verified_at.is_some()),
        written: written_of(account),
        created_at: account.created_at,
        updated_at: account.updated_at,
    };
    Shown { rev, it }
}

/// The people of a home.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<AccountShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().accounts(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// One person, by id, address or login name.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, who: &str) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let found = find(tools, tenant.id, who).await?;
    Ok(shown_at(found.version(), &found))
}

async fn find(tools: &Tools, home: TenantId, who: &str) -> Result<Loaded<Account>, Refused> {
    let reads = tools.reads();
    let found = match (who.parse::<AccountId>(), who.parse::<Email>()) {
        (Ok(id), _) => reads.account(Subject { home, id }).await?,
        (_, Ok(email)) => reads.account_by_email(home, &email).await?,
        _ => reads.account_by_login(home, &who.to_lowercase()).await?,
    };
    found.ok_or(Refused::NotFound)
}

/// One whom this caller may change: those who have a role are changed only by who may give roles, or else a lesser administrator could take over a
/// greater one's account.
async fn find_to_change(tools: &Tools, by: &By, name: &str, who: &str) -> Result<(Loaded<Tenant>, Loaded<Account>), Refused> {
    let tenant = tenant(tools, by, name, Right::AccountWrite).await?;
    let found = find(tools, tenant.id, who).await?;
    if !found.roles.is_empty() {
        by.must(Right::TenantWrite, Place::Tenant(tenant.id))?;
    }
    Ok((tenant, found))
}

/// A new person.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewAccount) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountWrite).await?;
    let now = tools.now();
    let mut account = blank(Subject { home: tenant.id, id: AccountId(tools.entropy.uuid(now)) }, now);
    apply(&mut account, new.account)?;
    if account.emails.is_empty() && account.login.is_none() {
        return Err(invalid("email", "an account has an address or a login name"));
    }
    let mut batch = Batch::new(now);
    batch.unchanged(&tenant).audit(&by.event(EventName::AccountCreated, tenant.id, now).on("account", account.id))?;
    if !new.roles.is_empty() {
        give_roles(by, &tenant, &mut account, new.roles, (&mut batch, now))?;
    }
    if let Some(password) = new.password {
        let credential = credential(tools, &tenant, &account, NewPassword { password, must_change: false }).await?;
        batch.insert(&credential)?.audit(&by.event(EventName::PasswordSet, tenant.id, now).on("account", account.id))?;
    }
    batch.insert(&account)?;
    commit(tools, batch).await?;
    Ok(shown_at(1, &account))
}

/// Somebody of whom nothing is known.
pub(in crate::service) fn blank(subject: Subject, now: Timestamp) -> Account {
    Account {
        home: subject.home,
        id: subject.id,
        login: None,
        profile: Profile::default(),
        locale: None,
        emails: Vec::new(),
        phones: Vec::new(),
        address: None,
        state: AccountState::Active,
        roles: BTreeSet::new(),
        created_at: now,
        updated_at: now,
    }
}

/// Change what is written.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<AccountShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    as_seen(&found, rev)?;
    let after: AccountWritten = patched(&written_of(&found), patch)?;
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.try_map(|mut account| {
        apply(&mut account, after)?;
        account.updated_at = now;
        Ok::<_, Refused>(account)
    })?;
    if changed.emails.is_empty() && changed.login.is_none() {
        return Err(invalid("email", "an account has an address or a login name"));
    }
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::AccountUpdated, tenant.id, now, members(patch)).on("account", changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// What becomes of a person's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Put away.
    Archive,
    /// Taken out again.
    Restore,
    /// Kept from signing in.
    Lock,
    /// Let in again.
    Unlock,
}

/// Archive, restore, lock or unlock. Whoever may no longer sign in is signed out everywhere at once.
///
/// # Errors
/// See [`Refused`].
pub async fn set_standing(tools: &Tools, by: &By, place: (&str, &str), standing: Standing) -> Result<Shown<AccountShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let now = tools.now();
    let (state, event, why) = match standing {
        Standing::Archive => (AccountState::Archived, EventName::AccountArchived, None),
        Standing::Restore if found.state != AccountState::Archived => return Err(Refused::Impossible("this account is not archived")),
        Standing::Restore => (AccountState::Active, EventName::AccountRestored, None),
        Standing::Lock if found.state == AccountState::Archived => return Err(Refused::Impossible("this account is archived")),
        Standing::Lock => (AccountState::Locked, EventName::AccountUpdated, Some("locked")),
        Standing::Unlock if found.state != AccountState::Locked => return Err(Refused::Impossible("this account is not locked")),
        Standing::Unlock => (AccountState::Active, EventName::AccountUpdated, Some("unlocked")),
    };
    let mut batch = Batch::new(now);
    let mut told = by.event(event, tenant.id, now).on("account", found.id);
    told.reason = why.map(str::to_owned);
    batch.audit(&told)?;
    if state != AccountState::Active {
        ending::end_everything(tools, by, found.subject(), &mut batch).await?;
    }
    let rev = found.version() + 1;
    let changed = found.map(|account| Account { state, updated_at: now, ..account });
    let shown = shown_at(rev, &changed);
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Set somebody's password. Whoever knew the old one is signed out.
///
/// # Errors
/// See [`Refused`].
pub async fn set_password(tools: &Tools, by: &By, place: (&str, &str), new: NewPassword) -> Result<(), Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let before = tools.reads().password(found.subject()).await?;
    let credential = credential(tools, &tenant, &found, new).await?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    batch.put(before.as_ref(), &credential)?.audit(&by.event(EventName::PasswordSet, tenant.id, now).on("account", found.id))?;
    ending::end_everything(tools, by, found.subject(), &mut batch).await?;
    batch.unchanged(&found);
    commit(tools, batch).await
}

/// Set somebody's roles.
///
/// # Errors
/// See [`Refused`].
pub async fn set_roles(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, roles: BTreeSet<Role>) -> Result<Shown<AccountShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::AccountWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    as_seen(&found, rev)?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    let rev = found.version() + 1;
    let changed = found.try_map(|mut account| {
        give_roles(by, &tenant, &mut account, roles, (&mut batch, now))?;
        account.updated_at = now;
        Ok::<_, Refused>(account)
    })?;
    let shown = shown_at(rev, &changed);
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

fn give_roles(by: &By, tenant: &Tenant, account: &mut Account, roles: BTreeSet<Role>, (batch, now): (&mut Batch, Timestamp)) -> Result<(), Refused> {
    by.must(Right::TenantWrite, Place::Tenant(tenant.id))?;
    let of_system = tenant.kind == TenantKind::System;
    if of_system {
        by.must_be_operator()?;
    }
    if roles.iter().any(|role| (*role == Role::Operator) != of_system) {
        return Err(invalid("roles", "operator is the role of the tenant system, and its only one"));
    }
    for (event, some, others) in [(EventName::RoleAssigned, &roles, &account.roles), (EventName::RoleRemoved, &account.roles, &roles)] {
        for role in some.difference(others) {
            let name = serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            batch.audit(&by.event_saying(event, tenant.id, now, name).on("account", account.id))?;
        }
    }
    account.roles = roles;
    Ok(())
}

async fn credential(tools: &Tools, tenant: &Tenant, account: &Account, new: NewPassword) -> Result<Credential, Refused> {
    let own = own_words(account);
    password::judge(new.password.expose(), tenant.settings.password_min, own.iter().map(String::as_str)).map_err(|refused| {
        let why = match refused {
            PasswordRefused::Short { least, .. } => format!("has at least {least} characters"),
            PasswordRefused::Long { most } => format!("has at most {most} characters, and no NUL"),
            PasswordRefused::Own => "holds no name or address of its owner".to_owned(),
        };
        invalid("password", why)
    })?;
    if !PasswordHasher::is_acceptable(new.password.expose()) {
        return Err(invalid("password", "cannot be used"));
    }
    let phc = tools.hasher.hash(new.password, &*tools.entropy).await?.map_err(|_| Refused::Busy)?;
    Ok(Credential {
        subject: account.subject(),
        id: Credential::PASSWORD.to_owned(),
        kind: CredentialKind::Password { phc, must_change: new.must_change },
        created_at: tools.now(),
    })
}

/// What must not be in this person's password.
pub(in crate::service) fn own_words(account: &Account) -> Vec<String> {
    let profile = &account.profile;
    let names = [&profile.given_name, &profile.family_name, &profile.nickname, &account.login].into_iter().flatten().cloned();
    names.chain(account.emails.iter().map(|email| email.address.spelt().to_owned())).collect()
}

fn apply(account: &mut Account, after: AccountWritten) -> Result<(), Refused> {
    let email: Option<Email> = after.email.as_deref().map(str::parse).transpose().map_err(|_| invalid("email", "is not one complete mail address"))?;
    if account.primary_email().map(|old| &old.address) != email.as_ref() {
        let kept = account.emails.drain(..).find(|old| email.as_ref().is_some_and(|new| new.norm() == old.address.norm()));
        account.emails = email.into_iter().map(|address| AccountEmail { verified_at: kept.as_ref().and_then(|old| old.verified_at), address }).collect();
    }
    let phone = after.phone.map(|number| phone(&number)).transpose()?;
    if account.phones.first().map(|old| &old.number) != phone.as_ref() {
        account.phones = phone.into_iter().map(|number| AccountPhone { number, verified_at: None }).collect();
    }
    account.login = after.login.map(|login| login_name(&login)).transpose()?;
    check_profile(&after.profile)?;
    if let Some(address) = &after.address {
        let lines = address.street_address.as_deref().map(|text| text.replace('\n', " "));
        written::optional_line("address.street_address", lines.as_deref(), 300)?;
        for (field, part) in [
            ("address.locality", &address.locality),
            ("address.region", &address.region),
            ("address.postal_code", &address.postal_code),
            ("address.country", &address.country),
        ] {
            written::optional_line(field, part.as_deref(), 100)?;
        }
    }
    account.profile = after.profile;
    account.address = after.address;
    account.locale = after.locale;
    Ok(())
}

/// E.164, with the spaces and dots that people write.
fn phone(text: &str) -> Result<String, Refused> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}')).collect();
    let digits = number.strip_prefix('+').filter(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit()));
    if digits.is_some_and(|digits| !digits.starts_with('0')) { Ok(number) } else { Err(invalid("phone", "is a number such as +33612345678")) }
}

fn login_name(text: &str) -> Result<String, Refused> {
    let login = text.trim().to_lowercase();
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if login.is_empty() || login.chars().count() > 64 || !login.chars().all(allowed) || login.parse::<AccountId>().is_ok() {
        return Err(invalid("login", "has letters, digits, dots, hyphens and underscores, at most 64"));
    }
    Ok(login)
}

fn check_profile(profile: &Profile) -> Result<(), Refused> {
    for (field, text) in [
        ("profile.given_name", &profile.given_name),
        ("profile.family_name", &profile.family_name),
        ("profile.middle_name", &profile.middle_name),
        ("profile.nickname", &profile.nickname),
        ("profile.gender", &profile.gender),
        ("profile.zoneinfo", &profile.zoneinfo),
    ] {
        written::optional_line(field, text.as_deref(), 100)?;
    }
    written::page_url("profile.profile", profile.profile.as_deref())?;
    written::page_url("profile.picture", profile.picture.as_deref())?;
    written::page_url("profile.website", profile.website.as_deref())?;
    if profile.birthdate.as_deref().is_some_and(|date| !is_birthdate(date)) {
        return Err(invalid("profile.birthdate", "is YYYY-MM-DD, or YYYY alone, or 0000-MM-DD without the year"));
    }
    Ok(())
}

/// [OpenID Connect Core §5.1]
fn is_birthdate(text: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|c| c.is_ascii_digit());
    if is_year(text) {
        return true;
    }
    // A leap year stands in for the year that is not told.
    let told = text.strip_prefix("0000").map_or_else(|| text.to_owned(), |rest| format!("2000{rest}"));
    told.len() == 10 && told.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_birthdate, login_name, phone};

    #[test]
    fn numbers_are_kept_in_one_form() {
        assert_eq!(phone("+33 6 12 34 56 78").unwrap(), "+33612345678");
        for bad in ["0612345678", "+0612345678", "+33", "+33612345678901234", "tel:+33612345678"] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn login_names_are_lower_case_and_no_addresses() {
        assert_eq!(login_name(" N.Ferrand ").unwrap(), "n.ferrand");
        for bad in ["", "n@morvan.test", "n ferrand", "018f3c7e-0000-7000-8000-000000000000"] {
            assert!(login_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn birthdates_are_the_three_forms_of_the_specification() {
        for good in ["1987-02-28", "1987", "0000-02-29"] {
            assert!(is_birthdate(good), "{good}");
        }
        for bad in ["1987-02-30", "87", "28/02/1987", "1987-2-8"] {
            assert!(!is_birthdate(bad), "{bad}");
        }
    }
}
