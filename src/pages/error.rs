//! S-ERROR: what a person sees when there is no screen to go on with.

use serde::Serialize;

use super::{Complaint, Page};

/// A request that ends here. Its status is the web layer's.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// What is wrong.
    pub complaint: Complaint,
    /// What to quote when asking for help; none where nothing was written down, as for a page that does not exist.
    pub reference: Option<String>,
    /// When it happened, as [`Words::moment`](super::Words::moment) says it.
    pub time: String,
    /// Where to start again.
    pub retry_href: Option<String>,
    /// For the application's developer, in test organisations only.
    pub developer: Option<Vec<DeveloperNote>>,
}

/// One line for a developer.
#[derive(Clone, Debug, Serialize)]
pub struct DeveloperNote {
    /// Which fact, in the protocol's words: `error`, `client_id`.
    pub name: &'static str,
    /// It.
    pub value: String,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |complaint, retry: Option<&str>| Self {
            complaint,
            reference: Some("7K3P-2XQM".to_owned()),
            time: "21 November 2026, 14:34 UTC".to_owned(),
            retry_href: retry.map(ToOwned::to_owned),
            developer: None,
        };
        let developer = vec![
            DeveloperNote { name: "error", value: "invalid_request".to_owned() },
            DeveloperNote { name: "error_description", value: "redirect_uri is not registered for this client".to_owned() },
            DeveloperNote { name: "client_id", value: "espace-client".to_owned() },
        ];
        vec![
            ("incident", page(Complaint::Incident { reference: "7K3P-2XQM".to_owned() }, Some("/account"))),
            ("bad-request", Self { developer: Some(developer), ..page(Complaint::BadRequest { parameter: "redirect_uri" }, None) }),
            ("over", page(Complaint::Over { app: Some("Espace Client".to_owned()) }, Some("https://espace-client.test/"))),
            ("over-without-app", page(Complaint::Over { app: None }, None)),
            ("cookies", page(Complaint::Cookies, None)),
            ("not-found", Self { reference: None, ..page(Complaint::NotFound, None) }),
        ]
    }
}
