//! Signing keys.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Json, told},
};
use crate::service::admin::keys::{self, Rotation};

pub(super) async fn list(admin: Administrator, tenant: Path<String>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &keys::list(&admin.tools, &admin.by, &tenant).await?))
}

pub(super) async fn rotate(admin: Administrator, tenant: Path<String>, body: Json<Rotation>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::CREATED, &keys::rotate(&admin.tools, &admin.by, &tenant, &body.0).await?))
}
