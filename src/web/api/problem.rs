//! What was refused, as problem JSON, and its status. [RFC 9457]

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;

use crate::{service::admin::Refused, values::Fault, web::reply::Failure};

/// A request that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No token, or one that counts for nothing here.
    #[error("no valid token")]
    Unauthorized,
    /// There is no such address.
    #[error("no such address")]
    NoSuchPlace,
    /// The address does not take this method.
    #[error("the method is not allowed here")]
    NoSuchMethod,
    /// The service refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.into())
    }
}

/// As it is sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemShown {
    /// Which kind of problem: stays the same for programs.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The status, once more.
    status: u16,
    /// This one in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Which member of what was sent is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Which scope is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    /// What to quote to the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

impl Problem {
    fn kind(&self) -> (&'static str, &'static str, StatusCode) {
        match self {
            Self::Unauthorized => ("unauthorized", "A valid access token is needed", StatusCode::UNAUTHORIZED),
            Self::NoSuchPlace | Self::Refused(Refused::NotFound) => ("not-found", "There is none", StatusCode::NOT_FOUND),
            Self::NoSuchMethod => ("method-not-allowed", "The method is not allowed here", StatusCode::METHOD_NOT_ALLOWED),
            Self::Refused(Refused::LacksScope(_)) => ("insufficient-scope", "The token does not allow it", StatusCode::FORBIDDEN),
            Self::Refused(Refused::LacksRole) => ("insufficient-role", "The role does not allow it", StatusCode::FORBIDDEN),
            Self::Refused(Refused::Impossible(_) | Refused::Oneself | Refused::LastAdministrator) => ("impossible", "It cannot be done", StatusCode::CONFLICT),
            Self::Refused(Refused::Invalid { .. }) => ("invalid", "A value is not right", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Refused(Refused::Malformed(_)) => ("malformed", "The request cannot be understood", StatusCode::BAD_REQUEST),
            Self::Refused(Refused::Taken(_)) => ("taken", "Another one has it already", StatusCode::CONFLICT),
            Self::Refused(Refused::Stale) => ("stale", "It was changed meanwhile", StatusCode::PRECONDITION_FAILED),
            Self::Refused(Refused::Conflict) => ("conflict", "It was changed at the same moment", StatusCode::CONFLICT),
            Self::Refused(Refused::Quota { .. }) => ("quota", "No more today", StatusCode::TOO_MANY_REQUESTS),
            Self::Refused(Refused::Busy) => ("busy", "Too much at once", StatusCode::SERVICE_UNAVAILABLE),
            Self::Refused(Refused::Fault(fault)) if fault.is_temporary() => ("unavailable", "Try again in a moment", StatusCode::SERVICE_UNAVAILABLE),
            Self::Refused(Refused::Fault(_)) => ("fault", "We failed", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind().2
    }

    fn error_response(&self) -> HttpResponse {
        let (kind, title, status) = self.kind();
        let mut shown =
            ProblemShown { kind: format!("urn:parvis:problem:{kind}"), title, status: status.as_u16(), detail: None, field: None, scope: None, incident: None };
        let mut reply = HttpResponse::build(status);
        reply.insert_header((CACHE_CONTROL, "no-store"));
        match self {
            Self::Unauthorized => {
                reply.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
            }
            Self::Refused(Refused::LacksScope(scope)) => {
                shown.scope = Some(scope);
                reply.insert_header((WWW_AUTHENTICATE, format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"")));
            }
            Self::Refused(Refused::Invalid { field, why }) => {
                shown.field = Some(field);
                shown.detail = Some(format!("{field} {why}"));
            }
            Self::Refused(Refused::Taken(field)) => {
                shown.field = Some(field);
                shown.detail = Some(format!("another one has this {field}"));
            }
            Self::Refused(Refused::Malformed(why)) => shown.detail = Some(why.clone()),
            Self::Refused(refused @ (Refused::Oneself | Refused::LastAdministrator | Refused::Quota { .. })) => shown.detail = Some(refused.to_string()),
            Self::Refused(Refused::Impossible(why)) => shown.detail = Some((*why).to_owned()),
            Self::Refused(Refused::Fault(fault)) => shown.incident = Some(told(fault)),
            _ => {}
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            reply.insert_header((RETRY_AFTER, "5"));
        }
        reply.content_type("application/problem+json").json(shown)
    }
}

/// Tell the log, and give a number to quote.
pub(super) fn told(fault: &Fault) -> String {
    let again = match std::error::Error::source(fault) {
        Some(cause) => Fault::because(fault.to_string(), cause.to_string()),
        None => Fault::new(fault.to_string()),
    };
    Failure::from(again).incident().map(|id| id.to_string()).unwrap_or_default()
}

/// There is nothing here.
pub(super) async fn no_such_place() -> HttpResponse {
    Problem::NoSuchPlace.error_response()
}

/// There is something here, but not for this method.
pub(super) async fn no_such_method() -> HttpResponse {
    Problem::NoSuchMethod.error_response()
}
