//! S-ME-SECURITY: what guards the account; and S-ME-PASSWORD: another password.

use serde::Serialize;

use super::{Complaint, Form, Me, Page};
use crate::values::Timestamp;

/// What guards the account.
#[derive(Clone, Debug, Serialize)]
pub struct Security {
    /// Whose portal it is.
    pub me: Me,
    /// Since when the password is what it is, if there is one.
    pub password_since: Option<Timestamp>,
    /// In how many browsers the account is signed in.
    pub sessions: usize,
    /// Was the password just changed?
    pub is_changed: bool,
}

impl Page for Security {
    const TEMPLATE: &'static str = "account/security.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let known = Self { me: Me::sample(), password_since: Some(Timestamp(1_772_530_000)), sessions: 3, is_changed: false };
        vec![
            ("known", known.clone()),
            ("changed", Self { is_changed: true, sessions: 1, ..known.clone() }),
            ("without-password", Self { password_since: None, ..known }),
        ]
    }
}

/// The form for another password.
#[derive(Clone, Debug, Serialize)]
pub struct ChangePassword {
    /// Whose portal it is.
    pub me: Me,
    /// What is wrong.
    pub form: Form,
    /// At least this many characters.
    pub least: usize,
    /// Is there a present one to be typed?
    pub has_password: bool,
    /// Is the box ticked?
    pub signout_all: bool,
}

impl ChangePassword {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["signout_all"];
}

impl Page for ChangePassword {
    const TEMPLATE: &'static str = "account/password.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self { me: Me::sample(), form: Form::default(), least: 12, has_password: true, signout_all: true };
        let wrong = |field, complaint| Self { form: Form::default().complaining(complaint, field), ..empty.clone() };
        vec![
            ("empty", empty.clone()),
            ("first", Self { has_password: false, ..empty.clone() }),
            ("wrong", wrong(Some("password"), Complaint::BadCredentials)),
            ("same", Self { signout_all: false, ..wrong(Some("new_password"), Complaint::PasswordSame) }),
            ("throttled", wrong(None, Complaint::Throttled { seconds: 30 })),
        ]
    }
}
