//! A text of published terms of use, exactly as it was accepted: for keeping.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    web::{Data, Path},
};

use super::{
    State,
    reply::{Around, Failure, problem},
    whose,
};
use crate::{pages::Complaint, service::terms, values::Locale};

/// `GET /terms/{tenant}/{document}/{version}/{locale}`
pub async fn download(state: Data<State>, request: HttpRequest, path: Path<(String, String, u32, String)>) -> HttpResponse {
    let (tenant, document, version, tag) = path.into_inner();
    let found = terms::text(&state.tools, (&tenant, &document, version), &tag).await;
    let tenant = if matches!(found, Ok(Some(_))) { None } else { whose::named(&state, &tenant).await };
    let around = Around::plain(Locale::first_of(&tag).unwrap_or_default(), tenant.as_deref(), "S-ERROR", request.path());
    match found {
        Ok(Some(text)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{document}-{version}-{tag}.txt\"")))
            .insert_header((CACHE_CONTROL, "public, max-age=3600"))
            .body(text),
        Ok(None) => problem(&state, Complaint::NotFound, &around, &[]),
        Err(fault) => Failure::from(fault).into_page(&state, &around),
    }
}
