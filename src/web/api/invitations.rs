//! Invitations.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, ETAG},
    },
    web::{Bytes, Path},
};

use super::{
    Administrator, Problem,
    received::{Json, Part, Seen, shown, told},
};
use crate::service::admin::invitations::{self, BounceTold, InvitationChange, NewInvitation};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, part: Part) -> Reply {
    Ok(told(StatusCode::OK, &invitations::list(&admin.tools, &admin.by, &tenant, &part.0).await?))
}

pub(super) async fn create(admin: Administrator, tenant: Path<String>, body: Json<NewInvitation>) -> Reply {
    let made = invitations::create(&admin.tools, &admin.by, &tenant, body.0).await?;
    let etag = format!("\"{}\"", made.shown.rev);
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).insert_header((ETAG, etag)).json(made))
}

pub(super) async fn import(admin: Administrator, tenant: Path<String>, body: Bytes) -> Reply {
    Ok(told(StatusCode::OK, &invitations::import(&admin.tools, &admin.by, &tenant, &body).await?))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &invitations::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, at: At, seen: Seen, body: Json<InvitationChange>) -> Reply {
    Ok(shown(StatusCode::OK, &invitations::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, body.0).await?))
}

pub(super) async fn resend(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &invitations::resend(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}

pub(super) async fn regenerate(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &invitations::regenerate(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}

pub(super) async fn link(admin: Administrator, at: At) -> Reply {
    Ok(told(StatusCode::OK, &invitations::link(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}

pub(super) async fn revoke(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &invitations::revoke(&admin.tools, &admin.by, (&at.0, &at.1)).await?))
}

pub(super) async fn bounced(admin: Administrator, body: Json<BounceTold>) -> Reply {
    invitations::bounced(&admin.tools, &admin.by, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
