//! S-AD-USERS: the people of an organisation.

use serde::Serialize;

use super::{Desk, Page};
use crate::model::{AccountState, Role};

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Accounts {
    /// Around it.
    pub desk: Desk,
    /// What is looked for.
    pub q: String,
    /// In which state: a word of the address.
    pub state: &'static str,
    /// Who was found.
    pub found: Vec<AccountRow>,
    /// Is it not the first part of the list?
    pub is_later: bool,
    /// The next part.
    pub next_href: Option<String>,
    /// May accounts be made here?
    pub can_create: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    /// Their page.
    pub href: String,
    /// What they sign in with.
    pub identifier: String,
    /// Their login name, where that is another thing.
    pub login: Option<String>,
    /// Their name.
    pub name: String,
    /// May they sign in?
    pub state: AccountState,
    /// What they may do here.
    pub roles: Vec<Role>,
}

impl Page for Accounts {
    const TEMPLATE: &'static str = "admin/accounts.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, identifier: &str, state, roles: &[Role]| AccountRow {
            href: format!("/admin/etude/accounts/{}", name.len()),
            identifier: identifier.to_owned(),
            login: None,
            name: name.to_owned(),
            state,
            roles: roles.to_vec(),
        };
        let found = vec![
            row("Pauline Lacaze", "pauline@etude.test", AccountState::Active, &[Role::AccountAdministrator, Role::Auditor]),
            AccountRow { login: Some("sonia.b".to_owned()), ..row("Sonia Belmonté", "sonia@etude.test", AccountState::Locked, &[]) },
            row("Émilie Vauquelin-Desrosiers", "emilie.vauquelin-desrosiers@etude.test", AccountState::Archived, &[Role::Inviter]),
        ];
        let desk = Desk::sample(&["accounts"]);
        let all = Self { desk, q: String::new(), state: "present", found, is_later: false, next_href: None, can_create: true };
        vec![
            ("all", all.clone()),
            ("part", Self { next_href: Some("/admin/etude/accounts?after=x".to_owned()), is_later: true, ..all.clone() }),
            ("none", Self { q: "<b>nobody</b>".to_owned(), state: "archived", found: Vec::new(), can_create: false, ..all.clone() }),
            ("none-yet", Self { found: Vec::new(), next_href: Some("/admin/etude/accounts?after=x".to_owned()), q: "so".to_owned(), ..all }),
        ]
    }
}
