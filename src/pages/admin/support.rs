//! S-HD-SEARCH and S-HD-USER: helping people who call.

use serde::Serialize;

use super::{Desk, Happened, Page};
use crate::{
    model::AccountState,
    pages::{Complaint, Form},
    values::Timestamp,
};

/// The question whom, and the answer once somebody was found.
#[derive(Clone, Debug, Serialize)]
pub struct Support {
    /// Around it.
    pub desk: Desk,
    /// What was typed, and what is wrong with it.
    pub form: Form,
    /// Who was found.
    pub card: Option<SupportCard>,
}

/// What a person who calls can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupportCard {
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// May they sign in?
    pub state: AccountState,
    /// Is their address proved?
    pub is_verified: bool,
    /// Have they a password?
    pub has_password: bool,
    /// In how many browsers they are signed in.
    pub sessions: usize,
    /// The last sign-in that is noted.
    pub signed_in: Option<Timestamp>,
    /// What failed lately.
    pub failures: Vec<Happened>,
}

impl Page for Support {
    const TEMPLATE: &'static str = "admin/support.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let typed = Form::keeping(&[("q".to_owned(), "sonia@etude.test".to_owned())], &["q"]);
        let empty = Self { desk: Desk::sample(&["support"]), form: Form::default(), card: None };
        let card = SupportCard {
            name: "Sonia Belmonté".to_owned(),
            identifier: "sonia@etude.test".to_owned(),
            state: AccountState::Locked,
            is_verified: true,
            has_password: true,
            sessions: 1,
            signed_in: Some(Timestamp(1_795_271_640)),
            failures: Happened::samples(),
        };
        let bare = SupportCard {
            is_verified: false,
            has_password: false,
            sessions: 0,
            signed_in: None,
            failures: Vec::new(),
            state: AccountState::Active,
            ..card.clone()
        };
        vec![
            ("empty", empty.clone()),
            ("missing", Self { form: Form::default().complaining(Complaint::Required { field: "q" }, Some("q")), ..empty.clone() }),
            ("nobody", Self { form: typed.clone().complaining(Complaint::NoAccount, Some("q")), ..empty.clone() }),
            ("found", Self { form: typed.clone(), card: Some(card), ..empty.clone() }),
            ("bare", Self { form: typed, card: Some(bare), ..empty }),
        ]
    }
}
