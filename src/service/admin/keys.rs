//! Signing keys, as administrators see them: never the private part.

use serde::{Deserialize, Serialize};

use super::{By, Page, Refused, invalid, tenant};
use crate::{
    journey::Tools,
    model::{SigningKey, Tenant},
    policy::admin::Right,
    service::keys,
    values::{Algorithm, Issuer, IssuerForm, KeyId, Timestamp},
};

/// A signing key as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct KeyShown {
    /// Its public name.
    #[schema(value_type = String)]
    pub kid: KeyId,
    /// At which of the organisation's issuers: `root` or `tenant`.
    #[schema(value_type = String)]
    pub issuer: IssuerForm,
    /// What it signs with.
    #[schema(value_type = String)]
    pub algorithm: Algorithm,
    /// Does it sign now?
    pub active: bool,
    /// In the JWKS since.
    #[schema(value_type = u64)]
    pub published_at: Timestamp,
    /// Signs from then on.
    #[schema(value_type = u64)]
    pub active_from: Timestamp,
    /// A newer key signs from then on.
    #[schema(value_type = Option<u64>)]
    pub retired_at: Option<Timestamp>,
    /// Leaves the JWKS then.
    #[schema(value_type = Option<u64>)]
    pub gone_at: Option<Timestamp>,
}

/// Which keys to rotate.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// At which of the organisation's issuers: `root` or `tenant`.
    #[schema(value_type = String)]
    pub issuer: IssuerForm,
    /// For which algorithm.
    #[schema(value_type = String)]
    pub algorithm: Algorithm,
    /// At once, because the old key is in the wrong hands; otherwise the new key is published a day before it signs.
    #[serde(default)]
    pub now: bool,
}

/// What came of a rotation.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Rotated {
    /// The new key's public name.
    #[schema(value_type = String)]
    pub kid: KeyId,
}

fn issuers(tenant: &Tenant) -> impl Iterator<Item = Issuer> {
    let forms = if tenant.is_default { [Some(IssuerForm::Root), Some(IssuerForm::Tenant)] } else { [None, Some(IssuerForm::Tenant)] };
    let id = tenant.id;
    forms.into_iter().flatten().map(move |form| Issuer { tenant: id, form })
}

/// The keys of an organisation's issuers.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str) -> Result<Page<KeyShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::KeyRead).await?;
    let now = tools.now();
    let mut items = Vec::new();
    for issuer in issuers(&tenant) {
        items.extend(tools.reads().signing_keys(issuer).await?.into_iter().map(|key| shown(key.into_value(), now)));
    }
    Ok(Page { items, next: None })
}

fn shown(key: SigningKey, now: Timestamp) -> KeyShown {
    KeyShown {
        active: key.is_active_at(now),
        issuer: key.issuer.form,
        kid: key.kid,
        algorithm: key.algorithm,
        published_at: key.published_at,
        active_from: key.active_from,
        retired_at: key.retired_at,
        gone_at: key.gone_at,
    }
}

/// Let a new key take over.
///
/// # Errors
/// See [`Refused`].
pub async fn rotate(tools: &Tools, by: &By, name: &str, asked: &Rotation) -> Result<Rotated, Refused> {
    let tenant = tenant(tools, by, name, Right::KeyWrite).await?;
    if asked.issuer == IssuerForm::Root && !tenant.is_default {
        return Err(invalid("issuer", "only the default tenant has a root issuer"));
    }
    let issuer = Issuer { tenant: tenant.id, form: asked.issuer };
    let start = if asked.now { keys::Start::Now } else { keys::Start::Ahead };
    let kid = keys::rotate(tools, issuer, asked.algorithm, start, by.actor.clone()).await?;
    Ok(Rotated { kid })
}
