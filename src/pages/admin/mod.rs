//! The consoles' pages.

mod account;
mod accounts;
mod audit;
mod board;
mod companies;
mod confirming;
mod consoles;
mod happened;
mod invitations;
mod support;
mod terms;

pub use account::{AccountCard, AccountMaking, AccountNotice, Reach};
pub use accounts::{AccountRow, Accounts};
pub use audit::{AuditLine, AuditLog, ChainShown, Worded};
pub use board::{Alert, Board, Tile};
pub use companies::{Companies, CompanyRow, CompanySheet};
pub use confirming::Confirming;
pub use consoles::Consoles;
pub use happened::Happened;
pub use invitations::{AppChoice, CsvLine, CsvReport, InvitationForm, InvitationRow, InvitationRows, InvitationSheet, MailPreview};
pub use support::{Support, SupportCard, SupportInvitation};
pub use terms::{AcceptanceLine, AcceptancesReport, TermsConfirming, TermsList, TermsRow, TermsSheet, TermsVersionRow};

use serde::Serialize;

use super::{Form, Link, Me, Page};

/// What stands around `main` on every page of a console: who sits there, and where they may go. A page of it has it as `desk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Desk {
    /// Who.
    pub me: Me,
    /// The address of its first page; each place stands below it.
    pub path: String,
    /// The places that are open to them.
    pub places: Vec<&'static str>,
}

impl Desk {
    fn sample(places: &[&'static str]) -> Self {
        Self {
            me: Me { name: "Pauline Lacaze".to_owned(), identifier: "pauline@etude.test".to_owned() },
            path: "/admin/etude".to_owned(),
            places: places.to_vec(),
        }
    }
}
