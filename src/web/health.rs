//! Are we there, and can we serve? For whoever starts, stops and watches us.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web::Data};

/// Why requests should go elsewhere for now; `None` when all is well. Given by whoever built the house.
#[derive(Clone)]
pub struct Readiness(pub Arc<dyn Fn() -> Option<&'static str> + Send + Sync>);

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "live" }))
}

/// `GET /health/ready`: the store writes, keys are loaded, and we are not stopping.
pub async fn ready(readiness: Option<Data<Readiness>>) -> HttpResponse {
    match readiness.and_then(|readiness| readiness.0()) {
        None => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "ready" })),
        Some(why) => {
            HttpResponse::ServiceUnavailable().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "status": "not ready", "reason": why }))
        }
    }
}
