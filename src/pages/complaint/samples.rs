//! One of each, for the test that says them all in every language.

use super::{Complaint, Flaw};
use crate::policy::password::Guessable;

impl Complaint {
    /// One of each, for the test that says them all in every language.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        [Self::of_people(), Self::of_places()].concat()
    }

    /// About what somebody typed, and who they are.
    fn of_people() -> Vec<Self> {
        let (organisation, app, support) = ("Cabinet Aubépine".to_owned(), "Espace Client".to_owned(), "aide@aubepine.test".to_owned());
        vec![
            Self::Required { field: "identifier" },
            Self::TooLong { field: "family_name", most: 100 },
            Self::Email,
            Self::Date,
            Self::Young { least: 15 },
            Self::BadCredentials,
            Self::PasswordShort { least: 12, missing: 3 },
            Self::PasswordLong { most: 128 },
            Self::PasswordKnown { why: Guessable::Listed },
            Self::PasswordKnown { why: Guessable::Sequence },
            Self::PasswordSelf,
            Self::PasswordSame,
            Self::EmailTypo { suggestion: "camille@courriel.test".to_owned() },
            Self::MailboxRefused { address: "camille@courriel.test".to_owned() },
            Self::MailDown,
            Self::Code { left: 4 },
            Self::CodeFormat { digits: 6 },
            Self::CodeExpired,
            Self::CodeSpent { seconds: 60 },
            Self::Resend { seconds: 42 },
            Self::AccountExists,
            Self::Unchecked,
            Self::CompanyNumber,
            Self::CompanyTaken { contact: "B. R.".to_owned() },
            Self::Phone,
            Self::InviteOnly,
            Self::Throttled { seconds: 30 },
            Self::Busy,
            Self::Locked { support: support.clone() },
            Self::Archived { organisation: organisation.clone(), support },
            Self::TenantOff { organisation: organisation.clone() },
            Self::AppOff { app: app.clone() },
            Self::NotAssigned { app: app.clone() },
            Self::NeedAdmin { organisation: organisation.clone() },
            Self::TermsDeclined { app: Some(app.clone()) },
            Self::TermsDeclined { app: None },
            Self::TermsChanged,
        ]
    }

    /// About where they are.
    fn of_places() -> Vec<Self> {
        let app = "Espace Client".to_owned();
        vec![
            Self::Stale,
            Self::Over { app: Some(app) },
            Self::Over { app: None },
            Self::BadRequest { parameter: "redirect_uri", flaw: Flaw::Missing },
            Self::BadRequest { parameter: "redirect_uri", flaw: Flaw::Unregistered },
            Self::BadRequest { parameter: "id_token_hint", flaw: Flaw::Invalid },
            Self::Cookies,
            Self::BadLink,
            Self::ExpiredLink { date: None },
            Self::ExpiredLink { date: Some("4 février 2026".to_owned()) },
            Self::LinkUsed,
            Self::LinkOld { date: "4 février 2026".to_owned() },
            Self::LinkRevoked,
            Self::WrongAccount { masked: "w•••@morvan.test".into(), other: "camille@courriel.test".to_owned() },
            Self::NotFound,
            Self::EmailTaken,
            Self::AlreadyInvited,
            Self::InvitationQuota { most: 50 },
            Self::NotCsv,
            Self::SameAddress,
            Self::NotThisAddress,
            Self::LastAdministrator { organisation: Some("Cabinet Aubépine".to_owned()) },
            Self::NoAccount,
            Self::PhoneTaken,
            Self::LoginTaken,
            Self::Unfit { field: "phone" },
            Self::Oneself,
            Self::LastAdministrator { organisation: None },
            Self::Conflict,
            Self::NoRole { organisation: "Cabinet Aubépine".into(), identifier: "camille@courriel.test".into() },
            Self::Incident { reference: "7K3P-2XQM".to_owned() },
        ]
    }
}
