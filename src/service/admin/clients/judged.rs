//! What a registration may say.

use std::collections::BTreeSet;

use url::Url;

use super::ClientWritten;
use crate::{
    journey::Tools,
    model::{Client, ClientKind, PkceRule, Publisher},
    service::admin::{Refused, invalid, written},
    values::{ClientAuthMethod, GrantType, RedirectUri, Scopes, TenantId},
};

/// A client may be allowed the standard scopes and those of its organisation's APIs.
pub(super) async fn scopes_exist(tools: &Tools, tenant: TenantId, scopes: &Scopes) -> Result<(), Refused> {
    for scope in scopes.iter().filter(|scope| !scope.is_standard()) {
        if scope.as_str().parse::<crate::values::Scope>().is_err() || tools.reads().api_by_scope(tenant, scope).await?.is_none() {
            return Err(invalid("scopes", format!("no API of this organisation has the scope {scope}")));
        }
    }
    Ok(())
}

/// Judge and write.
pub(super) fn apply(client: &mut Client, mut after: ClientWritten) -> Result<(), Refused> {
    if after.grant_types.is_empty() {
        after.grant_types = usual_grants(after.kind);
    }
    texts(&after)?;
    let redirect_uris = uris("redirect_uris", &after.redirect_uris, after.kind)?;
    let post_logout_redirect_uris = uris("post_logout_redirect_uris", &after.post_logout_redirect_uris, after.kind)?;
    consistent(&after)?;
    let publisher = Publisher { name: after.publisher.name, domain: after.publisher.domain, verified_at: client.publisher.verified_at };
    // Whoever vouched did so for that name and domain, and for nobody else's.
    let is_same = publisher.name == client.publisher.name && publisher.domain == client.publisher.domain;
    client.publisher = if is_same { publisher } else { Publisher { verified_at: None, ..publisher } };
    client.names = after.names;
    client.kind = after.kind;
    client.redirect_uris = redirect_uris;
    client.post_logout_redirect_uris = post_logout_redirect_uris;
    client.grant_types = after.grant_types;
    client.auth_method = after.auth_method;
    client.jwks = after.jwks;
    client.pkce = after.pkce;
    client.id_token_algorithm = after.id_token_algorithm;
    client.id_token_claims = after.id_token_claims;
    client.sign_up_attributes = after.sign_up_attributes;
    client.scopes = after.scopes;
    client.consent = after.consent;
    client.logo = after.logo;
    client.terms_url = after.terms_url;
    client.privacy_url = after.privacy_url;
    client.home_url = after.home_url;
    client.initiate_login_uri = after.initiate_login_uri;
    client.backchannel_logout_uri = after.backchannel_logout_uri;
    Ok(())
}

fn usual_grants(kind: ClientKind) -> BTreeSet<GrantType> {
    match kind {
        ClientKind::Service => [GrantType::ClientCredentials].into(),
        ClientKind::Web | ClientKind::Browser | ClientKind::Native => [GrantType::AuthorizationCode, GrantType::RefreshToken].into(),
    }
}

fn texts(after: &ClientWritten) -> Result<(), Refused> {
    written::localised("names", &after.names, 100)?;
    written::optional_line("publisher.name", Some(&after.publisher.name), 100)?;
    written::optional_line("publisher.domain", Some(&after.publisher.domain), 253)?;
    written::page_url("terms_url", after.terms_url.as_deref())?;
    written::page_url("privacy_url", after.privacy_url.as_deref())?;
    written::page_url("home_url", after.home_url.as_deref())?;
    written::page_url("initiate_login_uri", after.initiate_login_uri.as_deref())?;
    written::page_url("backchannel_logout_uri", after.backchannel_logout_uri.as_deref())?;
    if after.backchannel_logout_uri.as_deref().is_some_and(|uri| uri.contains('#')) {
        return Err(invalid("backchannel_logout_uri", "has no fragment"));
    }
    after.logo.as_deref().map_or(Ok(()), |logo| written::image(logo, "image/png")).map_err(|why| invalid("logo", why.to_string()))
}

fn uris(field: &'static str, texts: &[String], kind: ClientKind) -> Result<Vec<RedirectUri>, Refused> {
    if texts.len() > 50 {
        return Err(invalid(field, "are at most 50"));
    }
    let mut uris: Vec<RedirectUri> = Vec::with_capacity(texts.len());
    for text in texts {
        let uri = RedirectUri::register(text).map_err(|why| invalid(field, format!("{text:?}: {why}")))?;
        let is_web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        // An application's own scheme names its maker's domain in reverse, so that two applications do not meet. [RFC 8252 §7.1]
        let is_own_scheme = kind == ClientKind::Native && text.split(':').next().is_some_and(|scheme| scheme.contains('.'));
        if !is_web && !is_own_scheme {
            return Err(invalid(field, format!("{text:?}: a scheme of its own is for native clients and holds a dot, as in test.morvan.app:/back")));
        }
        if !uris.contains(&uri) {
            uris.push(uri);
        }
    }
    Ok(uris)
}

fn consistent(after: &ClientWritten) -> Result<(), Refused> {
    let has = |grant| after.grant_types.contains(&grant);
    let is_confidential = after.auth_method != ClientAuthMethod::None;
    if after.kind == ClientKind::Browser && is_confidential {
        return Err(invalid("auth_method", "is none for a client that runs in a browser: it cannot keep a secret"));
    }
    if after.kind == ClientKind::Service && (!is_confidential || after.grant_types != [GrantType::ClientCredentials].into()) {
        return Err(invalid("grant_types", "of a service are client_credentials, and it proves itself"));
    }
    if has(GrantType::ClientCredentials) && !is_confidential {
        return Err(invalid("grant_types", "client_credentials is for clients that prove themselves"));
    }
    if has(GrantType::RefreshToken) && !has(GrantType::AuthorizationCode) {
        return Err(invalid("grant_types", "refresh_token goes with authorization_code"));
    }
    if has(GrantType::AuthorizationCode) == after.redirect_uris.is_empty() {
        return Err(invalid("redirect_uris", "go with authorization_code: both or none"));
    }
    if after.pkce == PkceRule::Waived && !is_confidential {
        return Err(invalid("pkce", "is required of clients that do not prove themselves"));
    }
    match (&after.jwks, after.auth_method) {
        (Some(jwks), _) => written::public_keys(jwks).map_err(|why| invalid("jwks", why.to_string())),
        (None, ClientAuthMethod::PrivateKeyJwt) => Err(invalid("jwks", "is needed for private_key_jwt")),
        (None, _) => Ok(()),
    }
}
