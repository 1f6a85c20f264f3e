//! The fictional organisations.

use uuid::Uuid;

use crate::{
    model::{Brand, ConsentPolicy, Localised, OrgConsentRule, Settings, SignUpPolicy, Support, Tenant, TenantKind, TenantState},
    values::{Locale, TenantId, Timestamp},
};

/// Ids of the demonstration, the same in every data folder.
pub(super) const fn fixed(number: u16) -> Uuid {
    Uuid::from_u128(0x0de0_0000_0000_4000_8000_0000_0000_0000 + number as u128)
}

/// One organisation, before it is a record.
pub(super) struct Organisation {
    number: u16,
    /// Its name in addresses.
    pub(super) slug: &'static str,
    name: &'static str,
    kind: TenantKind,
    badge: Option<&'static str>,
    domain: Option<&'static str>,
    accent: Option<(&'static str, &'static str)>,
    consent: ConsentPolicy,
    org_consent: OrgConsentRule,
    sign_up: SignUpPolicy,
}

const fn real(number: u16, slug: &'static str, name: &'static str, domain: &'static str) -> Organisation {
    let kind = TenantKind::Organisation;
    let (consent, org_consent, sign_up) = (ConsentPolicy::Everybody, OrgConsentRule::Ask, SignUpPolicy::Closed);
    Organisation { number, slug, name, kind, badge: None, domain: Some(domain), accent: None, consent, org_consent, sign_up }
}

/// All of them. `aubepine` answers at the root addresses.
pub(super) const ORGANISATIONS: &[Organisation] = &[
    Organisation { kind: TenantKind::System, domain: None, ..real(1, "system", "Parvis", "") },
    Organisation { kind: TenantKind::Personal, domain: None, ..real(2, "personal", "Comptes personnels", "") },
    Organisation { sign_up: SignUpPolicy::Open, ..real(3, DEFAULT, "Cabinet Aubépine", "aubepine.test") },
    Organisation { badge: Some("RECETTE"), ..real(4, "aubepine-recette", "Cabinet Aubépine", "recette.aubepine.test") },
    Organisation { org_consent: OrgConsentRule::Off, accent: Some(("#8a3b12", "#f2b48a")), ..real(5, "fournil", "Le Fournil Machines", "fournil.test") },
    Organisation { consent: ConsentPolicy::Nobody, ..real(6, "morvan", "Ateliers Morvan", "morvan.test") },
    real(7, "etude", "Étude Lacaze", "etude.test"),
];

/// The one that answers at the root addresses.
pub(super) const DEFAULT: &str = "aubepine";

impl Organisation {
    /// Its record, if there is none yet.
    pub(super) fn record(&self, now: Timestamp) -> Tenant {
        let mail = self.domain.map(|domain| format!("aide@{domain}"));
        Tenant {
            id: TenantId(fixed(self.number)),
            slug: self.slug.to_owned(),
            names: Localised::same(self.name),
            kind: self.kind,
            test_badge: self.badge.map(str::to_owned),
            state: TenantState::Active,
            is_default: self.slug == DEFAULT,
            domains: self.domain.map(str::to_owned).into_iter().collect(),
            default_locale: Locale::Fr,
            brand: self.accent.map_or_else(Brand::default, |(light, dark)| Brand {
                accent: Some(light.to_owned()),
                accent_dark: Some(dark.to_owned()),
                version: 1,
                ..Brand::default()
            }),
            support: Support { phone: mail.is_some().then(|| "01 99 00 12 34".to_owned()), mail, ..Support::default() },
            settings: Settings { user_consent: self.consent, org_consent: self.org_consent, sign_up: self.sign_up, ..Settings::default() },
            created_at: now,
            updated_at: now,
        }
    }
}
