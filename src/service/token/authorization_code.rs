//! A code becomes tokens, once. [RFC 6749 §4.1.3]

use super::{ATTEMPTS, Authenticated, Committed, api_of, commit, person, restless};
use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Actor, AuditEvent, AuthorizationCode, EventName, Grant, Outcome},
    protocol::token::{
        TokenAnswer,
        authorization_code::{belongs, check, gets_refresh_token, grant, refused},
        refresh_token::{RefreshToken, family_life},
    },
    service::{
        Refusal,
        client_auth::AtIssuer,
        issue::{self, Mint, OnBehalf},
    },
    storage::{Batch, Loaded},
    values::{GrantType, Secret, Timestamp},
};

/// What the client brings.
#[derive(Clone, Debug)]
pub struct Presented {
    /// The code.
    pub code: Secret<String>,
    /// `redirect_uri`.
    pub redirect_uri: Option<String>,
    /// `code_verifier`.
    pub code_verifier: Option<Secret<String>>,
}

/// Redeem a code. One commit spends it and makes its grant; of many callers at once one gets there first, and each other one finds the code spent and revokes
/// what came of it. [RFC 6749 §4.1.2]
///
/// # Errors
/// `invalid_grant`, `invalid_request`.
pub async fn redeem(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, presented: &Presented) -> Result<TokenAnswer, Refusal> {
    let digest = tools.sealer.digest(Purpose::AuthorizationCode, presented.code.expose());
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let code = tools.reads().authorization_code(&digest).await?.ok_or_else(|| refused("no such code"))?;
        belongs(&code, at.issuer, &asking.client)?;
        if code.spent_at.is_some() {
            return Err(replayed(tools, at, asking, &code).await);
        }
        let verifier = presented.code_verifier.as_ref().map(|verifier| verifier.expose().as_str());
        check(&code, presented.redirect_uri.as_deref(), verifier, now)?;
        let mut batch = Batch::new(now);
        let answer = mint(tools, at, asking, &code, &mut batch).await?;
        batch.update(code.try_map(|code| code.spend(now)).map_err(|spent| refused(&spent.to_string()))?)?;
        asking.spend(&mut batch)?;
        if let Committed::Yes = commit(tools, batch).await? {
            return Ok(answer);
        }
    }
    Err(restless())
}

/// The tokens, and in the batch everything that they rest on.
async fn mint(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, code: &AuthorizationCode, batch: &mut Batch) -> Result<TokenAnswer, Refusal> {
    let (client, now) = (&asking.client, tools.now());
    let account = person(tools, at, &code.authentication).await?;
    let session = tools.reads().session_by_sid(&code.authentication.session).await?.filter(|session| session.is_live_at(now));
    batch.unchanged(&session.ok_or_else(|| refused("the session has ended"))?);
    let api = api_of(tools, at, &code.scopes, code.request.api.as_ref()).await?;
    let refresh = gets_refresh_token(code, client).then(|| RefreshToken::make(code.grant, &tools.sealer, tools.entropy.as_ref()));
    let settings = &at.tenant.settings;
    let life = if refresh.is_some() { family_life(settings, client) } else { issue::access_token_life(at.tenant, api.as_deref()) };
    let grant = grant(code, settings, life, refresh.as_ref().map(|token| token.digest), now);
    let mint = Mint { issuer: at.issuer, tenant: at.tenant, client, scopes: &grant.scopes, api: api.as_deref(), now };
    let of = OnBehalf { grant: &grant, account: &account, nonce: grant.nonce.as_deref(), new_user: code.new_user };
    let answer = issue::for_person(tools, mint, of, refresh.map(|token| token.text), batch).await?;
    batch.insert(&grant)?.audit(&event(EventName::TokenIssued, at, &grant, now))?;
    Ok(answer)
}

/// The code was spent before, so it is in two hands: what came of it dies. The first replay is noted; the rest find nothing left to revoke.
async fn replayed(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, code: &Loaded<AuthorizationCode>) -> Refusal {
    for _ in 0..ATTEMPTS {
        let now = tools.now();
        let grant = match tools.reads().grant(code.grant).await {
            Ok(Some(grant)) if grant.revoked_at.is_none() => grant,
            Ok(_) => return refused("the code was redeemed before").into(),
            Err(error) => return error.into(),
        };
        match revoke(tools, at, asking, grant, now).await {
            Ok(Committed::Yes) => return refused("the code was redeemed before; its tokens are revoked").into(),
            Ok(Committed::Again) => {}
            Err(refusal) => return refusal,
        }
    }
    restless()
}

async fn revoke(tools: &Tools, at: &AtIssuer<'_>, asking: &Authenticated, grant: Loaded<Grant>, now: Timestamp) -> Result<Committed, Refusal> {
    let mut batch = Batch::new(now);
    batch.audit(&event(EventName::CodeReplayed, at, &grant, now).failed(Outcome::Refused, "code"))?;
    batch.update(grant.map(|grant| grant.revoke(now)))?;
    asking.spend(&mut batch)?;
    commit(tools, batch).await
}

fn event(name: EventName, at: &AtIssuer<'_>, grant: &Grant, now: Timestamp) -> AuditEvent {
    let event = AuditEvent::new(name, at.issuer.tenant, Actor::person(grant.authentication.subject), now);
    at.mark(event.on("grant", grant.id).through(&grant.client).by(GrantType::AuthorizationCode.as_str()))
}
