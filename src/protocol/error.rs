//! What clients are told when they get nothing.

/// The codes of the specifications, each with the RFC that defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// [RFC 6749 §4.1.2.1, §5.2]
    InvalidRequest,
    /// [RFC 6749 §5.2]
    InvalidClient,
    /// [RFC 6749 §5.2]
    InvalidGrant,
    /// [RFC 6749 §4.1.2.1, §5.2]
    UnauthorizedClient,
    /// [RFC 6749 §5.2]
    UnsupportedGrantType,
    /// [RFC 6749 §4.1.2.1]
    UnsupportedResponseType,
    /// [RFC 6749 §4.1.2.1, §5.2]
    InvalidScope,
    /// [RFC 6749 §4.1.2.1]
    AccessDenied,
    /// [RFC 6749 §4.1.2.1]
    ServerError,
    /// [RFC 6749 §4.1.2.1]
    TemporarilyUnavailable,
    /// [RFC 6750 §3.1]
    InvalidToken,
    /// [RFC 6750 §3.1]
    InsufficientScope,
    /// [OpenID Connect Core §3.1.2.6]
    LoginRequired,
    /// [OpenID Connect Core §3.1.2.6]
    ConsentRequired,
    /// [OpenID Connect Core §3.1.2.6]
    InteractionRequired,
    /// [OpenID Connect Core §3.1.2.6]
    AccountSelectionRequired,
    /// [OpenID Connect Core §3.1.2.6]
    RequestNotSupported,
    /// [OpenID Connect Core §3.1.2.6]
    RequestUriNotSupported,
    /// [OpenID Connect Core §3.1.2.6]
    RegistrationNotSupported,
    /// [OpenID Connect Core Unmet Authentication Requirements §2]
    UnmetAuthenticationRequirements,
    /// [RFC 7009 §2.2.1]
    UnsupportedTokenType,
}

impl ErrorCode {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            Self::AccountSelectionRequired => "account_selection_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::UnsupportedTokenType => "unsupported_token_type",
        }
    }
}

/// A refusal for a client: a code for its program, a sentence for its developer, and a cause for our log only.
///
/// Descriptions are fixed texts of printable ASCII without `"` and `\`: nothing that somebody sent comes back in them. [RFC 6749 §5.2]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", .code.as_str())]
pub struct OAuthError {
    /// `error`.
    pub code: ErrorCode,
    /// `error_description`.
    pub description: &'static str,
    /// What the log says besides; never sent, never a secret.
    pub cause: Option<String>,
}

impl OAuthError {
    /// Refuse.
    #[must_use]
    pub const fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description, cause: None }
    }

    /// Tell the log more.
    #[must_use]
    pub fn because(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }
}
