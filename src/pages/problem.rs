//! S-ERROR: what a person sees when there is no screen to go on with.

use serde::Serialize;

use super::{Complaint, Flaw, Page};
use crate::values::Timestamp;

/// A request that ends here. Its status is the web layer's.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// What is wrong.
    complaint: Complaint,
    /// What to quote when asking for help; none where nothing was written down, as for a page that does not exist.
    reference: Option<String>,
    /// When it happened.
    time: Timestamp,
    /// Where to start again.
    retry_href: Option<String>,
    /// For the application's developer, in test organisations only.
    developer: Vec<DeveloperNote>,
}

/// One line for a developer: which fact, in the protocol's words, and it.
#[derive(Clone, Debug, Serialize)]
struct DeveloperNote {
    name: &'static str,
    value: String,
}

impl Problem {
    /// What is wrong, what to quote when asking for help (nothing, where nothing was written down), when it happened, and what helps a developer.
    #[must_use]
    pub fn new(complaint: Complaint, reference: Option<String>, time: Timestamp, developer: &[(&'static str, String)]) -> Self {
        let developer = developer.iter().map(|(name, value)| DeveloperNote { name, value: value.clone() }).collect();
        Self { complaint, reference, time, retry_href: None, developer }
    }

    /// With the address where one can start again.
    #[must_use]
    pub fn with_retry(mut self, href: String) -> Self {
        self.retry_href = Some(href);
        self
    }
}

impl Page for Problem {
    const TEMPLATE: &'static str = "error.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |complaint, developer: &[_]| Self::new(complaint, Some("7K3P-2XQM".to_owned()), Timestamp(1_795_271_640), developer);
        let developer = [
            ("error", "invalid_request".to_owned()),
            ("error_description", "redirect_uri is not registered for this client".to_owned()),
            ("client_id", "espace-client".to_owned()),
        ];
        vec![
            ("incident", page(Complaint::Incident { reference: "7K3P-2XQM".to_owned() }, &[]).with_retry("/account".to_owned())),
            ("bad-request", page(Complaint::BadRequest { parameter: "redirect_uri", flaw: Flaw::Unregistered }, &developer)),
            ("over", page(Complaint::Over { app: Some("Espace Client".to_owned()) }, &[]).with_retry("https://espace-client.test/".to_owned())),
            ("over-without-app", page(Complaint::Over { app: None }, &[])),
            ("cookies", page(Complaint::Cookies, &[])),
            ("not-found", Self::new(Complaint::NotFound, None, Timestamp(1_795_271_640), &[])),
        ]
    }
}
