//! The audit trail.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Part, told},
};
use crate::service::admin::audit;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &audit::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn verify(admin: Administrator) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &audit::verify(&admin.tools, &admin.by).await?))
}
