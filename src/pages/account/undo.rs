//! The pages behind links in mails by which something is taken back: a question with one button, and what became of it.

use serde::Serialize;

use super::{Form, Page};
use crate::values::Timestamp;

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum TakenBack {
    /// A new address.
    Address {
        /// The one that comes back.
        old: String,
    },
    /// The end of an account.
    Deletion {
        /// When it would be.
        due: Timestamp,
    },
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoStage {
    /// The account is to go, and can be kept still.
    Planned,
    /// Only if somebody presses the button.
    Asked,
    /// It is done.
    Done,
    /// The link's time is over.
    Expired,
    /// The link was used, or there is nothing to take back any more.
    Used,
}

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct Undo {
    /// The page's form, for complaints.
    pub form: Form,
    /// What it is about, as far as it is known.
    pub of: Option<TakenBack>,
    /// Is it about an account's end?
    pub is_deletion: bool,
    /// How far it has come.
    pub stage: UndoStage,
    /// The organisation in whose name the link was mailed.
    pub organisation: String,
}

impl Page for Undo {
    const TEMPLATE: &'static str = "account/undo.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let of =
            |of: Option<TakenBack>, is_deletion, stage| Self { form: Form::default(), of, is_deletion, stage, organisation: "Cabinet Aubépine".to_owned() };
        let address = TakenBack::Address { old: "camille@courriel.test".to_owned() };
        let asked = of(Some(address), false, UndoStage::Asked);
        vec![
            ("address", asked.clone()),
            ("stale", Self { form: Form::default().complaining(super::Complaint::Stale, None), ..asked }),
            ("address_done", of(None, false, UndoStage::Done)),
            ("address_expired", of(None, false, UndoStage::Expired)),
            ("address_used", of(None, false, UndoStage::Used)),
            ("deletion", of(Some(TakenBack::Deletion { due: Timestamp(1_797_863_640) }), true, UndoStage::Asked)),
            ("deletion_planned", of(None, true, UndoStage::Planned)),
            ("deletion_done", of(None, true, UndoStage::Done)),
            ("deletion_expired", of(None, true, UndoStage::Expired)),
            ("deletion_used", of(None, true, UndoStage::Used)),
        ]
    }
}
