//! Terms of use.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{BytesMut, Path, Payload},
};
use futures_util::StreamExt as _;

use super::{
    Administrator, Problem,
    received::{Json, Part, Seen, shown, told},
};
use crate::service::admin::{
    Refused,
    terms::{self, Acceptances, LONGEST, NewTerms, NewVersion},
};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &terms::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, tenant: Path<String>, body: Json<NewTerms>) -> Reply {
    Ok(shown(StatusCode::CREATED, &terms::create(&admin.tools, &admin.by, &tenant, body.0).await?))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &terms::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, at: At, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    Ok(shown(StatusCode::OK, &terms::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, &body.0).await?))
}

/// The body is the text itself: longer than any JSON of ours.
pub(super) async fn receive(admin: Administrator, at: At, mut body: Payload) -> Reply {
    // Nothing of a text is read for those who may not send one.
    terms::show(&admin.tools, &admin.by, &at.0, &at.1).await?;
    let mut text = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Refused::Malformed("the body was cut off".to_owned()))?;
        if text.len() + chunk.len() > LONGEST + 3 {
            return Err(Refused::Malformed("the text is longer than 1 MiB".to_owned()).into());
        }
        text.extend_from_slice(&chunk);
    }
    Ok(told(StatusCode::CREATED, &terms::receive(&admin.tools, &admin.by, (&at.0, &at.1), &text).await?))
}

pub(super) async fn publish(admin: Administrator, at: At, seen: Seen, body: Json<NewVersion>) -> Reply {
    Ok(shown(StatusCode::CREATED, &terms::publish(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, body.0).await?))
}

pub(super) async fn accepted(admin: Administrator, at: At, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &terms::list_accepted(&admin.tools, &admin.by, (&at.0, &at.1), &part.0).await?))
}

pub(super) async fn import(admin: Administrator, at: At, body: Json<Acceptances>) -> Reply {
    Ok(told(StatusCode::OK, &terms::import(&admin.tools, &admin.by, (&at.0, &at.1), body.0).await?))
}

pub(super) async fn report(admin: Administrator, at: At) -> Reply {
    Ok(told(StatusCode::OK, &terms::report(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}
