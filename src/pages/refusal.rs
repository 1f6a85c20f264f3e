//! S-THROTTLED and S-BLOCKED: where a journey stops, for a while or altogether.

use serde::Serialize;

use super::{Complaint, Named, Page};

/// S-THROTTLED: too many tries. Answered with 429 and `Retry-After`.
#[derive(Clone, Debug, Serialize)]
pub struct ThrottledPage {
    /// How long still, in seconds; the page says it in words.
    pub until_seconds: u64,
    /// The same as the header says it.
    pub retry_after: u64,
    /// Who was being signed in, if anybody was named.
    pub identifier: Option<String>,
}

impl Page for ThrottledPage {
    const TEMPLATE: &'static str = "journey/throttled.html";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("named", Self { until_seconds: 30, retry_after: 30, identifier: Some("camille@courriel.test".to_owned()) }),
            ("nobody", Self { until_seconds: 840, retry_after: 840, identifier: None }),
        ]
    }
}

/// S-BLOCKED: this person, here, not at all. Shown only after everything was proved.
#[derive(Clone, Debug, Serialize)]
pub struct BlockedPage {
    /// Why, and whom to ask.
    pub complaint: Complaint,
    /// What to quote when asking.
    pub reference: String,
    /// May the refusal be taken back to the application?
    pub can_leave: bool,
    /// The application.
    pub app: Option<Named>,
}

impl Page for BlockedPage {
    const TEMPLATE: &'static str = "journey/blocked.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let app = "Espace Client".to_owned();
        let (organisation, support) = ("Cabinet Aubépine".to_owned(), "aide@aubepine.test".to_owned());
        let page = |complaint| Self { complaint, reference: "7K3P-2XQM".to_owned(), can_leave: true, app: Some(Named { name: app.clone() }) };
        vec![
            ("locked", page(Complaint::Locked { support: support.clone() })),
            ("archived", page(Complaint::Archived { organisation: organisation.clone(), support })),
            ("tenant-off", Self { can_leave: false, app: None, ..page(Complaint::TenantOff { organisation }) }),
            ("app-off", page(Complaint::AppOff { app: app.clone() })),
            ("not-assigned", page(Complaint::NotAssigned { app: app.clone() })),
        ]
    }
}
