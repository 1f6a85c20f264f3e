//! What makes a struct a record.

use serde::{Serialize, de::DeserializeOwned};

use crate::values::Timestamp;

macro_rules! numbered { ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $number:literal),* $(,)? }) => {
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[repr(u8)]
    pub enum $name { $($(#[$vdoc])* $variant = $number),* }
    impl $name {
        /// All of them.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// The number on disk: never changed, never used twice.
        #[must_use]
        pub fn number(self) -> u8 { match self { $(Self::$variant => $number),* } }
        /// From disk.
        #[must_use]
        pub fn from_number(number: u8) -> Option<Self> { Self::ALL.iter().copied().find(|one| one.number() == number) }
    }
}}

numbered! {
    /// A kind of record.
    Table {
        /// Organisations.
        Tenant = 1,
        /// People.
        Account = 2,
        /// People in organisations that are not their home.
        Membership = 3,
        /// What people prove themselves with.
        Credential = 4,
        /// Applications.
        Client = 5,
        /// What applications call.
        Api = 6,
        /// Signed-in browsers.
        Session = 7,
        /// Browsers.
        Device = 8,
        /// Walks through the pages.
        Journey = 9,
        /// Authorization codes.
        AuthorizationCode = 10,
        /// Token families.
        Grant = 11,
        /// Opaque access tokens.
        OpaqueAccessToken = 12,
        /// JWT access tokens that were revoked before their end.
        RevokedToken = 13,
        /// Agreements of people to applications.
        Consent = 14,
        /// Keys that tokens are signed with.
        SigningKey = 15,
        /// Failures counted.
        Attempts = 16,
        /// What is still to be sent.
        Message = 17,
        /// Client assertions seen.
        UsedAssertion = 18,
        /// Applications reported by people.
        AppReport = 19,
        /// Links that make the first operator.
        SetupLink = 20,
        /// The audit trail; appended by the store itself.
        Audit = 21,
        /// Addresses that accounts are about to have.
        AddressChange = 43,
        /// Links in mails that take an address back.
        AddressUndo = 44,
        /// Accounts that are to go.
        AccountDeletion = 45,
        /// Accounts that are gone.
        Tombstone = 46,
        /// What people asked to have of their own data.
        AccountExport = 47,
        /// Pieces of it.
        AccountExportPart = 48,
        /// Links in mails that show a code.
        CodeLink = 22,
        /// Links in mails that take a new password back.
        UndoLink = 23,
        /// Invitations into organisations.
        Invitation = 30,
        /// Where clients are told of what happens.
        Endpoint = 37,
        /// Companies, within the organisation they deal with.
        Company = 38,
        /// Permissions of people to organisations that are not their home.
        OrganisationConsent = 25,
        /// Terms of use.
        TermsDocument = 26,
        /// What changed in their versions, and who was told.
        TermsRelease = 27,
        /// Pieces of their texts.
        TermsText = 28,
        /// Who accepted them.
        TermsAcceptance = 29,
    }
}

numbered! {
    /// A way to find records other than by key. How each leads to them says [`Index::leads`].
    Index {
        /// Unique: slug.
        TenantBySlug = 1,
        /// Unique: verified domain.
        TenantByDomain = 2,
        /// Unique: the one tenant that answers at the root.
        TenantByDefault = 3,
        /// Listed: all tenants.
        Tenants = 4,
        /// Unique: home, canonical address.
        AccountByEmail = 5,
        /// Unique: home, number.
        AccountByPhone = 6,
        /// Unique: home, login name.
        AccountByLogin = 7,
        /// Leading: home.
        AccountByTenant = 8,
        /// Leading: home, account.
        CredentialByAccount = 9,
        /// Leading: tenant.
        ClientByTenant = 10,
        /// Leading: tenant.
        ApiByTenant = 11,
        /// Unique: tenant, scope.
        ApiByScope = 12,
        /// Unique: session id.
        SessionBySid = 13,
        /// Listed: home, account.
        SessionByAccount = 14,
        /// Listed: session id.
        GrantBySession = 15,
        /// Listed: tenant, home, account, client.
        GrantByConsent = 16,
        /// Listed: home, account.
        ConsentByAccount = 17,
        /// Leading: issuer.
        SigningKeyByIssuer = 18,
        /// Listed: when due.
        MessageByDue = 19,
        /// Listed: tenant.
        AppReportByTenant = 20,
        /// Listed: tenant.
        AuditByTenant = 21,
        /// Listed: home, account.
        MembershipByAccount = 22,
        /// Leading: tenant.
        MembershipByTenant = 23,
        /// Listed: tenant, role holders (administrators are few).
        AccountByRole = 24,
        /// Listed: grant.
        OpaqueAccessTokenByGrant = 25,
        /// Listed: browser, tenant.
        JourneyByBrowser = 26,
        /// Listed: tenant, origin (clients that run in a browser).
        ClientByOrigin = 27,
        /// Listed: tenant (mails that wait or were given up).
        MailByTenant = 40,
        /// Unique: digest of a link's token or alias, the replaced ones included.
        InvitationByLink = 55,
        /// Unique: tenant, canonical address (those that are not over but by time).
        InvitationByEmail = 56,
        /// Leading: tenant.
        InvitationByTenant = 57,
        /// Listed: the day of the next reminder.
        InvitationByReminder = 58,
        /// Listed: home, account of who redeemed it.
        InvitationByRedeemer = 59,
        /// Listed: one value (accounts that answer to an address of before).
        AccountByAlias = 81,
        /// Listed: one value.
        AccountDeletions = 82,
        /// Unique: digest of the link that calls it off.
        AccountDeletionByLink = 83,
        /// Listed: one value (those that are not made yet).
        AccountExportsWaiting = 84,
        /// Leading: home, account.
        AccountExportPartByAccount = 85,
        /// Leading: tenant.
        EndpointByTenant = 71,
        /// Listed: tenant, `open` or `sent` (webhooks).
        HookByTenant = 72,
        /// Listed: tenant, endpoint, object (webhooks that wait).
        HookByLine = 73,
        /// Leading: tenant.
        CompanyByTenant = 74,
        /// Unique: tenant, country, registration number (of companies that are no drafts).
        CompanyByNumber = 75,
        /// Listed: home, word of a name or an address; looked for by how it begins.
        AccountByWord = 63,
        /// Listed: home, state (those who may not sign in are few).
        AccountByState = 64,
        /// Listed: account (events by it or about it).
        AuditByAccount = 65,
        /// Listed: home, account.
        OrganisationConsentByAccount = 47,
        /// Leading: tenant.
        TermsDocumentByTenant = 48,
        /// Listed: all versions about which people are still to be told.
        TermsReleaseToAnnounce = 49,
        /// Leading: tenant, home, account.
        TermsAcceptanceByPerson = 50,
        /// Listed: home, account.
        TermsAcceptanceByAccount = 51,
        /// Listed: tenant, document.
        TermsAcceptanceByDocument = 52,
    }
}

/// How an index leads to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// A value has one row.
    ToOne,
    /// A value has many, each of which states it.
    ToMany,
    /// To all rows of this table whose key begins with the value: the keys themselves, in their order, are the list, so no record states it and no engine keeps
    /// anything for it.
    ByKey(Table),
}

impl Index {
    /// How it leads to rows.
    #[must_use]
    pub fn leads(self) -> Leads {
        match self {
            Self::TenantBySlug
            | Self::TenantByDomain
            | Self::TenantByDefault
            | Self::AccountByEmail
            | Self::AccountByPhone
            | Self::AccountByLogin
            | Self::ApiByScope
            | Self::SessionBySid
            | Self::InvitationByLink
            | Self::InvitationByEmail
            | Self::AccountDeletionByLink
            | Self::CompanyByNumber => Leads::ToOne,
            Self::AccountByTenant => Leads::ByKey(Table::Account),
            Self::CredentialByAccount => Leads::ByKey(Table::Credential),
            Self::ClientByTenant => Leads::ByKey(Table::Client),
            Self::ApiByTenant => Leads::ByKey(Table::Api),
            Self::SigningKeyByIssuer => Leads::ByKey(Table::SigningKey),
            Self::MembershipByTenant => Leads::ByKey(Table::Membership),
            Self::InvitationByTenant => Leads::ByKey(Table::Invitation),
            Self::AccountExportPartByAccount => Leads::ByKey(Table::AccountExportPart),
            Self::EndpointByTenant => Leads::ByKey(Table::Endpoint),
            Self::CompanyByTenant => Leads::ByKey(Table::Company),
            Self::TermsDocumentByTenant => Leads::ByKey(Table::TermsDocument),
            Self::TermsAcceptanceByPerson => Leads::ByKey(Table::TermsAcceptance),
            _ => Leads::ToMany,
        }
    }
}

/// A name in a table or a value in an index: parts joined by a byte that no part may hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// Join parts. A NUL inside a part is dropped: no id, address or scope has one, they are refused when parsed.
    #[must_use]
    pub fn of<const N: usize>(parts: [&str; N]) -> Self {
        let mut joined = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                joined.push('\0');
            }
            joined.extend(part.chars().filter(|c| *c != '\0'));
        }
        Self(joined)
    }

    /// What every longer key begins with whose first parts are these.
    #[must_use]
    pub fn leading(&self) -> String {
        format!("{}\0", self.0)
    }

    /// As the store keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From the store.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

/// Something the store keeps: a body that describes itself, and the keys it is found by.
pub trait Record: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// Its table.
    const TABLE: Table;
    /// Its name there.
    fn key(&self) -> Key;
    /// Values that no other record may have.
    fn unique(&self) -> Vec<(Index, Key)> {
        Vec::new()
    }
    /// Values that it can be listed by, beside those that its key begins with.
    fn listed(&self) -> Vec<(Index, Key)> {
        Vec::new()
    }
    /// From when on it does not exist any more; swept some time later.
    fn expires_at(&self) -> Option<Timestamp> {
        None
    }
}
