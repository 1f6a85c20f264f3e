//! `prompt`: what the person is asked anew. [OpenID Connect Core §3.1.2.1]

use std::collections::BTreeSet;

use crate::{
    protocol::{ErrorCode, OAuthError, params::Params},
    values::Prompt,
};

const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "a prompt value is not supported");
const NONE_AND_MORE: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the prompt value none stands alone");

/// Words that we know; `none` alone.
pub(super) fn check(params: &Params) -> Result<BTreeSet<Prompt>, OAuthError> {
    let words = params.one("prompt")?.unwrap_or_default().split(' ').filter(|word| !word.is_empty());
    let prompts: BTreeSet<_> = words.map(|word| Prompt::parse(word).ok_or(UNKNOWN)).collect::<Result<_, _>>()?;
    if prompts.len() > 1 && prompts.contains(&Prompt::None) { Err(NONE_AND_MORE) } else { Ok(prompts) }
}
