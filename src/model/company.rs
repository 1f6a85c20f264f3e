//! Companies: whom an organisation deals with. A company is no tenant; it may become one when it proves a domain.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Index, Key, Record, Subject, Table};
use crate::values::{CompanyId, TenantId, Timestamp};

macro_rules! details { ($($(#[$doc:meta])* $member:ident = $name:literal),* $(,)?) => {
    /// What is known of a company. A field that nobody filled in is empty.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(default, deny_unknown_fields)]
    pub struct CompanyDetails { $($(#[$doc])* #[serde(rename = $name, skip_serializing_if = "String::is_empty")] pub $member: String),* }
    impl CompanyDetails {
        /// The names of the fields, as forms and the API have them.
        pub const FIELDS: &'static [&'static str] = &[$($name),*];
        /// What the fields are called where they stand beside those of a person, in the same order.
        pub const COLUMNS: &'static [&'static str] = &[$(concat!("company_", $name)),*];
        /// What stands in a field.
        #[must_use]
        pub fn value(&self, field: &str) -> &str { match field { $($name => &self.$member,)* _ => "" } }
        /// Write into a field.
        pub fn write(&mut self, field: &str, text: &str) { match field { $($name => text.clone_into(&mut self.$member),)* _ => {} } }
    }
}}

details! {
    /// Its name in the register.
    legal_name = "legal_name",
    /// The name it trades under.
    trade_name = "trade_name",
    /// Its country, two letters. [ISO 3166-1]
    country = "country",
    /// Its number in the register: SIREN or SIRET in France.
    reg_no = "reg_no",
    /// Its number for value added tax.
    vat_no = "vat_no",
    /// Its legal form.
    legal_form = "legal_form",
    /// Street and number.
    street_address = "street-address",
    /// Postal code.
    postal_code = "postal-code",
    /// Town.
    locality = "address-level2",
    /// Telephone.
    phone = "phone",
    /// What it does.
    sector = "sector",
    /// How many people work there, as one of the ranges offered.
    size = "size",
    /// Given names of whom to ask.
    contact_given = "contact_given",
    /// Family names of whom to ask.
    contact_family = "contact_family",
    /// Language.
    language = "contact_language",
    /// Time zone.
    timezone = "timezone",
}

impl CompanyDetails {
    /// What stands in the columns, as far as there are such.
    #[must_use]
    pub fn of_columns(cell: impl Fn(&str) -> Option<String>) -> Self {
        let mut details = Self::default();
        for (field, column) in Self::FIELDS.iter().zip(Self::COLUMNS) {
            details.write(field, &cell(column).unwrap_or_default());
        }
        details
    }

    /// Which fields are filled in.
    #[must_use]
    pub fn filled(&self) -> BTreeSet<String> {
        Self::FIELDS.iter().filter(|field| !self.value(field).is_empty()).map(|field| (*field).to_owned()).collect()
    }
}

/// Is it there?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompanyState {
    /// Not yet: prefilled by who invites, or saved for later.
    Draft,
    /// Yes.
    Active,
}

/// A company within the organisation it deals with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Whose customer it is.
    pub tenant: TenantId,
    /// Which: `company_id` in tokens.
    pub id: CompanyId,
    /// Is it there?
    pub state: CompanyState,
    /// What is known of it.
    pub details: CompanyDetails,
    /// What the inviter filled in: each such value is shown with the name of the inviter's organisation.
    #[serde(default)]
    pub filled: CompanyDetails,
    /// By what no other company of the organisation is known, once it is there: the number in its country's register.
    #[serde(default)]
    pub number: Option<String>,
    /// Who made it: the first administrator of it. `None` while only an inviter knows it.
    pub created_by: Option<Subject>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
}

impl Company {
    /// What an inviter knows of a company before its first person comes. It goes into the batch that makes the invitation.
    #[must_use]
    pub fn draft(tenant: TenantId, id: CompanyId, filled: CompanyDetails, now: Timestamp) -> Self {
        let details = filled.clone();
        Self { tenant, id, state: CompanyState::Draft, details, filled, number: None, created_by: None, created_at: now, updated_at: now }
    }

    /// Saved for later by the person who is to make it.
    #[must_use]
    pub fn saved(mut self, details: CompanyDetails, now: Timestamp) -> Self {
        self.details = details;
        self.updated_at = now;
        self
    }

    /// Made. One that is there stays as it is.
    #[must_use]
    pub fn made(mut self, details: CompanyDetails, number: Option<String>, by: Subject, now: Timestamp) -> Self {
        if self.state == CompanyState::Draft {
            self = Self { state: CompanyState::Active, details, number, created_by: Some(by), updated_at: now, ..self };
        }
        self
    }

    /// The key of a company: without its tenant nobody finds it.
    #[must_use]
    pub fn key_of(tenant: TenantId, id: CompanyId) -> Key {
        Key::of([&tenant.to_string(), &id.to_string()])
    }

    /// Where one with this number is found.
    #[must_use]
    pub fn by_number(tenant: TenantId, country: &str, number: &str) -> Key {
        Key::of([&tenant.to_string(), country, number])
    }
}

impl Record for Company {
    const TABLE: Table = Table::Company;
    fn key(&self) -> Key {
        Self::key_of(self.tenant, self.id)
    }
    fn unique(&self) -> Vec<(Index, Key)> {
        let number = self.number.as_ref().filter(|_| self.state == CompanyState::Active);
        number.map(|number| (Index::CompanyByNumber, Self::by_number(self.tenant, &self.details.country, number))).into_iter().collect()
    }
}
