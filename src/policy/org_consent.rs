//! Must the person be asked before an organisation that is not their home gets something about them?

use crate::model::{OrgConsentRule, OrganisationConsent, Tenant, TenantKind};
use crate::values::TenantId;

/// How it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrgConsent {
    /// Not at all.
    Settled,
    /// On a page of its own.
    Alone,
    /// On one page with what the application asks.
    WithApp,
}

/// `home` is where the account is, `given` what was agreed to before, `app_asks` whether the application has something to ask, too.
#[must_use]
pub fn org_consent(place: &Tenant, home: TenantId, given: Option<&OrganisationConsent>, app_asks: bool) -> OrgConsent {
    // The two built-in organisations are ours: nobody's account goes abroad by entering them.
    let is_abroad = place.kind == TenantKind::Organisation && home != place.id;
    if !is_abroad || given.is_some_and(|given| given.statement_version == place.settings.privacy_version) {
        return OrgConsent::Settled;
    }
    match place.settings.org_consent {
        OrgConsentRule::Off => OrgConsent::Settled,
        OrgConsentRule::WithApp if app_asks => OrgConsent::WithApp,
        OrgConsentRule::Ask | OrgConsentRule::WithApp => OrgConsent::Alone,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        model::{PermissionItem, Settings, Subject},
        values::{AccountId, Locale, Timestamp},
    };

    const PLACE: TenantId = TenantId(Uuid::from_u128(1));
    const ELSEWHERE: TenantId = TenantId(Uuid::from_u128(2));

    fn place(kind: TenantKind, org_consent: OrgConsentRule, privacy_version: u32) -> Tenant {
        Tenant { settings: Settings { org_consent, privacy_version, ..Settings::default() }, ..Tenant::blank(PLACE, kind, Timestamp(0)) }
    }

    fn given(statement_version: u32) -> OrganisationConsent {
        OrganisationConsent {
            tenant: PLACE,
            subject: Subject { home: ELSEWHERE, id: AccountId(Uuid::from_u128(3)) },
            items: PermissionItem::ALL.to_vec(),
            statement_version,
            text_hash: String::new(),
            locale: Locale::Fr,
            given_at: Timestamp(0),
        }
    }

    #[test]
    fn somebody_from_elsewhere_is_asked_once_for_each_version_of_the_statement() {
        let asking = |version| place(TenantKind::Organisation, OrgConsentRule::Ask, version);
        assert_eq!(org_consent(&asking(1), ELSEWHERE, None, true), OrgConsent::Alone);
        assert_eq!(org_consent(&asking(1), ELSEWHERE, Some(&given(1)), true), OrgConsent::Settled);
        assert_eq!(org_consent(&asking(2), ELSEWHERE, Some(&given(1)), true), OrgConsent::Alone);
    }

    #[test]
    fn nobody_is_asked_at_home_in_built_in_organisations_or_where_it_is_off() {
        for (kind, rule, home) in [
            (TenantKind::Organisation, OrgConsentRule::Ask, PLACE),
            (TenantKind::System, OrgConsentRule::Ask, ELSEWHERE),
            (TenantKind::Personal, OrgConsentRule::Ask, ELSEWHERE),
            (TenantKind::Organisation, OrgConsentRule::Off, ELSEWHERE),
        ] {
            assert_eq!(org_consent(&place(kind, rule, 1), home, None, false), OrgConsent::Settled, "{kind:?} {rule:?}");
        }
    }

    #[test]
    fn one_page_for_both_only_where_both_are_due() {
        let both = place(TenantKind::Organisation, OrgConsentRule::WithApp, 1);
        assert_eq!(org_consent(&both, ELSEWHERE, None, true), OrgConsent::WithApp);
        assert_eq!(org_consent(&both, ELSEWHERE, None, false), OrgConsent::Alone);
        assert_eq!(org_consent(&both, ELSEWHERE, Some(&given(1)), true), OrgConsent::Settled);
    }
}
