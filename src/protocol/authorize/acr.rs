//! `acr_values` and an essential `acr` claim: how the person should prove who they are. [OpenID Connect Core §3.1.2.1, §5.5.1.1]

use crate::{
    model::ClaimsRequest,
    protocol::{ErrorCode, OAuthError, acr, params::Params},
};

const UNMET: OAuthError = OAuthError::new(ErrorCode::UnmetAuthenticationRequirements, "none of the authentication contexts asked for is offered here");

/// `acr_values` is a wish and never refused; an essential `acr` of which no value is offered here is refused before anybody types a password.
pub(super) fn check(params: &Params, claims: &ClaimsRequest) -> Result<Vec<String>, OAuthError> {
    let wished = params.one("acr_values")?.unwrap_or_default();
    if acr::is_within_reach(claims) { Ok(wished.split(' ').filter(|value| !value.is_empty()).map(str::to_owned).collect()) } else { Err(UNMET) }
}
