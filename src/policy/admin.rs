//! Who may administer what: one function for the API, the command line and the consoles.
//!
//! Two things decide, and both must agree: the scopes of the token, and, where somebody acts on behalf of a person, the person's role. A token counts in
//! the tenant whose issuer made it and nowhere else, except that a token of the tenant `system` counts everywhere.

use std::collections::BTreeSet;

use crate::{
    model::Role,
    values::{Scopes, TenantId},
};

macro_rules! rights { ($($(#[$doc:meta])* $variant:ident = $scope:literal),* $(,)?) => {
    /// One thing that can be permitted; its text is the scope that a token needs.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Right { $($(#[$doc])* $variant),* }
    impl Right {
        /// All of them.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// The scope that a token needs.
        #[must_use]
        pub fn scope(self) -> &'static str { match self { $(Self::$variant => $scope),* } }
        /// The right that a scope stands for.
        #[must_use]
        pub fn of_scope(scope: &str) -> Option<Self> { Self::ALL.iter().copied().find(|right| right.scope() == scope) }
    }
}}

rights! {
    /// See the organisation.
    TenantRead = "tenant.read",
    /// Change the organisation, give and take roles.
    TenantWrite = "tenant.write",
    /// See accounts.
    AccountRead = "account.read",
    /// Change accounts.
    AccountWrite = "account.write",
    /// See clients.
    ClientRead = "client.read",
    /// Change clients.
    ClientWrite = "client.write",
    /// See APIs.
    ApiRead = "api.read",
    /// Change APIs.
    ApiWrite = "api.write",
    /// See signing keys.
    KeyRead = "key.read",
    /// Rotate signing keys.
    KeyWrite = "key.write",
    /// See settings.
    SettingRead = "setting.read",
    /// Change settings.
    SettingWrite = "setting.write",
    /// Read the audit trail.
    AuditRead = "audit.read",
    /// See invitations.
    InvitationRead = "invitation.read",
    /// Invite people, invite them again, and take an invitation back.
    InvitationWrite = "invitation.write",
    /// Find one account by what its owner says, to help.
    SupportRead = "support.read",
    /// See mails that wait or were given up.
    MailRead = "mail.read",
    /// Send mails once more, and tests.
    MailWrite = "mail.write",
    /// See terms of use and who accepted them.
    TermsRead = "terms.read",
    /// Publish terms of use, and import acceptances.
    TermsWrite = "terms.write",
}

/// Who asks, as far as it decides anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody on this machine who can read the token file.
    Local,
    /// A client by itself: its scopes are its rights.
    Client {
        /// Whose issuer made the token.
        tenant: TenantId,
        /// Is that the tenant `system`?
        of_system: bool,
        /// What the token allows.
        scopes: Scopes,
    },
    /// A client on behalf of a person: scopes and roles together.
    Person {
        /// Whose issuer made the token.
        tenant: TenantId,
        /// Is that the tenant `system`?
        of_system: bool,
        /// What the token allows.
        scopes: Scopes,
        /// What the person may do in that tenant.
        roles: BTreeSet<Role>,
    },
}

impl Caller {
    /// A person at a console: there is no client that could ask for less than the person may.
    #[must_use]
    pub fn at_console(tenant: TenantId, of_system: bool, roles: BTreeSet<Role>) -> Self {
        let scopes = Right::ALL.iter().filter_map(|right| right.scope().parse().ok()).collect();
        Self::Person { tenant, of_system, scopes, roles }
    }
}

/// Where something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In one organisation.
    Tenant(TenantId),
    /// In the house as a whole: all organisations, the backup.
    House,
}

/// The decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allowed,
    /// It is of another organisation: as far as this caller can tell, it does not exist.
    Unseen,
    /// The token lacks this scope.
    LacksScope(&'static str),
    /// The person's roles do not include it.
    LacksRole,
}

/// May this caller do this there?
#[must_use]
pub fn may(caller: &Caller, right: Right, place: Place) -> Verdict {
    let (tenant, of_system, scopes) = match caller {
        Caller::Local => return Verdict::Allowed,
        Caller::Client { tenant, of_system, scopes } | Caller::Person { tenant, of_system, scopes, .. } => (tenant, of_system, scopes),
    };
    if !of_system && place != Place::Tenant(*tenant) {
        return if place == Place::House { Verdict::LacksRole } else { Verdict::Unseen };
    }
    if !scopes.has(right.scope()) {
        return Verdict::LacksScope(right.scope());
    }
    match caller {
        Caller::Person { roles, .. } if !roles.iter().any(|role| includes(*role, right, *of_system)) => Verdict::LacksRole,
        _ => Verdict::Allowed,
    }
}

/// Does this caller stand above all organisations? Verifying a publisher and switching an organisation off are for these.
#[must_use]
pub fn is_operator(caller: &Caller) -> bool {
    match caller {
        Caller::Local => true,
        Caller::Client { of_system, .. } => *of_system,
        Caller::Person { of_system, roles, .. } => *of_system && roles.contains(&Role::Operator),
    }
}

/// May this caller hand out or touch what carries these scopes of the administration API? Nobody gives what they do not have: otherwise a client
/// made with more rights than its maker would be a way up.
#[must_use]
pub fn may_grant(caller: &Caller, scopes: &Scopes, place: Place) -> Verdict {
    let rights = scopes.iter().filter_map(|scope| Right::of_scope(scope.as_str()));
    rights.map(|right| may(caller, right, place)).find(|verdict| *verdict != Verdict::Allowed).unwrap_or(Verdict::Allowed)
}

/// In the tenant `system` only operators do anything: its accounts and clients have power everywhere.
fn includes(role: Role, right: Right, of_system: bool) -> bool {
    match role {
        Role::Operator => of_system,
        _ if of_system => false,
        Role::GlobalAdministrator => true,
        Role::ApplicationAdministrator => {
            matches!(right, Right::ClientRead | Right::ClientWrite | Right::ApiRead | Right::ApiWrite | Right::KeyRead | Right::SettingRead | Right::TenantRead)
        }
        Role::AccountAdministrator => {
            matches!(right, Right::AccountRead | Right::AccountWrite | Right::InvitationRead | Right::InvitationWrite | Right::SupportRead | Right::TenantRead)
        }
        Role::Inviter => matches!(right, Right::InvitationRead | Right::InvitationWrite | Right::TenantRead),
        Role::Helpdesk => matches!(right, Right::SupportRead | Right::InvitationRead | Right::InvitationWrite | Right::TenantRead),
        Role::Auditor => matches!(right, Right::AuditRead | Right::TenantRead),
    }
}

#[cfg(test)]
mod tests;
