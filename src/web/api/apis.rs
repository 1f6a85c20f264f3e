//! What applications call.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Json, Part, Seen, shown, told},
};
use crate::service::admin::apis::{self, NewApi};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &apis::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, tenant: Path<String>, body: Json<NewApi>) -> Reply {
    Ok(shown(StatusCode::CREATED, &apis::create(&admin.tools, &admin.by, &tenant, body.0).await?))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &apis::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, at: At, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    Ok(shown(StatusCode::OK, &apis::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, &body.0).await?))
}

pub(super) async fn delete(admin: Administrator, at: At) -> Reply {
    apis::delete(&admin.tools, &admin.by, (&at.0, &at.1)).await?;
    Ok(HttpResponse::NoContent().finish())
}
