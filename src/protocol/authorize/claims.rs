//! `claims`: single claims, beyond what scopes bring. [OpenID Connect Core §5.5]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    model::{ClaimRequest, ClaimsRequest},
    protocol::{ErrorCode, OAuthError, params::Params},
};

const NOT_JSON: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter claims is not a JSON object");
const TOO_DEEP: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the parameter claims is nested too deeply");
const WRONG: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "a claim is not asked for as the specification says");

const MOST_LEVELS: usize = 8;

/// The claims that can be asked for one by one. Any other is passed over.
#[rustfmt::skip]
pub const REQUESTABLE: [&str; 23] = [
    "sub", "auth_time", "acr", "amr",
    "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
    "email", "email_verified", "address", "phone_number", "phone_number_verified",
];

/// An object of two sections, each an object of claims; sections, claims and members that we do not know are passed over.
pub(super) fn check(params: &Params) -> Result<ClaimsRequest, OAuthError> {
    let Some(text) = params.one("claims")? else { return Ok(ClaimsRequest::default()) };
    let value: Value = serde_json::from_str(text).map_err(|error| NOT_JSON.because(error))?;
    if !is_within(&value, MOST_LEVELS) {
        return Err(TOO_DEEP);
    }
    let sections = value.as_object().ok_or(NOT_JSON)?;
    Ok(ClaimsRequest { userinfo: section(sections.get("userinfo"))?, id_token: section(sections.get("id_token"))? })
}

fn section(value: Option<&Value>) -> Result<BTreeMap<String, ClaimRequest>, OAuthError> {
    let claims = match value {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(value) => value.as_object().ok_or(WRONG)?,
    };
    claims.iter().filter(|(name, _)| REQUESTABLE.contains(&name.as_str())).map(|(name, wish)| Ok((name.clone(), one(wish)?))).collect()
}

fn one(wish: &Value) -> Result<ClaimRequest, OAuthError> {
    if wish.is_null() {
        return Ok(ClaimRequest::default());
    }
    let members = wish.as_object().ok_or(WRONG)?;
    let essential = members.get("essential").map_or(Ok(false), |value| value.as_bool().ok_or(WRONG))?;
    let values = members.get("values").map(|value| value.as_array().cloned().ok_or(WRONG)).transpose()?;
    Ok(ClaimRequest { essential, value: members.get("value").filter(|value| !value.is_null()).cloned(), values })
}

fn is_within(value: &Value, levels: usize) -> bool {
    match (value, levels.checked_sub(1)) {
        (Value::Array(items), Some(rest)) => items.iter().all(|item| is_within(item, rest)),
        (Value::Object(members), Some(rest)) => members.values().all(|member| is_within(member, rest)),
        (Value::Array(_) | Value::Object(_), None) => false,
        _ => true,
    }
}
