//! An organisation's settings.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Json, Seen, shown},
};
use crate::service::admin::settings;

pub(super) async fn show(admin: Administrator, tenant: Path<String>) -> Result<HttpResponse, Problem> {
    Ok(shown(StatusCode::OK, &settings::show(&admin.tools, &admin.by, &tenant).await?))
}

pub(super) async fn update(admin: Administrator, tenant: Path<String>, seen: Seen, body: Json<serde_json::Value>) -> Result<HttpResponse, Problem> {
    Ok(shown(StatusCode::OK, &settings::update(&admin.tools, &admin.by, &tenant, seen.0, &body.0).await?))
}
