//! New tokens for old ones. [RFC 6749 §6]

use super::{ATTEMPTS, Authenticated, Committed, api_of, commit, person, restless};
use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Actor, AuditEvent, EventName, Grant, Outcome},
    protocol::{
        ErrorCode, OAuthError,
        token::{
            TokenAnswer,
            refresh_token::{RefreshToken, Verdict, judge, rotate, scopes},
        },
    },
    service::{
        Refusal,
        client_auth::AtIssuer,
        issue::{self, Mint, OnBehalf},
    },
    storage::{Batch, Loaded},
    values::{Fault, GrantType, Scopes, Secret, Timestamp},
};

/// Refresh. The token that is presented is replaced in the commit that remembers its successor; a client that repeats it within the retry window, or asks twice
/// at once, gets the same successor each time, so that a family never has two branches. One that was replaced before that kills the family. [RFC 9700 §4.14.2]
///
/// # Errors
/// `invalid_grant`, `invalid_scope`.
pub async fn refresh(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, text: &Secret<String>, scope: Option<&Scopes>) -> Result<TokenAnswer, Refusal> {
    let token = RefreshToken::read(text.expose(), &tools.sealer).ok_or_else(|| refused("not a refresh token of ours"))?;
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let grant = tools.reads().grant(token.grant).await?.ok_or_else(|| refused("the family is gone"))?;
        let mut batch = Batch::new(now);
        asking.spend(&mut batch)?;
        let answer = match judge(&grant, &token, at.issuer, &asking.client, now)? {
            Verdict::Current => {
                let next = RefreshToken::make(grant.id, &tools.sealer, tools.entropy.as_ref());
                let answer = mint(tools, at, asking, (&grant, scope, next.text.clone()), &mut batch).await?;
                let sealed = tools.sealer.seal(Purpose::RefreshToken, next.text.expose().as_bytes(), tools.entropy.as_ref())?;
                batch.audit(&event(EventName::TokenRefreshed, at, &grant, now))?;
                batch.update(grant.map(|grant| rotate(grant, &token, (&next, sealed), &at.tenant.settings, now)))?;
                Ok(answer)
            }
            Verdict::Repeated(sealed) => {
                let answer = mint(tools, at, asking, (&grant, scope, opened(tools, &sealed)?), &mut batch).await?;
                let repeated = AuditEvent { reason: Some("repeated".to_owned()), ..event(EventName::TokenRefreshed, at, &grant, now) };
                batch.audit(&repeated)?.unchanged(&grant);
                Ok(answer)
            }
            Verdict::Reused => {
                batch.audit(&event(EventName::CodeReplayed, at, &grant, now).failed(Outcome::Refused, "refresh_token"))?;
                batch.update(grant.map(|grant| grant.revoke(now)))?;
                Err(refused("a refresh token was used again; its family is revoked"))
            }
        };
        if let Committed::Yes = commit(tools, batch).await? {
            return Ok(answer?);
        }
    }
    Err(restless())
}

fn refused(cause: &str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidGrant, "this refresh token is not valid here").because(cause)
}

fn opened(tools: &Tools, sealed: &str) -> Result<Secret<String>, Fault> {
    let opened = tools.sealer.open(Purpose::RefreshToken, sealed).map_err(|error| Fault::because("a sealed refresh token does not open", error))?;
    let text = std::str::from_utf8(opened.expose()).map_err(|error| Fault::because("a sealed refresh token is no text", error))?;
    Ok(Secret::new(text.to_owned()))
}

/// The tokens that the family's client gets now, with the refresh token that goes with them.
async fn mint(
    tools: &Tools,
    at: &AtIssuer<'_>,
    asking: &Authenticated,
    (grant, scope, next): (&Loaded<Grant>, Option<&Scopes>, Secret<String>),
    batch: &mut Batch,
) -> Result<TokenAnswer, Refusal> {
    let client = &asking.client;
    let account = person(tools, at, &grant.authentication).await?;
    let scopes = scopes(grant, client, scope)?;
    let api = api_of(tools, at, &scopes, grant.api.as_ref()).await?;
    let mint = Mint { issuer: at.issuer, tenant: at.tenant, client, scopes: &scopes, api: api.as_deref(), now: tools.now() };
    let of = OnBehalf { grant, account: &account, nonce: None, new_user: false };
    Ok(issue::for_person(tools, mint, of, Some(next), batch).await?)
}

fn event(name: EventName, at: &AtIssuer<'_>, grant: &Grant, now: Timestamp) -> AuditEvent {
    let event = AuditEvent::new(name, at.issuer.tenant, Actor::person(grant.authentication.subject), now);
    at.mark(event.on("grant", grant.id).through(&grant.client).by(GrantType::RefreshToken.as_str()))
}
