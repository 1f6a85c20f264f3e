//! Are we there, and can we serve? For whoever starts, stops and watches us.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web::Data};

use super::State;
use crate::service::readiness;

/// Why requests should go elsewhere for now; `None` when all is well. Given by whoever built the house.
#[derive(Clone)]
pub struct Readiness(pub Arc<dyn Fn() -> Option<&'static str> + Send + Sync>);

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "live" }))
}

/// `GET /health/ready`: the store reads and writes, the default tenant can sign, and we are not stopping.
pub async fn ready(state: Data<State>, readiness: Option<Data<Readiness>>) -> HttpResponse {
    let why = match readiness.and_then(|readiness| readiness.0()) {
        Some(why) => Some(why),
        None => readiness::missing(&state.tools).await.unwrap_or_else(|fault| {
            let source = std::error::Error::source(&fault).map(ToString::to_string);
            tracing::error!(cause = source.as_deref().unwrap_or("none"), "not ready: {fault}");
            Some("the store or a signing key cannot be read")
        }),
    };
    match why {
        None => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "ready" })),
        Some(why) => {
            HttpResponse::ServiceUnavailable().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "not ready", "reason": why }))
        }
    }
}
