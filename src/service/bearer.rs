//! Does this access token count, here and now? Asked by userinfo, by introspection, and by our own API.

use crate::{
    crypto::{Purpose, TokenKind},
    journey::Tools,
    model::{Account, Client, Grant, OpaqueAccessToken},
    protocol::{claims::access_token::AccessTokenClaims, token::still_stands},
    storage::Loaded,
    values::{Fault, Issuer},
};

use super::{client_auth::AtIssuer, keys};

/// An access token that counts, with what it rests on.
#[derive(Clone, Debug)]
pub struct LiveToken {
    /// What it says, or would say if it were a JWT.
    pub claims: AccessTokenClaims,
    /// To whom it was given.
    pub client: Loaded<Client>,
    /// On whose behalf; `None` for a client's own token.
    pub person: Option<Person>,
}

/// The person behind a token.
#[derive(Clone, Debug)]
pub struct Person {
    /// The family that the token belongs to.
    pub grant: Loaded<Grant>,
    /// Who.
    pub account: Loaded<Account>,
}

/// Judge a token: made by this issuer and not ended, not revoked, its family alive, its client, its person and their tenants on. `None` for anything else.
///
/// # Errors
/// The store failed.
pub async fn judge(tools: &Tools, at: &AtIssuer<'_>, token: &str) -> Result<Option<LiveToken>, Fault> {
    let AtIssuer { issuer, tenant, .. } = *at;
    let claims = if token.contains('.') { jwt(tools, issuer, token).await? } else { opaque(tools, issuer, token).await? };
    let Some(claims) = claims else { return Ok(None) };
    let now = tools.now();
    let reads = tools.reads();
    let Some(client) = reads.client(issuer.tenant, &claims.client_id).await?.filter(|client| client.is_active()) else { return Ok(None) };
    let Some(id) = claims.grant() else {
        return Ok(tenant.is_active().then_some(LiveToken { claims, client, person: None }));
    };
    let Some(grant) = reads.grant(id).await?.filter(|grant| grant.issuer == issuer && grant.client == client.id && grant.is_live_at(now)) else {
        return Ok(None);
    };
    let subject = grant.authentication.subject;
    let is_whole = claims.sub == subject.id.to_string() && (claims.aud == claims.iss || grant.api.as_ref().is_some_and(|api| api.0 == claims.aud));
    let account = reads.account(subject).await?;
    let other = if subject.home == issuer.tenant { None } else { reads.tenant(subject.home).await? };
    let home = if subject.home == issuer.tenant { Some(tenant) } else { other.as_deref() };
    if !is_whole || still_stands(Some(tenant), home, account.as_deref()).is_err() {
        return Ok(None);
    }
    Ok(account.map(|account| LiveToken { claims, client, person: Some(Person { grant, account }) }))
}

async fn jwt(tools: &Tools, issuer: Issuer, token: &str) -> Result<Option<AccessTokenClaims>, Fault> {
    let now = tools.now();
    let Ok(claims) = keys::of(tools, issuer).await?.read::<AccessTokenClaims>(TokenKind::Access, token, now) else { return Ok(None) };
    if claims.iss != tools.identifier(issuer) || now >= claims.exp {
        return Ok(None);
    }
    let revoked = tools.reads().revoked_token(issuer, &claims.jti).await?;
    Ok(revoked.is_none().then_some(claims))
}

async fn opaque(tools: &Tools, issuer: Issuer, token: &str) -> Result<Option<AccessTokenClaims>, Fault> {
    let digest = tools.sealer.digest(Purpose::AccessToken, token);
    let Some(record) = tools.reads().opaque_access_token(&digest).await?.filter(|record| record.issuer == issuer) else { return Ok(None) };
    let by = match record.grant {
        Some(id) => tools.reads().grant(id).await?.map(|grant| grant.authentication.clone()),
        None => None,
    };
    Ok(Some(claims(tools.identifier(issuer), record.into_value(), by)))
}

/// What an opaque token would say if it were a JWT. Its name is its family's alone: it is not known by name.
fn claims(iss: String, record: OpaqueAccessToken, by: Option<crate::model::Authentication>) -> AccessTokenClaims {
    AccessTokenClaims {
        sub: record.subject.map_or_else(|| record.client.to_string(), |subject| subject.id.to_string()),
        aud: record.api.map_or_else(|| iss.clone(), |api| api.0),
        iss,
        client_id: record.client,
        exp: record.until,
        iat: record.issued_at,
        jti: record.grant.map(|grant| format!("{grant}.")).unwrap_or_default(),
        scope: record.scopes.to_string(),
        auth_time: by.as_ref().map(|by| by.at),
        acr: by.as_ref().map(|by| by.acr.clone()),
        amr: by.map(|by| by.amr),
    }
}
