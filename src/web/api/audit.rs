//! The audit trail.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Deserialize;

use super::{
    Administrator, Problem,
    received::{Asked, told},
};
use crate::{
    service::admin::audit::{self, EventsAsked, ExportFormat},
    web::admin::audit::file,
};

pub(super) async fn list(admin: Administrator, tenant: Path<String>, asked: Asked<EventsAsked>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &audit::list(&admin.tools, &admin.by, &tenant, &asked.0).await?))
}

/// What is exported, and as what.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ExportAsked {
    format: ExportFormat,
    person: Option<String>,
    event: Option<String>,
    client: Option<String>,
    from: Option<String>,
    until: Option<String>,
    outcome: Option<String>,
}

pub(super) async fn export(admin: Administrator, tenant: Path<String>, asked: Asked<ExportAsked>) -> Result<HttpResponse, Problem> {
    let ExportAsked { format, person, event, client, from, until, outcome } = asked.0;
    let wanted = EventsAsked { person, event, client, from, until, outcome, ..EventsAsked::default() };
    Ok(file(audit::export(&admin.tools, &admin.by, &tenant, &wanted, format).await?, "export"))
}

pub(super) async fn verify(admin: Administrator) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &audit::verify(&admin.tools, &admin.by).await?))
}

pub(super) async fn verify_chain(admin: Administrator, tenant: Path<String>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &audit::verify_chain(&admin.tools, &admin.by, &tenant).await?))
}
