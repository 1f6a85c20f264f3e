//! The case of paths: clients write tenant addresses in any case, and some double the first slash.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Uri,
    middleware::Next,
};

use crate::values::OWN_SEGMENTS;

/// The path as the routes know it; `None` when it is so already. Below our own first segments case means something: ids and links stand there.
#[must_use]
fn canonical_path(path: &str) -> Option<String> {
    let single = path.trim_start_matches('/');
    let doubled = path.len() - single.len() > 1;
    let first = single.split('/').next().unwrap_or_default();
    let is_own = OWN_SEGMENTS.contains(&first) && !first.starts_with('.');
    let has_upper = !is_own && single.bytes().any(|c| c.is_ascii_uppercase());
    if !doubled && !has_upper {
        return None;
    }
    Some(format!("/{}", if is_own { single.to_owned() } else { single.to_ascii_lowercase() }))
}

/// Rewrite the path before it is matched.
///
/// # Errors
/// None of its own.
pub async fn canonical<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    if let Some(path) = canonical_path(request.path()) {
        let query = request.query_string();
        let whole = if query.is_empty() { path } else { format!("{path}?{query}") };
        if let Ok(uri) = whole.parse::<Uri>() {
            request.match_info_mut().get_mut().update(&uri);
            request.head_mut().uri = uri;
        }
    }
    next.call(request).await
}
