//! What is written and shown about a person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    model::{Account, AccountState, PostalAddress, Profile, Role},
    service::admin::Shown,
    values::{AccountId, Locale, Secret, TenantId, Timestamp},
};

/// What may be written about a person. Whether an address is verified is not in it: its owner's proof says so, or [`vouch`](super::vouch).
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
    /// Must that password be changed at the first sign-in?
    #[serde(default)]
    pub must_change: bool,
    /// What the person may do.
    #[serde(default)]
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

pub(in crate::service::admin) fn written_of(account: &Account) -> AccountWritten {
    AccountWritten {
        email: account.primary_email().map(|email| email.address.spelt().to_owned()),
        login: account.login.clone(),
        phone: account.phones.first().map(|phone| phone.number.clone()),
        locale: account.locale,
        profile: account.profile.clone(),
        address: account.address.clone(),
    }
}

pub(super) fn shown_at(rev: u64, account: &Account) -> Shown<AccountShown> {
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
