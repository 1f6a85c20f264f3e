//! Companies.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Part, shown, told},
};
use crate::service::admin::companies;

type Reply = Result<HttpResponse, Problem>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &companies::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn show(admin: Administrator, at: Path<(String, String)>) -> Reply {
    Ok(shown(StatusCode::OK, &companies::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn admit(admin: Administrator, at: Path<(String, String, String)>) -> Reply {
    companies::admit(&admin.tools, &admin.by, &at.0, (&at.1, &at.2)).await?;
    Ok(HttpResponse::NoContent().finish())
}
