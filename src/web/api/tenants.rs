//! Organisations.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Deserialize;
use serde_json::json;

use super::{
    Administrator, Problem,
    links::{Links, OF_TENANT},
    received::{Json, Part, Seen, saved, shown, told},
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

pub(super) async fn create(admin: Administrator, links: Links, body: Json<TenantWritten>) -> Reply {
    let sent = json!(body.0);
    Ok(saved(StatusCode::CREATED, &links.look(tenants::create(&admin.tools, &admin.by, body.0).await?, &sent, OF_TENANT).await))
}

pub(super) async fn show(admin: Administrator, tenant: Path<String>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::show(&admin.tools, &admin.by, &tenant).await?))
}

pub(super) async fn update(admin: Administrator, links: Links, tenant: Path<String>, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    let changed = tenants::update(&admin.tools, &admin.by, &tenant, seen.0, &body.0).await?;
    Ok(saved(StatusCode::OK, &links.look(changed, &body.0, OF_TENANT).await))
}

pub(super) async fn disable(admin: Administrator, tenant: Path<String>, body: Json<Reason>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::disable(&admin.tools, &admin.by, &tenant, body.0.reason).await?))
}

pub(super) async fn enable(admin: Administrator, tenant: Path<String>) -> Reply {
    Ok(shown(StatusCode::OK, &tenants::enable(&admin.tools, &admin.by, &tenant).await?))
}
