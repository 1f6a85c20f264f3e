//! The first start, and what each start looks after.

use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Account, Actor, AuditEvent, EventName, Localised, Role, SetupLink, Tenant, TenantKind},
    service::{
        admin::{Refused, apis, tenants},
        keys,
    },
    storage::{Batch, Loaded, Paging},
    values::{EntropyExt as _, Fault, Issuer, IssuerForm, Secret, TenantId},
};

/// The slug of the operators' tenant.
pub const SYSTEM: &str = "system";
/// The slug of the tenant of people who belong to no organisation.
pub const PERSONAL: &str = "personal";
/// The slug of the default tenant, until somebody names it.
pub const DEFAULT: &str = "default";

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Fault(fault) => fault,
            other => Self::because("the first records were refused", other.to_string()),
        }
    }
}

/// Make what every house has, if it is not there: the tenants `system` and `personal`, and the default tenant, with their keys.
/// Returns whether this was the first start.
///
/// # Errors
/// The store failed, or a key could not be made.
pub async fn prepare(tools: &Tools) -> Result<bool, Fault> {
    if let Some(default) = tools.reads().default_tenant().await? {
        mend_addresses(tools, &default).await?;
        keys::refresh(tools, Issuer { tenant: default.id, form: IssuerForm::Root }).await?;
        return Ok(false);
    }
    let now = tools.now();
    let mut batch = Batch::new(now);
    for (slug, kind, names, is_default) in [
        (SYSTEM, TenantKind::System, Localised { fr: "Exploitation".to_owned(), en: "Operations".to_owned() }, false),
        (PERSONAL, TenantKind::Personal, Localised { fr: "Comptes personnels".to_owned(), en: "Personal accounts".to_owned() }, false),
        (DEFAULT, TenantKind::Organisation, Localised::same("Parvis"), true),
    ] {
        let blank = Tenant::blank(TenantId(tools.entropy.uuid(now)), kind, now);
        let tenant = Tenant { slug: slug.to_owned(), names, is_default, ..blank };
        tenants::insert(tools, &tenant, &mut batch).await?;
        batch.audit(&AuditEvent::new(EventName::TenantCreated, tenant.id, Actor::SYSTEM, now).on("tenant", tenant.id))?;
    }
    tools.store.commit(batch).await?;
    Ok(true)
}

/// The identifier of the administration API is an address of ours: when the public URL has changed, it changes with it, in every tenant.
async fn mend_addresses(tools: &Tools, default: &Loaded<Tenant>) -> Result<(), Fault> {
    let reads = tools.reads();
    let identifier = apis::built_in_identifier(&tools.public_url);
    if reads.api(default.id, &identifier).await?.is_some() {
        return Ok(());
    }
    let now = tools.now();
    for tenant in reads.tenants(Paging::first(usize::MAX)).await? {
        let made = apis::built_in(tenant.id, &tools.public_url, now);
        let mut batch = Batch::new(now);
        for scope in &made.scopes {
            if let Some(old) = reads.api_by_scope(tenant.id, &scope.name).await?.filter(|old| old.identifier != identifier) {
                batch.delete(&old);
                break;
            }
        }
        if reads.api(tenant.id, &identifier).await?.is_none() {
            batch.insert(&made)?.audit(&AuditEvent::new(EventName::ApiUpdated, tenant.id, Actor::SYSTEM, now).on("api", &identifier))?;
        }
        tools.store.commit(batch).await?;
    }
    Ok(())
}

/// Is there somebody who can do everything?
///
/// # Errors
/// The store failed.
pub async fn has_operator(tools: &Tools) -> Result<bool, Fault> {
    let Some(system) = tools.reads().tenant_named(SYSTEM).await? else { return Ok(false) };
    let mut paging = Paging::first(200);
    loop {
        let people: Vec<Loaded<Account>> = tools.reads().accounts_with_roles(system.id, paging).await?;
        if people.iter().any(|account| account.roles.contains(&Role::Operator)) {
            return Ok(true);
        }
        let Some(last) = people.last() else { return Ok(false) };
        paging = Paging::after(Account::key_of(last.subject()), 200);
    }
}

/// A new set-up link while there is no operator; the one before dies. What is returned is the link's token, for the terminal alone.
///
/// # Errors
/// The store failed.
pub async fn setup_link(tools: &Tools) -> Result<Option<Secret<String>>, Fault> {
    let before = tools.reads().setup_link().await?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    if has_operator(tools).await? {
        if let Some(left) = before {
            batch.delete(&left);
            tools.store.commit(batch).await?;
        }
        return Ok(None);
    }
    let token = tools.entropy.token();
    let link = SetupLink { digest: tools.sealer.digest(Purpose::SetupLink, token.expose()), until: now.plus(SetupLink::LIFETIME) };
    batch.put(before.as_ref(), &link)?;
    tools.store.commit(batch).await?;
    Ok(Some(token))
}

/// A name made fit for addresses: `Cabinet Aubépine` becomes `cabinet-aubepine`. `None` when nothing is left.
#[must_use]
pub fn slug_of(name: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match plain(letter) {
            Some(letters) => slug.push_str(letters),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(40);
    let slug = slug.trim_end_matches('-').to_owned();
    Tenant::is_slug(&slug).then_some(slug)
}

fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ä' | 'æ' => "ae",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'ù' | 'ú' | 'û' => "u",
        'ü' => "ue",
        'ÿ' | 'ý' => "y",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug_of("Cabinet Aubépine").as_deref(), Some("cabinet-aubepine"));
        assert_eq!(slug_of("  Étude Lacaze & Œuvres ").as_deref(), Some("etude-lacaze-oeuvres"));
        assert_eq!(slug_of("株式会社"), None);
    }
}
