//! Organisations.

use serde::{Deserialize, Serialize};

use super::{By, Page, PageAsked, Refused, Shown, apis, as_seen, commit, invalid, members, page, patched, tenant, written};
use crate::{
    journey::Tools,
    model::{Brand, EventName, Localised, OrgConsentRule, Support, Tenant, TenantKind, TenantState},
    pages::brand_contrast,
    policy::admin::{Place, Right},
    service::keys,
    storage::{Batch, Loaded},
    values::{EntropyExt as _, Issuer, IssuerForm, Locale, OWN_SEGMENTS, TenantId, Timestamp},
};

/// The look of an organisation, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BrandWritten {
    /// Accent on light pages, `#rrggbb`.
    pub accent: Option<String>,
    /// Accent on dark pages, `#rrggbb`.
    pub accent_dark: Option<String>,
    /// Logo, base64: PNG, or SVG without scripts, at most 24 kB.
    pub logo: Option<String>,
    /// `image/png` or `image/svg+xml`.
    pub logo_type: Option<String>,
}

/// What may be written about an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantWritten {
    /// Its name in addresses: lower case letters, digits, hyphens.
    pub slug: String,
    /// Its name on pages.
    pub names: Localised,
    /// The badge of a test organisation; absent for a real one.
    #[serde(default)]
    pub test_badge: Option<String>,
    /// When nothing says otherwise, its pages are in this language.
    #[serde(default)]
    #[schema(value_type = String)]
    pub default_locale: Locale,
    /// Domains that are its own; for operators.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Look.
    #[serde(default)]
    pub brand: BrandWritten,
    /// Help.
    #[serde(default)]
    pub support: Support,
}

/// An organisation as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TenantShown {
    /// Clients see it as `tid`.
    #[schema(value_type = uuid::Uuid)]
    pub id: TenantId,
    /// What it is for.
    pub kind: TenantKind,
    /// Does it answer at the root addresses?
    pub is_default: bool,
    /// May people sign in?
    pub active: bool,
    /// Why not, for operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_because: Option<String>,
    /// What may be written.
    #[serde(flatten)]
    pub written: TenantWritten,
    /// Since when, in seconds since 1970.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

fn written_of(tenant: &Tenant) -> TenantWritten {
    let Brand { accent, accent_dark, logo, logo_type, .. } = tenant.brand.clone();
    TenantWritten {
        slug: tenant.slug.clone(),
        names: tenant.names.clone(),
        test_badge: tenant.test_badge.clone(),
        default_locale: tenant.default_locale,
        domains: tenant.domains.clone(),
        brand: BrandWritten { accent, accent_dark, logo, logo_type },
        support: tenant.support.clone(),
    }
}

fn shown_at(rev: u64, tenant: &Tenant) -> Shown<TenantShown> {
    let because = match &tenant.state {
        TenantState::Active => None,
        TenantState::Disabled { reason } => Some(reason.clone()),
    };
    let it = TenantShown {
        id: tenant.id,
        kind: tenant.kind,
        is_default: tenant.is_default,
        active: tenant.is_active(),
        disabled_because: because,
        written: written_of(tenant),
        created_at: tenant.created_at,
        updated_at: tenant.updated_at,
    };
    Shown { rev, it }
}

/// All organisations, for operators.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, asked: &PageAsked) -> Result<Page<Shown<TenantShown>>, Refused> {
    by.must(Right::TenantRead, Place::House)?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().tenants(paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str) -> Result<Shown<TenantShown>, Refused> {
    let found = tenant(tools, by, name, Right::TenantRead).await?;
    Ok(shown_at(found.version(), &found))
}

/// A new organisation, with the keys of its issuer and the API that its administrators use.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, written: TenantWritten) -> Result<Shown<TenantShown>, Refused> {
    by.must(Right::TenantWrite, Place::House)?;
    check(&written)?;
    let now = tools.now();
    let mut made = Tenant::blank(TenantId(tools.entropy.uuid(now)), TenantKind::Organisation, now);
    apply(&mut made, written);
    let mut batch = Batch::new(now);
    insert(tools, &made, &mut batch).await?;
    batch.audit(&by.event(EventName::TenantCreated, made.id, now).on("tenant", made.id))?;
    commit(tools, batch).await?;
    keys::refresh(tools, Issuer { tenant: made.id, form: IssuerForm::Tenant }).await?;
    Ok(shown_at(1, &made))
}

/// With all that an organisation has from its first day.
pub(in crate::service) async fn insert(tools: &Tools, tenant: &Tenant, batch: &mut Batch) -> Result<(), Refused> {
    batch.insert(tenant)?.insert(&apis::built_in(tenant.id, &tools.public_url, tenant.created_at))?;
    keys::create(tools, Issuer { tenant: tenant.id, form: IssuerForm::Tenant }, batch).await?;
    if tenant.is_default {
        keys::create(tools, Issuer { tenant: tenant.id, form: IssuerForm::Root }, batch).await?;
    }
    Ok(())
}

/// Change it.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, name: &str, rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<TenantShown>, Refused> {
    let found = tenant(tools, by, name, Right::TenantWrite).await?;
    as_seen(&found, rev)?;
    let before = written_of(&found);
    let after: TenantWritten = patched(&before, patch)?;
    if after.domains != before.domains {
        by.must_be_operator()?;
    }
    if found.kind != TenantKind::Organisation && after.slug != before.slug {
        return Err(Refused::Impossible("the names of the built-in tenants in addresses do not change"));
    }
    check(&after)?;
    if before.support.privacy_url.is_some() && after.support.privacy_url.is_none() && found.settings.org_consent != OrgConsentRule::Off {
        return Err(invalid("support.privacy_url", "is needed while org_consent asks people to agree to what it says"));
    }
    let now = tools.now();
    let (id, rev) = (found.id, found.version() + 1);
    let mut batch = Batch::new(now);
    if after.brand != before.brand {
        batch.audit(&by.event(EventName::BrandingChanged, id, now).on("tenant", id))?;
    }
    batch.audit(&by.event_saying(EventName::TenantUpdated, id, now, members(patch)).on("tenant", id))?;
    let changed = found.map(|mut tenant| {
        apply(&mut tenant, after);
        tenant.updated_at = now;
        tenant
    });
    let shown = shown_at(rev, &changed);
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Switch it off: nobody signs in, and its tokens are nothing.
///
/// # Errors
/// See [`Refused`].
pub async fn disable(tools: &Tools, by: &By, name: &str, reason: String) -> Result<Shown<TenantShown>, Refused> {
    written::line("reason", &reason, 500)?;
    switch(tools, by, name, TenantState::Disabled { reason }).await
}

/// Switch it on again.
///
/// # Errors
/// See [`Refused`].
pub async fn enable(tools: &Tools, by: &By, name: &str) -> Result<Shown<TenantShown>, Refused> {
    switch(tools, by, name, TenantState::Active).await
}

async fn switch(tools: &Tools, by: &By, name: &str, state: TenantState) -> Result<Shown<TenantShown>, Refused> {
    let found = tenant(tools, by, name, Right::TenantWrite).await?;
    by.must_be_operator()?;
    if found.kind == TenantKind::System {
        return Err(Refused::Impossible("the tenant of the operators stays on"));
    }
    let now = tools.now();
    let event = if state == TenantState::Active { EventName::TenantEnabled } else { EventName::TenantDisabled };
    let (id, rev) = (found.id, found.version() + 1);
    let changed: Loaded<Tenant> = found.map(|tenant| Tenant { state, updated_at: now, ..tenant });
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.update(changed)?.audit(&by.event(event, id, now).on("tenant", id))?;
    commit(tools, batch).await?;
    Ok(shown)
}

fn apply(tenant: &mut Tenant, written: TenantWritten) {
    let BrandWritten { accent, accent_dark, logo, logo_type } = written.brand;
    let version = tenant.brand.version;
    let mut brand = Brand { accent, accent_dark, logo, logo_type, version };
    if brand != tenant.brand {
        brand.version = version.saturating_add(1);
    }
    tenant.brand = brand;
    tenant.slug = written.slug;
    tenant.names = written.names;
    tenant.test_badge = written.test_badge;
    tenant.default_locale = written.default_locale;
    tenant.domains = written.domains;
    tenant.support = written.support;
}

fn check(written: &TenantWritten) -> Result<(), Refused> {
    if !Tenant::is_slug(&written.slug) || OWN_SEGMENTS.contains(&written.slug.as_str()) {
        return Err(invalid("slug", "has lower case letters, digits and hyphens, at most 63, and is not a word that addresses begin with"));
    }
    written::localised("names", &written.names, 100)?;
    written::optional_line("test_badge", written.test_badge.as_deref(), 20)?;
    if written.domains.len() > 50 {
        return Err(invalid("domains", "are at most 50"));
    }
    if written.domains.iter().any(|domain| !is_domain(domain)) {
        return Err(invalid("domains", "are names such as morvan.test, in lower case"));
    }
    check_brand(&written.brand)?;
    let support = &written.support;
    written::optional_line("support.phone", support.phone.as_deref(), 40)?;
    written::optional_line("support.mail", support.mail.as_deref(), 254)?;
    if support.mail.as_deref().is_some_and(|mail| mail.parse::<crate::values::Email>().is_err()) {
        return Err(invalid("support.mail", "is not one complete mail address"));
    }
    if let Some(hours) = &support.hours {
        written::localised("support.hours", hours, 200)?;
    }
    written::optional_line("support.controller", support.controller.as_deref(), 300)?;
    if let Some(place) = &support.data_place {
        written::localised("support.data_place", place, 200)?;
    }
    written::page_url("support.terms_url", support.terms_url.as_deref())?;
    written::page_url("support.privacy_url", support.privacy_url.as_deref())
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.len() <= 253 && matches!(url::Host::parse(text), Ok(url::Host::Domain(name)) if name == text)
}

fn check_brand(written: &BrandWritten) -> Result<(), Refused> {
    brand_contrast(written.accent.as_deref(), None).map_err(|why| invalid("brand.accent", why.to_string()))?;
    brand_contrast(None, written.accent_dark.as_deref()).map_err(|why| invalid("brand.accent_dark", why.to_string()))?;
    match (&written.logo, &written.logo_type) {
        (None, None) => Ok(()),
        (Some(logo), Some(kind)) => written::image(logo, kind).map_err(|why| invalid("brand.logo", why.to_string())),
        _ => Err(invalid("brand.logo_type", "goes with the logo: both or none")),
    }
}
