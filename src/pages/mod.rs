//! What a template may be given, and the engine that renders it.
//!
//! May import: `values`, `model`. A page is a struct with a template and samples; a sentence is never here but in `templates/words/`.
//!
//! Why it is so: the samples of every page are rendered in every language by a test, so a broken template is a failed test and not a broken page.

mod account;
mod admin;
mod assets;
mod brand;
mod check;
mod complaint;
mod countries;
mod dates;
mod demo;
mod engine;
mod files;
mod form;
mod frame;
mod invitation;
mod mail;
mod mailed;
mod problem;
mod refusal;
mod resume;
mod sample;
mod setup;
mod sign_out;
mod terms_text;
mod words;

pub use account::{
    AcceptedShown, AcceptedTerms, Activity, AddressShown, AgentShown, AgreedApp, AliasShown, Apps, AppsNotice, Attention, ChangePassword, Contact, ContactCode,
    Deleting, ExportShown, Home, KeptAt, Me, OpenSession, Organisations, OrganisationsNotice, PlaceShown, Privacy, Profiled, Publisher, ScopeInWords, Security,
    Sessions, SessionsNotice, SignInShown, TakenBack, Undo, UndoStage,
};
pub use admin::{
    AcceptanceLine, AcceptancesReport, AccountCard, AccountMaking, AccountNotice, AccountRow, Accounts, Alert, AppChoice, AuditLine, AuditLog, Board,
    ChainShown, Companies, CompanyRow, CompanySheet, Confirming, Consoles, CsvLine, CsvReport, Desk, Happened, InvitationForm, InvitationRow, InvitationRows,
    InvitationSheet, MailPreview, Reach, Support, SupportCard, SupportInvitation, TermsConfirming, TermsList, TermsRow, TermsSheet, TermsVersionRow, Tile,
    Worded,
};
pub use assets::{Asset, Assets};
pub use brand::{BrandRefused, brand_contrast, brand_css};
pub use check::CheckLink;
pub use complaint::{Complaint, Flaw};
pub use countries::{CountryShown, countries};
pub use demo::{DemoApp, DemoFront, DemoPerson};
pub use engine::Pages;
pub use form::{Form, Marked};
pub use frame::{Frame, FrameSupport, FrameTenant, Named, initials};
pub use invitation::{Invitation, InvitationOver, InvitationWrong, InvitedTo, LostLink};
pub use mail::{MailPage, WrittenMail};
pub use mailed::{CodeShown, UndoPassword};
pub use problem::Problem;
pub use refusal::{Blocked, OpenWays, Throttled};
pub use resume::{HiddenField, Resume};
pub use sample::{MailSample, mail_sample, mail_sample_tenant};
pub use setup::{Setup, SetupDone};
pub use sign_out::{Link, SignOut, SignedInAccount, SignedOut};
pub use terms_text::{Run, Written, written};
pub use words::Words;

use serde::Serialize;

/// A page on its way to the renderer, its type forgotten.
#[derive(Clone, Debug)]
pub struct Content {
    /// The template's path.
    pub template: &'static str,
    /// What it is given.
    pub value: minijinja::Value,
}

impl Content {
    /// Of any page.
    pub fn of<P: Page>(page: &P) -> Self {
        Self { template: P::TEMPLATE, value: minijinja::Value::from(minijinja::value::Serde(page)) }
    }
}

/// What one template is given. Beside its screen, or beside the request that shows it.
pub trait Page: Serialize + Sized {
    /// The template's path under `templates/`.
    const TEMPLATE: &'static str;
    /// It as tests and galleries show it, each with a name.
    fn samples() -> Vec<(&'static str, Self)>;
}
