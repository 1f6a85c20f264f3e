//! People.

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{
    Administrator, Problem,
    received::{Asked, Json, Seen, shown, told},
};
use crate::service::admin::accounts::{self, AccountsAsked, Contact, NewAccount, NewPassword, RolesWritten, Standing};

type Reply = Result<HttpResponse, Problem>;
type At = Path<(String, String)>;

pub(super) async fn list(admin: Administrator, tenant: Path<String>, asked: Asked<AccountsAsked>) -> Reply {
    Ok(told(StatusCode::OK, &accounts::list(&admin.tools, &admin.by, &tenant, &asked.0).await?))
}

pub(super) async fn create(admin: Administrator, tenant: Path<String>, body: Json<NewAccount>) -> Reply {
    Ok(shown(StatusCode::CREATED, &accounts::create(&admin.tools, &admin.by, &tenant, body.0).await?))
}

pub(super) async fn show(admin: Administrator, at: At) -> Reply {
    Ok(shown(StatusCode::OK, &accounts::show(&admin.tools, &admin.by, &at.0, &at.1).await?))
}

pub(super) async fn update(admin: Administrator, at: At, seen: Seen, body: Json<serde_json::Value>) -> Reply {
    Ok(shown(StatusCode::OK, &accounts::update(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, &body.0).await?))
}

pub(super) async fn archive(admin: Administrator, at: At) -> Reply {
    stand(&admin, &at, Standing::Archive).await
}

pub(super) async fn restore(admin: Administrator, at: At) -> Reply {
    stand(&admin, &at, Standing::Restore).await
}

pub(super) async fn lock(admin: Administrator, at: At) -> Reply {
    stand(&admin, &at, Standing::Lock).await
}

pub(super) async fn unlock(admin: Administrator, at: At) -> Reply {
    stand(&admin, &at, Standing::Unlock).await
}

async fn stand(admin: &Administrator, at: &At, standing: Standing) -> Reply {
    Ok(shown(StatusCode::OK, &accounts::set_standing(&admin.tools, &admin.by, (&at.0, &at.1), standing).await?))
}

pub(super) async fn sign_out(admin: Administrator, at: At) -> Reply {
    accounts::sign_out(&admin.tools, &admin.by, (&at.0, &at.1)).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn set_password(admin: Administrator, at: At, body: Json<NewPassword>) -> Reply {
    accounts::set_password(&admin.tools, &admin.by, (&at.0, &at.1), body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn set_roles(admin: Administrator, at: At, seen: Seen, body: Json<RolesWritten>) -> Reply {
    Ok(shown(StatusCode::OK, &accounts::set_roles(&admin.tools, &admin.by, (&at.0, &at.1), seen.0, body.0.roles).await?))
}

pub(super) async fn verify_email(admin: Administrator, at: At) -> Reply {
    vouch(&admin, &at, Contact::Email, true).await
}

pub(super) async fn doubt_email(admin: Administrator, at: At) -> Reply {
    vouch(&admin, &at, Contact::Email, false).await
}

pub(super) async fn verify_phone(admin: Administrator, at: At) -> Reply {
    vouch(&admin, &at, Contact::Phone, true).await
}

pub(super) async fn doubt_phone(admin: Administrator, at: At) -> Reply {
    vouch(&admin, &at, Contact::Phone, false).await
}

async fn vouch(admin: &Administrator, at: &At, contact: Contact, verified: bool) -> Reply {
    Ok(shown(StatusCode::OK, &accounts::vouch(&admin.tools, &admin.by, (&at.0, &at.1), contact, verified).await?))
}
