//! `ui_locales`, `claims_locales`, `display`: how pages and claims should look. [OpenID Connect Core §3.1.2.1, §5.2]

use crate::{
    protocol::{OAuthError, params::Params},
    values::Locale,
};

/// All are wishes. Pages fit every width and claims have one language, so only `ui_locales` changes anything.
pub(super) fn check(params: &Params) -> Result<Option<Locale>, OAuthError> {
    params.one("claims_locales")?;
    params.one("display")?;
    ui_locale(params)
}

/// The first language of `ui_locales` that we speak.
///
/// # Errors
/// `invalid_request`: it came twice or is too long.
pub fn ui_locale(params: &Params) -> Result<Option<Locale>, OAuthError> {
    Ok(params.one("ui_locales")?.and_then(Locale::first_of))
}
