//! `scope`: what is asked for. [RFC 6749 §3.3, OpenID Connect Core §3.1.2.1, §11]

use super::Facts;
use crate::{
    model::{Api, Client},
    protocol::{ErrorCode, OAuthError, params::Params},
    values::{ApiIdentifier, GrantType, Scope, Scopes},
};

const MISSING: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "the parameter scope is missing");
const MALFORMED: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "the scope is malformed");
const TOO_MANY: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "too many scopes are asked for");
const UNKNOWN: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "a scope is unknown");
const NOT_YOURS: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "a scope is not allowed for this client");
const TWO_APIS: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "scopes of more than one API are asked for");
const NOTHING: OAuthError = OAuthError::new(ErrorCode::InvalidScope, "no scope is left that this client may have");

/// At most this many scopes of APIs in one request: each is looked up.
const MOST: usize = 50;

/// What may be asked of the person.
pub(super) struct Asked {
    pub(super) scopes: Scopes,
    pub(super) api: Option<ApiIdentifier>,
}

/// The scopes that somebody has to find the owner of before the request is judged. Empty where the parameter is not even readable.
#[must_use]
pub fn asked_of_apis(params: &Params) -> Vec<Scope> {
    let asked = params.one("scope").ok().flatten().and_then(|text| text.parse::<Scopes>().ok()).unwrap_or_default();
    asked.iter().filter(|scope| !scope.is_standard()).take(MOST).cloned().collect()
}

/// Each scope on its own, and the scopes of one API at most.
pub(super) fn check(params: &Params, facts: &Facts<'_>, client: &Client) -> Result<Asked, OAuthError> {
    let asked: Scopes = params.one("scope")?.ok_or(MISSING)?.parse().map_err(|_| MALFORMED)?;
    if asked.iter().filter(|scope| !scope.is_standard()).count() > MOST {
        return Err(TOO_MANY);
    }
    let (mut granted, mut api) = (Vec::new(), None::<&Api>);
    for scope in asked.iter() {
        if scope.is_standard() {
            granted.extend(standard(scope, client)?.then(|| scope.clone()));
            continue;
        }
        let owner = match owner(scope, facts) {
            Some(owner) => owner,
            None if asked.has("openid") => continue,
            None => return Err(UNKNOWN),
        };
        if !client.scopes.has(scope.as_str()) {
            return Err(NOT_YOURS);
        }
        if api.replace(owner).is_some_and(|other| other.identifier != owner.identifier) {
            return Err(TWO_APIS);
        }
        granted.push(scope.clone());
    }
    if granted.is_empty() {
        return Err(NOTHING);
    }
    Ok(Asked { scopes: granted.into_iter().collect(), api: api.map(|api| api.identifier.clone()) })
}

/// May the client have this standard scope? What it may not have is left out; the token response says what was granted.
fn standard(scope: &Scope, client: &Client) -> Result<bool, OAuthError> {
    match scope.as_str() {
        "openid" if !client.scopes.has("openid") => Err(NOT_YOURS),
        "offline_access" if !client.grant_types.contains(&GrantType::RefreshToken) => Ok(false),
        name => Ok(client.scopes.has(name)),
    }
}

fn owner<'a>(scope: &Scope, facts: &Facts<'a>) -> Option<&'a Api> {
    facts.apis.iter().find(|api| api.tenant == facts.issuer.tenant && api.scopes.iter().any(|own| own.name == *scope))
}
