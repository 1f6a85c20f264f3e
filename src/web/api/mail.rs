//! Mails that wait or were given up.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Json, Part, told},
};
use crate::service::admin::mail::{self, MailTest};

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &mail::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn show(admin: Administrator, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::OK, &mail::show(&admin.tools, &admin.by, &path.0, &path.1).await?))
}

pub(super) async fn retry(admin: Administrator, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::ACCEPTED, &mail::retry(&admin.tools, &admin.by, &path.0, &path.1).await?))
}

pub(super) async fn test(admin: Administrator, tenant: Path<String>, body: Json<MailTest>) -> Result<HttpResponse, Problem> {
    Ok(told(StatusCode::ACCEPTED, &mail::test(&admin.tools, &admin.by, &tenant, &body.0).await?))
}
