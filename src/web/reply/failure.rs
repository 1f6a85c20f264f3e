//! The only place where a refusal or a failure becomes a status.

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    protocol::{ErrorCode, OAuthError},
    storage::{CommitError, StoreError},
    values::{Fault, IncidentId},
};

/// What a request came to when it came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Refused, by the rules of the protocol.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// A client that could not prove itself with a header is asked for one. [RFC 6749 §5.2]
    #[error("{0}")]
    Challenge(OAuthError, &'static str),
    /// We failed; the log has the rest under this id.
    #[error("incident {1}")]
    Fault(Fault, IncidentId),
    /// There is no such place, or no such tenant.
    #[error("not found")]
    NotFound,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let id = incident();
        let source = std::error::Error::source(&fault).map(ToString::to_string);
        tracing::error!("incident.id" = %id, cause = source.as_deref().unwrap_or("none"), "{fault}");
        Self::Fault(fault, id)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Fault::from(error).into()
    }
}

impl From<CommitError> for Failure {
    fn from(error: CommitError) -> Self {
        Fault::from(error).into()
    }
}

/// A number for people to quote: random, from the system, as it decides nothing.
fn incident() -> IncidentId {
    use crate::{crypto::SystemEntropy, values::EntropyExt};
    IncidentId(uuid::Builder::from_random_bytes(SystemEntropy::default().bytes()).into_uuid())
}

impl Failure {
    /// A request that panicked.
    #[must_use]
    pub fn panicked(what: &str) -> Self {
        Fault::new(format!("a request panicked: {what}")).into()
    }

    /// What a person may quote, if it is our fault.
    #[must_use]
    pub fn incident(&self) -> Option<Uuid> {
        if let Self::Fault(_, id) = self { Some(id.0) } else { None }
    }
}

/// The status of a code. [RFC 6749 §5.2, RFC 6750 §3.1]
#[must_use]
pub fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidClient | ErrorCode::InvalidToken => StatusCode::UNAUTHORIZED,
        ErrorCode::InsufficientScope => StatusCode::FORBIDDEN,
        ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
    error_description: &'a str,
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::OAuth(error) | Self::Challenge(error, _) => status_of(error.code),
            Self::Fault(fault, _) if fault.is_temporary() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(..) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotFound => StatusCode::NOT_FOUND,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut reply = HttpResponse::build(self.status_code());
        reply.insert_header((CACHE_CONTROL, "no-store")).insert_header((PRAGMA, "no-cache"));
        match self {
            Self::OAuth(error) => {
                log(error);
                reply.json(Body { error: error.code.as_str(), error_description: error.description })
            }
            Self::Challenge(error, challenge) => {
                log(error);
                reply.insert_header((WWW_AUTHENTICATE, *challenge)).json(Body { error: error.code.as_str(), error_description: error.description })
            }
            Self::Fault(fault, id) => {
                let code = if fault.is_temporary() { ErrorCode::TemporarilyUnavailable } else { ErrorCode::ServerError };
                if fault.is_temporary() {
                    reply.insert_header((RETRY_AFTER, "5"));
                }
                reply.json(Body { error: code.as_str(), error_description: &format!("incident {id}") })
            }
            Self::NotFound => reply.json(Body { error: "not_found", error_description: "there is nothing at this address" }),
        }
    }
}

fn log(error: &OAuthError) {
    tracing::debug!(error = error.code.as_str(), cause = error.cause.as_deref().unwrap_or("none"), "{}", error.description);
}
