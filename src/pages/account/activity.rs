//! S-ME-ACTIVITY: what happened to the account lately.

use serde::Serialize;

use super::{Complaint, Form, Me, Page};
use crate::pages::Happened;

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
    /// Whose portal it is.
    pub me: Me,
    /// The page's form, for complaints.
    pub form: Form,
    /// The latest first.
    pub lines: Vec<Happened>,
    /// Were the others just signed out?
    pub is_disowned: bool,
}

impl Page for Activity {
    const TEMPLATE: &'static str = "account/activity.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let some = Self { me: Me::sample(), form: Form::default(), lines: Happened::samples(), is_disowned: false };
        vec![
            ("some", some.clone()),
            ("none", Self { lines: Vec::new(), ..some.clone() }),
            ("disowned", Self { is_disowned: true, ..some.clone() }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), ..some }),
        ]
    }
}
