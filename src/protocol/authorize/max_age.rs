//! `max_age`: how old the person's last proof may be. [OpenID Connect Core §3.1.2.1]

use std::collections::BTreeSet;

use crate::{
    protocol::{ErrorCode, OAuthError, params::Params},
    values::Prompt,
};

const WRONG: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "max_age must be a whole number of seconds");

/// Whole seconds. 0 means `prompt=login`, except beside `none`, where no proof is young enough and the answer is an error.
pub(super) fn check(params: &Params, prompt: &mut BTreeSet<Prompt>) -> Result<Option<u64>, OAuthError> {
    let Some(text) = params.one("max_age")? else { return Ok(None) };
    if !text.bytes().all(|c| c.is_ascii_digit()) {
        return Err(WRONG);
    }
    let seconds = text.parse().map_err(|_| WRONG)?;
    if seconds == 0 && !prompt.contains(&Prompt::None) {
        prompt.insert(Prompt::Login);
    }
    Ok(Some(seconds))
}
