//! `response_mode`: how the answer goes back. [OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode]

use crate::{
    protocol::{ErrorCode, OAuthError, params::Params},
    values::ResponseMode,
};

const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the response_mode is not supported");

/// One that we speak; codes go behind `?` where nothing is said.
pub(super) fn check(params: &Params) -> Result<ResponseMode, OAuthError> {
    params.one("response_mode")?.map_or(Ok(ResponseMode::Query), |mode| ResponseMode::parse(mode).ok_or(UNKNOWN))
}

/// How an error goes back when the request itself is in doubt: as was asked; else a client that wanted tokens reads the fragment, any other the query.
pub(super) fn for_errors(params: &Params) -> ResponseMode {
    let asked = params.one("response_mode").ok().flatten().and_then(ResponseMode::parse);
    let wants_tokens = || params.one("response_type").ok().flatten().is_some_and(|types| types.split(' ').any(|word| matches!(word, "token" | "id_token")));
    asked.unwrap_or_else(|| if wants_tokens() { ResponseMode::Fragment } else { ResponseMode::Query })
}
