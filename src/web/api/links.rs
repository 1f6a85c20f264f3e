//! Addresses of pages in what was saved, looked at before the answer.

use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use serde::Serialize;
use serde_json::Value;
use std::future::{Ready, ready};

use crate::{
    outside::Fetch,
    service::admin::links::{self, Saved},
};

/// Who looks; nobody, where the server was given none.
pub(super) struct Links(Option<Arc<Fetch>>);

impl FromRequest for Links {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.app_data::<Data<Fetch>>().map(|fetch| Arc::clone(fetch)))))
    }
}

/// The pages of an organisation.
pub(super) const OF_TENANT: &[&str] = &["/support/terms_url", "/support/privacy_url"];
/// The pages of an application.
pub(super) const OF_CLIENT: &[&str] = &["/home_url", "/terms_url", "/privacy_url"];

impl Links {
    /// What was saved, with what is wrong with those of these pages that were sent.
    pub(super) async fn look<T: Serialize>(&self, it: T, sent: &Value, pages: &[&'static str]) -> Saved<T> {
        let Some(fetch) = &self.0 else { return Saved { it, warnings: Vec::new() } };
        let named = pages.iter().filter_map(|page| Some((page.trim_start_matches('/').replace('/', "."), sent.pointer(page)?.as_str()?)));
        let named: Vec<(String, &str)> = named.collect();
        let links: Vec<(&str, &str)> = named.iter().map(|(field, url)| (field.as_str(), *url)).collect();
        Saved { it, warnings: links::look(fetch, &links).await }
    }
}
