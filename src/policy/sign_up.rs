//! May somebody make an account by themselves, with this address?

use crate::{
    model::{SignUpPolicy, Tenant, TenantKind},
    values::Email,
};

/// Can anybody at all? The operators' tenant never lets them in.
#[must_use]
pub fn is_offered(tenant: &Tenant) -> bool {
    tenant.kind != TenantKind::System
        && match tenant.settings.sign_up {
            SignUpPolicy::Closed => false,
            SignUpPolicy::Domains => !tenant.domains.is_empty(),
            SignUpPolicy::Open => true,
        }
}

/// Can the owner of this address?
#[must_use]
pub fn is_open_to(tenant: &Tenant, address: &Email) -> bool {
    is_offered(tenant) && (tenant.settings.sign_up == SignUpPolicy::Open || tenant.domains.iter().any(|domain| domain == address.domain()))
}

/// Where people have their mailboxes.
const WELL_KNOWN: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "outlook.fr",
    "hotmail.com",
    "hotmail.fr",
    "live.com",
    "live.fr",
    "yahoo.com",
    "yahoo.fr",
    "icloud.com",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "bbox.fr",
    "protonmail.com",
    "proton.me",
    "gmx.fr",
    "gmx.com",
    "aol.com",
    "mail.com",
    "ymail.com",
];

/// What somebody may have meant who typed a domain that is one slip away from a well-known one.
#[must_use]
pub fn meant(address: &Email) -> Option<String> {
    let domain = address.domain();
    if WELL_KNOWN.contains(&domain) {
        return None;
    }
    let near = |known: &&&str| known.len() >= 8 && strsim::osa_distance(known, domain) == 1;
    let (local, _) = address.spelt().rsplit_once('@')?;
    WELL_KNOWN.iter().find(near).map(|known| format!("{local}@{known}"))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_slip_in_a_well_known_domain_is_noticed_and_nothing_else() {
        let meant = |text: &str| meant(&text.parse().unwrap());
        assert_eq!(meant("Lea@gmial.com").as_deref(), Some("Lea@gmail.com"));
        assert_eq!(meant("lea@hotmal.fr").as_deref(), Some("lea@hotmail.fr"));
        for right in ["lea@gmail.com", "lea@morvan.test", "lea@gmx.com", "lea@fre.fr"] {
            assert_eq!(meant(right), None, "{right}");
        }
    }
}
