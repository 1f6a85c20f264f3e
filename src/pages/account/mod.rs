//! The portal's pages.

mod activity;
mod apps;
mod contact;
mod home;
mod organisations;
mod privacy;
mod profile;
mod security;
mod sessions;
mod terms;
mod undo;

pub use activity::Activity;
pub use apps::{AgreedApp, Apps, AppsNotice, Publisher, ScopeInWords};
pub use contact::{AliasShown, Contact, ContactCode};
pub use home::{Attention, Home, SignInShown};
pub use organisations::{Organisations, OrganisationsNotice, PlaceShown};
pub use privacy::{Deleting, ExportShown, KeptAt, Privacy};
pub use profile::{AddressShown, Profiled};
pub use security::{ChangePassword, Security};
pub use sessions::{OpenSession, Sessions, SessionsNotice};
pub use terms::{AcceptedShown, AcceptedTerms};
pub use undo::{TakenBack, Undo, UndoStage};

use serde::Serialize;

use super::{Complaint, Form, Page, initials};
use crate::model::{Account, Agent};

/// Whose portal it is: stands at the top of each of its pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Me {
    /// The person's name.
    pub name: String,
    /// Their address.
    pub identifier: String,
}

impl Me {
    /// Of an account.
    #[must_use]
    pub fn of(account: &Account) -> Self {
        Self { name: account.display_name(), identifier: account.identifier() }
    }

    fn sample() -> Self {
        Self { name: "Camille Éon".to_owned(), identifier: "camille@courriel.test".to_owned() }
    }
}

/// A browser by the names that its makers give it and its system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AgentShown {
    /// The browser.
    pub browser: Option<&'static str>,
    /// What it runs on.
    pub system: Option<&'static str>,
}

impl AgentShown {
    /// As far as it said so.
    #[must_use]
    pub fn of(agent: Agent) -> Self {
        Self { browser: agent.browser.map(crate::model::BrowserFamily::name), system: agent.system.map(crate::model::SystemFamily::name) }
    }
}
