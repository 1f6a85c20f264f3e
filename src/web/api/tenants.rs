//! Organisations.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Deserialize;

use super::{
    Administrator, Problem,
    received::{Json, Part, Seen, shown, told},
};
use crate::service::admin::tenants::{self, TenantWritten};

/// Why an organisation is switched off.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// For operators.
    reason: String,
}

type Reply = Result<HttpResponse, Problem>;

pub(super) async fn list(admin: Administrator, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &tenants::list(&admin.tools, &admin.by, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, body: Json<TenantWritten>) -> Reply {
    Ok(shown(StatusCode::CREATED, &tenants::create(&admin.tools, &admin.by, body.0).await?))
}

pub(super) async fn show(admin: Administrator, tenant: Path<String>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::show(&admin.tools, &admin.by, &tenant).await?))
}

pub(super) async fn update(admin: Administrator, tenant: Path<String>, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::update(&admin.tools, &admin.by, &tenant, seen.0, &body.0).await?))
}

pub(super) async fn disable(admin: Administrator, tenant: Path<String>, body: Json<Reason>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::disable(&admin.tools, &admin.by, &tenant, body.0.reason).await?))
}

pub(super) async fn enable(admin: Administrator, tenant: Path<String>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::enable(&admin.tools, &admin.by, &tenant).await?))
}
