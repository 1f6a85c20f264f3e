//! S-THROTTLED and S-BLOCKED: where a journey stops, for a while or altogether.

use serde::Serialize;

use super::{Complaint, Named, Page};

/// S-THROTTLED: too many tries. Answered with 429 and `Retry-After`.
#[derive(Clone, Debug, Serialize)]
pub struct Throttled {
    /// How long still, in seconds; the page says it in words.
    until_seconds: u64,
    /// The same as the header says it.
    retry_after: u64,
    /// Who was being signed in, if anybody was named.
    identifier: Option<String>,
    /// May they ask for a new password at once, and for a code in its place? These ways stay open while the password waits.
    ways: Option<OpenWays>,
}

/// What can be done while a password waits.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct OpenWays {
    /// Sign in with a code.
    pub code: bool,
}

impl Throttled {
    /// For so many seconds more.
    #[must_use]
    pub fn new(seconds: u64, identifier: Option<String>) -> Self {
        Self { until_seconds: seconds, retry_after: seconds, identifier, ways: None }
    }

    /// With what stays open.
    #[must_use]
    pub fn beside(mut self, ways: Option<OpenWays>) -> Self {
        self.ways = ways;
        self
    }
}

impl Page for Throttled {
    const TEMPLATE: &'static str = "journey/throttled.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let named = || Self::new(30, Some("camille@courriel.test".to_owned()));
        let ways = |code| named().beside(Some(OpenWays { code }));
        vec![("named", named()), ("nobody", Self::new(840, None)), ("code", ways(true)), ("reset", ways(false))]
    }
}

/// S-BLOCKED: this person, here, not at all. Shown only after everything was proved.
#[derive(Clone, Debug, Serialize)]
pub struct Blocked {
    /// Why, and whom to ask.
    complaint: Complaint,
    /// What to quote when asking.
    reference: String,
    /// May the refusal be taken back to the application?
    can_leave: bool,
    /// The application.
    app: Option<Named>,
}

impl Blocked {
    /// Why, what to quote, whether the refusal may be taken back to the application, and which that is.
    #[must_use]
    pub fn new(complaint: Complaint, reference: String, can_leave: bool, app: Option<String>) -> Self {
        Self { complaint, reference, can_leave, app: app.map(|name| Named { name }) }
    }
}

impl Page for Blocked {
    const TEMPLATE: &'static str = "journey/blocked.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let app = "Espace Client".to_owned();
        let (organisation, support) = ("Cabinet Aubépine".to_owned(), "aide@aubepine.test".to_owned());
        let page = |complaint| Self::new(complaint, "7K3P-2XQM".to_owned(), true, Some(app.clone()));
        vec![
            ("locked", page(Complaint::Locked { support: support.clone() })),
            ("archived", page(Complaint::Archived { organisation: organisation.clone(), support })),
            ("tenant-off", Self { can_leave: false, app: None, ..page(Complaint::TenantOff { organisation }) }),
            ("app-off", page(Complaint::AppOff { app: app.clone() })),
            ("not-assigned", page(Complaint::NotAssigned { app: app.clone() })),
        ]
    }
}
