//! Endpoints of webhooks, and what is on its way to them.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Json, Part, Seen, shown, told},
};
use crate::service::admin::webhooks::{self, NewWebhook, WebhookRotation};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &webhooks::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, tenant: Path<String>, body: Json<NewWebhook>) -> Reply {
    Ok(told(StatusCode::CREATED, &webhooks::create(&admin.tools, &admin.by, &tenant, body.0).await?))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &webhooks::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, at: At, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    Ok(shown(StatusCode::OK, &webhooks::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, &body.0).await?))
}

pub(super) async fn delete(admin: Administrator, at: At) -> Reply {
    webhooks::delete(&admin.tools, &admin.by, (&at.0, &at.1)).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn rotate_secret(admin: Administrator, at: At, body: Json<WebhookRotation>) -> Reply {
    Ok(told(StatusCode::CREATED, &webhooks::rotate_secret(&admin.tools, &admin.by, (&at.0, &at.1), body.0).await?))
}

pub(super) async fn test(admin: Administrator, at: At) -> Reply {
    Ok(told(StatusCode::ACCEPTED, &webhooks::test(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}

pub(super) async fn deliveries(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &webhooks::deliveries(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn show_delivery(admin: Administrator, at: At) -> Reply {
    Ok(told(StatusCode::OK, &webhooks::show_delivery(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn retry(admin: Administrator, at: At) -> Reply {
    Ok(told(StatusCode::ACCEPTED, &webhooks::retry(&admin.tools, &admin.by, &at.0, &at.1).await?))
}
