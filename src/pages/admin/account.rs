//! S-AD-USER: one person, as administrators see and change them. S-AD-USER-NEW: a new one.

use serde::Serialize;

use super::{Desk, Happened, Page};
use crate::{
    model::{AccountState, Role},
    pages::{Complaint, Form},
    values::Timestamp,
};

/// One person.
#[derive(Clone, Debug, Serialize)]
pub struct AccountCard {
    /// Around it.
    pub desk: Desk,
    /// What stands in the fields, and what is wrong with it.
    pub form: Form,
    /// What stands in the account now, by the names of the fields, where it changed meanwhile.
    pub present: Vec<(String, String)>,
    /// Which state of the account was shown: what changed since is not overwritten.
    pub version: u64,
    /// The person's name.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// Is their address proved?
    pub is_verified: bool,
    /// May they sign in?
    pub state: AccountState,
    /// Since when there is an account.
    pub since: Timestamp,
    /// Where they are signed in now.
    pub sessions: usize,
    /// The roles that can be held here, and whether they hold them.
    pub roles: Vec<(Role, bool)>,
    /// What whoever looks may do.
    pub may: Reach,
    /// Does whoever looks see themselves?
    pub is_oneself: bool,
    /// What happened lately.
    pub history: Vec<Happened>,
    /// What was just done.
    pub notice: Option<AccountNotice>,
}

/// What somebody may do to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Change them?
    pub change: bool,
    /// Give them roles?
    pub give: bool,
}

/// What was just done on S-AD-USER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountNotice {
    /// The account was made.
    Created,
    /// What is written was saved.
    Saved,
    /// The roles were set.
    Roles,
    /// Archived.
    Archived,
    /// Restored.
    Restored,
    /// Locked.
    Locked,
    /// Unlocked.
    Unlocked,
    /// Signed out everywhere.
    SignedOut,
}

impl AccountNotice {
    /// All of them, by the words that addresses hold.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("created", Self::Created),
        ("saved", Self::Saved),
        ("roles", Self::Roles),
        ("archive", Self::Archived),
        ("restore", Self::Restored),
        ("lock", Self::Locked),
        ("unlock", Self::Unlocked),
        ("sign-out", Self::SignedOut),
    ];
}

impl AccountCard {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["given_name", "family_name", "email", "login", "phone"];
}

fn typed(email: &str) -> Form {
    let pairs = [("given_name", "Sonia"), ("family_name", "Belmonté"), ("email", email), ("login", "sonia.b"), ("phone", "+33123456789")];
    Form::keeping(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())), AccountCard::KEPT)
}

impl Page for AccountCard {
    const TEMPLATE: &'static str = "admin/account.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let known = Self {
            desk: Desk::sample(&["accounts"]),
            form: typed("sonia@etude.test"),
            present: Vec::new(),
            version: 3,
            name: "Sonia Belmonté".to_owned(),
            identifier: "sonia@etude.test".to_owned(),
            is_verified: true,
            state: AccountState::Active,
            since: Timestamp(1_772_530_000),
            sessions: 2,
            roles: vec![(Role::GlobalAdministrator, false), (Role::AccountAdministrator, true), (Role::Auditor, false)],
            may: Reach { change: true, give: true },
            is_oneself: false,
            history: Happened::samples(),
            notice: None,
        };
        let wrong = typed("sonia@etude.test")
            .complaining(Complaint::EmailTaken, Some("email"))
            .complaining(Complaint::LoginTaken, Some("login"))
            .complaining(Complaint::PhoneTaken, Some("phone"))
            .complaining(Complaint::Unfit { field: "given_name" }, Some("given_name"))
            .complaining(Complaint::Unfit { field: "family_name" }, Some("family_name"));
        let moved = typed("s.belmonte@etude.test").complaining(Complaint::Conflict, None);
        let mut all = vec![
            ("known", known.clone()),
            ("wrong", Self { form: wrong, ..known.clone() }),
            ("conflict", Self { form: moved, present: vec![("email".to_owned(), "sonia@etude.test".to_owned())], ..known.clone() }),
            ("last", Self { form: typed("sonia@etude.test").complaining(Complaint::LastAdministrator { organisation: None }, None), ..known.clone() }),
            ("oneself", Self { is_oneself: true, sessions: 1, is_verified: false, ..known.clone() }),
            ("locked", Self { state: AccountState::Locked, sessions: 0, may: Reach { change: true, give: false }, ..known.clone() }),
            ("archived", Self { state: AccountState::Archived, sessions: 0, history: Vec::new(), ..known.clone() }),
            ("out-of-reach", Self { may: Reach { change: false, give: false }, ..known.clone() }),
        ];
        for (name, notice) in AccountNotice::ALL {
            all.push((name, Self { notice: Some(*notice), ..known.clone() }));
        }
        all
    }
}

/// A new one.
#[derive(Clone, Debug, Serialize)]
pub struct AccountMaking {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// How long a password must be.
    pub min_password: usize,
}

impl Page for AccountMaking {
    const TEMPLATE: &'static str = "admin/account_new.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self { desk: Desk::sample(&["accounts"]), form: Form::default(), min_password: 12 };
        let wrong = typed("sonia@etude")
            .complaining(Complaint::Email, Some("email"))
            .complaining(Complaint::PasswordShort { least: 12, missing: 4 }, Some("new_password"));
        vec![("empty", empty.clone()), ("wrong", Self { form: wrong, ..empty })]
    }
}
