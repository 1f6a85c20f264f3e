//! Organisations.

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Settings, Table};
use crate::values::{Locale, TenantId, Timestamp};

/// A text in each language of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Localised {
    /// The same in every language: a proper name.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self { fr: text.to_owned(), en: text.to_owned() }
    }

    /// In one language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}

/// What a tenant is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TenantKind {
    /// Home of the operators; no applications of others.
    System,
    /// Home of every account that a person made or was invited into by mail.
    Personal,
    /// An organisation.
    Organisation,
}

/// May people sign in there?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum TenantState {
    /// Yes.
    Active,
    /// No, and why, for operators.
    Disabled {
        /// For operators.
        reason: String,
    },
}

/// What may look different: the accent and the logo, nothing else. Colours are `#rrggbb`, checked for contrast when set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// Accent on light pages.
    pub accent: Option<String>,
    /// Accent on dark pages.
    pub accent_dark: Option<String>,
    /// Logo, the file's content: PNG or SVG without scripts, at most 24 kB, base64.
    pub logo: Option<String>,
    /// The logo's media type.
    pub logo_type: Option<String>,
    /// Grows with each change, so that caches notice.
    pub version: u32,
}

/// Whom a person can ask, and what they may read. Shown at the foot of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Support {
    /// A number, written as people read it.
    pub phone: Option<String>,
    /// An address.
    pub mail: Option<String>,
    /// When somebody answers.
    pub hours: Option<Localised>,
    /// Terms of use.
    pub terms_url: Option<String>,
    /// Privacy statement.
    pub privacy_url: Option<String>,
    /// Who answers for what is kept of people, with an address; the organisation itself unless said.
    pub controller: Option<String>,
    /// Where it is kept: a town or a country.
    pub data_place: Option<Localised>,
}

/// One organisation with its own accounts, applications and settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Clients see it as `tid`.
    pub id: TenantId,
    /// Its name in addresses: lower case letters, digits, hyphens.
    pub slug: String,
    /// Its name on pages.
    pub names: Localised,
    /// What it is for.
    pub kind: TenantKind,
    /// The badge of a test organisation, shown on every page; `None` for a real one.
    #[serde(default)]
    pub test_badge: Option<String>,
    /// May people sign in?
    #[serde(flatten)]
    pub state: TenantState,
    /// Does it answer at the root addresses? One tenant does.
    #[serde(default)]
    pub is_default: bool,
    /// Domains proved to be its own, lower case.
    #[serde(default)]
    pub domains: Vec<String>,
    /// When nothing says otherwise, its pages are in this language.
    #[serde(default)]
    pub default_locale: Locale,
    /// Look.
    #[serde(default)]
    pub brand: Brand,
    /// Help.
    #[serde(default)]
    pub support: Support,
    /// Rules.
    #[serde(default)]
    pub settings: Settings,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

impl Tenant {
    /// An organisation that has no name yet.
    #[must_use]
    pub fn blank(id: TenantId, kind: TenantKind, now: Timestamp) -> Self {
        Self {
            id,
            slug: String::new(),
            names: Localised::default(),
            kind,
            test_badge: None,
            state: TenantState::Active,
            is_default: false,
            domains: Vec::new(),
            default_locale: Locale::default(),
            brand: Brand::default(),
            support: Support::default(),
            settings: Settings::default(),
            created_at: now,
            updated_at: now,
        }
    }

    /// May people sign in here now?
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state == TenantState::Active
    }

    /// The key of the tenant with this id.
    #[must_use]
    pub fn key_of(id: TenantId) -> Key {
        Key::of([&id.to_string()])
    }

    /// Can this be a tenant's name in addresses? Lower case letters, digits and hyphens, 1 to 63, not a UUID.
    #[must_use]
    pub fn is_slug(text: &str) -> bool {
        let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        !text.is_empty() && text.len() <= 63 && text.bytes().all(allowed) && !text.starts_with('-') && !text.ends_with('-') && text.parse::<TenantId>().is_err()
    }
}

impl Record for Tenant {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> Key {
        Self::key_of(self.id)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        let mut values = vec![(Index::TenantBySlug, Key::of([&self.slug]))];
        values.extend(self.domains.iter().map(|domain| (Index::TenantByDomain, Key::of([domain]))));
        if self.is_default {
            values.push((Index::TenantByDefault, Key::of(["default"])));
        }
        values
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::Tenants, Key::of(["all"]))]
    }
}
