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
    /// Their invitations, the open one first.
    pub invitations: Vec<SupportInvitation>,
    /// What was just done: a word.
    pub done: Option<&'static str>,
}

/// An invitation of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupportInvitation {
    /// Which.
    pub id: String,
    /// Its page.
    pub href: String,
    /// To which address.
    pub email: String,
    /// Where it stands, as the words know it.
    pub state: String,
    /// Until when.
    pub until: Timestamp,
    /// Why its mail was not taken.
    pub bounce: Option<String>,
    /// May its link be sent again, or be given longer?
    pub is_open: bool,
    /// May it be changed by who looks?
    pub can_change: bool,
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
        let empty = Self { desk: Desk::sample(&["support"]), form: Form::default(), card: None, invitations: Vec::new(), done: None };
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
        let invitation = |state: &str, is_open, can_change| SupportInvitation {
            id: "1".to_owned(),
            href: "/admin/etude/invitations/1".to_owned(),
            email: "wim@morvan.test".to_owned(),
            state: state.to_owned(),
            until: Timestamp(1_795_271_640),
            bounce: (state == "bounced").then(|| "550 5.1.1 <mailbox> unavailable".to_owned()),
            is_open,
            can_change,
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
            ("bare", Self { form: typed.clone(), card: Some(bare), ..empty.clone() }),
            ("invited", Self { form: typed.clone(), invitations: vec![invitation("bounced", true, true)], ..empty.clone() }),
            (
                "again",
                Self { form: typed, invitations: vec![invitation("sent", true, true), invitation("redeemed", false, false)], done: Some("resent"), ..empty },
            ),
        ]
    }
}
