//! Applications.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde_json::json;

use super::{
    Administrator, Problem,
    links::{Links, OF_CLIENT},
    received::{Json, Part, Seen, saved, shown, told},
};
use crate::{
    model::ClientState,
    service::admin::clients::{self, NewClient, SecretRotation},
};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &clients::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, links: Links, tenant: Path<String>, body: Json<NewClient>) -> Reply {
    let sent = json!(body.0.client);
    Ok(told(StatusCode::CREATED, &links.look(clients::create(&admin.tools, &admin.by, &tenant, body.0).await?, &sent, OF_CLIENT).await))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &clients::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, links: Links, at: At, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    let changed = clients::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, &body.0).await?;
    Ok(saved(StatusCode::OK, &links.look(changed, &body.0, OF_CLIENT).await))
}

pub(super) async fn rotate_secret(admin: Administrator, at: At, body: Json<SecretRotation>) -> Reply {
    Ok(told(StatusCode::CREATED, &clients::rotate_secret(&admin.tools, &admin.by, (&at.0, &at.1), &body.0).await?))
}

pub(super) async fn enable(admin: Administrator, at: At) -> Reply {
    state(&admin, &at, ClientState::Active).await
}

pub(super) async fn disable(admin: Administrator, at: At) -> Reply {
    state(&admin, &at, ClientState::Disabled).await
}

pub(super) async fn archive(admin: Administrator, at: At) -> Reply {
    state(&admin, &at, ClientState::Archived).await
}

async fn state(admin: &Administrator, at: &At, state: ClientState) -> Reply {
    Ok(shown(StatusCode::OK, &clients::set_state(&admin.tools, &admin.by, (&at.0, &at.1), state).await?))
}

pub(super) async fn verify_publisher(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &clients::verify_publisher(&admin.tools, &admin.by, (&at.0, &at.1), true).await?))
}

pub(super) async fn doubt_publisher(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &clients::verify_publisher(&admin.tools, &admin.by, (&at.0, &at.1), false).await?))
}
