//! Which pages of other origins may read an answer. [Fetch §3.2]

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
            ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN, VARY,
        },
    },
    middleware::Next,
    web::Data,
};

use crate::web::{State, extract::IssuerAt, reply::Failure};

/// Around the endpoints that applications in a browser call: an origin from which a registered client of this tenant runs may read what comes back, errors too.
/// Never with credentials: no cookie means anything here. The preflight is answered without a look at the client, which it does not name.
///
/// # Errors
/// None of its own.
pub async fn cors<B: MessageBody + 'static>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let origin = allowed(&mut request).await;
    let is_preflight = *request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        request.into_response(HttpResponse::NoContent().finish()).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        permit(headers, origin, is_preflight);
    }
    Ok(response)
}

fn permit(headers: &mut HeaderMap, origin: HeaderValue, is_preflight: bool) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if is_preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Authorization, Content-Type"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("WWW-Authenticate"));
    }
}

/// The request's origin, if a client of the tenant is registered there. A failure to find out permits nothing; the request itself will fail for the same cause.
async fn allowed(request: &mut ServiceRequest) -> Option<HeaderValue> {
    let origin = request.headers().get(ORIGIN)?.clone();
    let text = origin.to_str().ok()?.to_owned();
    let state = request.app_data::<Data<State>>()?.clone();
    let at: Result<IssuerAt, Failure> = request.extract::<IssuerAt>().await;
    let clients = state.tools.reads().clients_at_origin(at.ok()?.issuer.tenant, &text).await.ok()?;
    (!clients.is_empty()).then_some(origin)
}
