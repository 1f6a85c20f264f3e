//! The administration API.

mod account_ends;
mod apis;
mod archived;
mod crud;
mod description;
mod import;
mod invitations;
mod links;
mod terms;
mod terms_texts;
mod tokens;
mod vouched;

use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;

/// Status and body of an answer.
pub(crate) async fn told(request: RequestBuilder) -> (StatusCode, Value) {
    let reply = request.send().await.unwrap();
    let status = reply.status();
    let text = reply.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}

/// Status, kind and field of a refusal.
pub(crate) async fn refused(request: RequestBuilder) -> (u16, String, String) {
    let reply = request.send().await.unwrap();
    let status = reply.status().as_u16();
    assert_eq!(reply.headers()["content-type"], "application/problem+json");
    let problem: Value = reply.json().await.unwrap();
    assert_eq!(problem["status"], status);
    let kind = problem["type"].as_str().unwrap().trim_start_matches("urn:parvis:problem:").to_owned();
    (status, kind, problem["field"].as_str().unwrap_or_default().to_owned())
}

/// What [`refused`] answers.
pub(crate) fn of(status: u16, kind: &str, field: &str) -> (u16, String, String) {
    (status, kind.to_owned(), field.to_owned())
}
