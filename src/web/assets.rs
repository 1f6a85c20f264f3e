//! Style, script, mark, and the tenants' accents. Their addresses change with their content, so a browser may keep them for ever.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    web::{Data, Path},
};

use super::{State, reply::Failure};
use crate::{pages::brand_css, values::TenantId};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /assets/{file}`
///
/// # Errors
/// No such file.
pub async fn file(state: Data<State>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let asset = state.tools.pages.assets().at(request.path()).ok_or(Failure::NotFound)?;
    Ok(kept(asset.media_type, asset.body.clone()))
}

/// `GET /assets/brand/{tenant}/{version}.css`. An old version answers with today's accent, but is not kept.
///
/// # Errors
/// No such tenant.
pub async fn brand(state: Data<State>, path: Path<(String, u32)>) -> Result<HttpResponse, Failure> {
    let (tenant, version) = path.into_inner();
    let id: TenantId = tenant.parse().map_err(|_| Failure::NotFound)?;
    let tenant = state.tools.reads().tenant(id).await?.ok_or(Failure::NotFound)?;
    let mut reply = kept("text/css; charset=utf-8", brand_css(&tenant.brand));
    if tenant.brand.version != version {
        reply.headers_mut().insert(CACHE_CONTROL, actix_web::http::header::HeaderValue::from_static("no-store"));
    }
    Ok(reply)
}

fn kept(media_type: &'static str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CACHE_CONTROL, FOR_EVER))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(body)
}
