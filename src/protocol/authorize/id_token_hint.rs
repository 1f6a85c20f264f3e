//! `id_token_hint`, and a `sub` claim asked for by value: who must be meant. [OpenID Connect Core §3.1.2.1, §5.5.1]

use super::Hint;
use crate::{
    model::ClaimsRequest,
    protocol::{ErrorCode, OAuthError, params::Params},
    values::AccountId,
};

const INVALID: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the id_token_hint is not an ID token of this issuer for this client");
const SEVERAL: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "more than one subject is asked for");
const NO_SUBJECT: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the sub asked for is not a subject of this issuer");

/// One person at most. A hint that came and was not found good is refused, never passed over: the wrong person might answer.
pub(super) fn check(params: &Params, hint: Hint, claims: &ClaimsRequest) -> Result<Option<AccountId>, OAuthError> {
    let hinted = match (params.one("id_token_hint")?, hint) {
        (None, _) => None,
        (Some(_), Hint::Valid { subject }) => Some(subject),
        (Some(_), Hint::Absent | Hint::Invalid) => return Err(INVALID),
    };
    let mut subject = hinted;
    for asked in [&claims.id_token, &claims.userinfo].into_iter().filter_map(|section| section.get("sub")) {
        for value in asked.value.iter().chain(asked.values.iter().flatten()) {
            let named: AccountId = value.as_str().and_then(|text| text.parse().ok()).ok_or(NO_SUBJECT)?;
            if subject.replace(named).is_some_and(|other| other != named) {
                return Err(SEVERAL);
            }
        }
    }
    Ok(subject)
}
