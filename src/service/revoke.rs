//! A client gives a token back. [RFC 7009]

use super::{
    Refusal,
    client_auth::{self, AtIssuer, Authenticated},
    keys,
};
use crate::{
    crypto::{Purpose, TokenKind},
    journey::Tools,
    model::{Actor, AuditEvent, EventName, RevokedToken},
    protocol::{claims::access_token::AccessTokenClaims, params::Params, revocation, token::refresh_token::RefreshToken},
    storage::{Batch, CommitError},
    values::{Fault, GrantId},
};

/// How often something that changes meanwhile is read anew.
const ATTEMPTS: usize = 16;

/// Revoke a token: a refresh token with all tokens of its family, an access token alone. What is no token, or counts no more, is as good as revoked.
///
/// # Errors
/// `invalid_client`, `invalid_request`, or `invalid_grant` for another client's token.
pub async fn revoke(tools: &Tools, at: &AtIssuer<'_>, authorization: Option<&str>, params: &Params) -> Result<(), Refusal> {
    let asking = client_auth::authenticate(tools, at, authorization, params).await?;
    asking.spend_alone(tools).await?;
    let token = revocation::token(params)?;
    let token = token.expose();
    if let Some(refresh) = RefreshToken::read(token, &tools.sealer) {
        family(tools, at, &asking, refresh.grant).await
    } else if token.contains('.') {
        jwt(tools, at, &asking, token).await
    } else {
        opaque(tools, at, &asking, token).await
    }
}

async fn family(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, id: GrantId) -> Result<(), Refusal> {
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let Some(grant) = tools.reads().grant(id).await?.filter(|grant| grant.issuer == at.issuer) else { return Ok(()) };
        revocation::is_own(&asking.client, &grant.client)?;
        if !grant.is_live_at(now) {
            return Ok(());
        }
        let mut batch = Batch::new(now);
        batch.audit(&event(tools, at, asking).on("grant", id).by("refresh_token"))?.update(grant.map(|grant| grant.revoke(now)))?;
        match tools.store.commit(batch).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Conflict(_)) => {}
            Err(other) => return Err(Fault::from(other).into()),
        }
    }
    Err(Fault::new("a grant changed each time it was to be revoked").into())
}

async fn jwt(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, token: &str) -> Result<(), Refusal> {
    let now = tools.now();
    let Ok(claims) = keys::of(tools, at.issuer).await?.read::<AccessTokenClaims>(TokenKind::Access, token, now) else { return Ok(()) };
    if claims.iss != tools.identifier(at.issuer) || now >= claims.exp {
        return Ok(());
    }
    revocation::is_own(&asking.client, &claims.client_id)?;
    let mut batch = Batch::new(now);
    batch.insert(&RevokedToken { issuer: at.issuer, jti: claims.jti.clone(), until: claims.exp })?;
    batch.audit(&event(tools, at, asking).on("access_token", &claims.jti).by("access_token"))?;
    settle(tools, batch).await
}

async fn opaque(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, token: &str) -> Result<(), Refusal> {
    let digest = tools.sealer.digest(Purpose::AccessToken, token);
    let Some(record) = tools.reads().opaque_access_token(&digest).await?.filter(|record| record.issuer == at.issuer) else { return Ok(()) };
    revocation::is_own(&asking.client, &record.client)?;
    let mut batch = Batch::new(tools.now());
    batch.delete(&record);
    batch.audit(&event(tools, at, asking).on("access_token", record.digest.text()).by("access_token"))?;
    settle(tools, batch).await
}

/// A conflict means that somebody revoked it at the same moment.
async fn settle(tools: &Tools, batch: Batch) -> Result<(), Refusal> {
    match tools.store.commit(batch).await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(other) => Err(Fault::from(other).into()),
    }
}

fn event(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated) -> AuditEvent {
    let client = &asking.client.id;
    at.mark(AuditEvent::new(EventName::TokenRevoked, at.issuer.tenant, Actor::client(client), tools.now()).through(client))
}
