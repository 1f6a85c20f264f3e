//! People in organisations that are not their home.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Role, Subject, Table};
use crate::values::{CompanyId, TenantId, Timestamp};

/// A person's place in an organisation that is not the home of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organisation.
    pub tenant: TenantId,
    /// The person.
    pub subject: Subject,
    /// What the person may do there.
    #[serde(default)]
    pub roles: BTreeSet<Role>,
    /// For which company of the organisation's they are there.
    #[serde(default)]
    pub company: Option<CompanyPlace>,
    /// Since when.
    pub created_at: Timestamp,
}

/// A person's place in a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CompanyPlace {
    /// Which.
    #[schema(value_type = String)]
    pub id: CompanyId,
    /// Do they administer its accounts?
    #[serde(default)]
    pub administrator: bool,
}

impl Membership {
    /// The key of a person's place in an organisation.
    #[must_use]
    pub fn key_of(tenant: TenantId, subject: Subject) -> Key {
        Key::of([&tenant.to_string(), &subject.home.to_string(), &subject.id.to_string()])
    }
}

impl Record for Membership {
    const TABLE: Table = Table::Membership;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, self.subject)
    }
    fn listed(&self) -> Vec<(Index, Key)> {
        vec![(Index::MembershipByAccount, Key::of([&self.subject.home.to_string(), &self.subject.id.to_string()]))]
    }
}
