//! Minting tokens: what each says is decided in `protocol/claims`, here it is signed or stored.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value};

use super::{keys, terms};
use crate::{
    crypto::{Purpose, SigningPair, TokenKind, Unsigned},
    journey::Tools,
    model::{Account, Api, Client, Grant, OpaqueAccessToken, Role, Tenant, TokenFormat},
    protocol::{
        claims::{
            access_token::{AccessTokenClaims, jti},
            id_token::{self, IdToken},
        },
        token::TokenAnswer,
    },
    storage::Batch,
    values::{Algorithm, EntropyExt as _, Fault, Issuer, OwnClaim, Scopes, Secret, Timestamp},
};

/// What access tokens that are for ourselves are signed with: the quickest of those that every issuer has.
const OWN_ALGORITHM: Algorithm = Algorithm::Es256;

/// For whom and for what tokens are minted.
#[derive(Clone, Copy, Debug)]
pub struct Mint<'a> {
    /// By whom.
    pub issuer: Issuer,
    /// By whose rules.
    pub tenant: &'a Tenant,
    /// To whom.
    pub client: &'a Client,
    /// What for, this time.
    pub scopes: &'a Scopes,
    /// Which API the scopes belong to, where there is one.
    pub api: Option<&'a Api>,
    /// When.
    pub now: Timestamp,
}

/// On whose behalf.
#[derive(Clone, Copy, Debug)]
pub struct OnBehalf<'a> {
    /// The family.
    pub grant: &'a Grant,
    /// The person.
    pub account: &'a Account,
    /// What the ID token gives back: at the redemption of a code only.
    pub nonce: Option<&'a str>,
    /// Was the account made in the journey that ends here? At the redemption of a code only.
    pub new_user: bool,
}

/// How long access tokens live.
#[must_use]
pub fn access_token_life(tenant: &Tenant, api: Option<&Api>) -> u64 {
    api.and_then(|api| api.lifetime).unwrap_or(tenant.settings.access_token)
}

/// All tokens for a person's client: an access token, an ID token where `openid` was granted, and the refresh token that was made beside them. What must be stored
/// goes into the batch; nothing counts before it is committed.
///
/// # Errors
/// A key is missing, or a signature could not be made.
pub async fn for_person(
    tools: &Tools,
    mint: Mint<'_>,
    of: OnBehalf<'_>,
    refresh_token: Option<Secret<String>>,
    batch: &mut Batch,
) -> Result<TokenAnswer, Fault> {
    let mut answer = access_token(tools, mint, Some(of.grant), batch).await?;
    if mint.scopes.has("openid") {
        answer.id_token = Some(id_token(tools, mint, of, answer.access_token.expose()).await?);
    }
    answer.refresh_token = refresh_token;
    Ok(answer)
}

/// A client's own access token.
///
/// # Errors
/// A key is missing, or a signature could not be made.
pub async fn for_client(tools: &Tools, mint: Mint<'_>, batch: &mut Batch) -> Result<TokenAnswer, Fault> {
    access_token(tools, mint, None, batch).await
}

async fn access_token(tools: &Tools, mint: Mint<'_>, grant: Option<&Grant>, batch: &mut Batch) -> Result<TokenAnswer, Fault> {
    let longest = mint.now.plus(access_token_life(mint.tenant, mint.api));
    let until = grant.map_or(longest, |grant| longest.min(grant.until));
    let token = match mint.api.map(|api| api.token_format) {
        Some(TokenFormat::Opaque) => opaque(tools, mint, grant, until, batch)?,
        Some(TokenFormat::Jwt) | None => jwt(tools, mint, grant, until).await?,
    };
    Ok(TokenAnswer {
        access_token: token,
        token_type: "Bearer",
        expires_in: until.since(mint.now),
        scope: mint.scopes.clone(),
        refresh_token: None,
        id_token: None,
    })
}

fn opaque(tools: &Tools, mint: Mint<'_>, grant: Option<&Grant>, until: Timestamp, batch: &mut Batch) -> Result<Secret<String>, Fault> {
    let token = tools.entropy.token();
    batch.insert(&OpaqueAccessToken {
        digest: tools.sealer.digest(Purpose::AccessToken, token.expose()),
        grant: grant.map(|grant| grant.id),
        issuer: mint.issuer,
        client: mint.client.id.clone(),
        subject: grant.map(|grant| grant.authentication.subject),
        scopes: mint.scopes.clone(),
        api: mint.api.map(|api| api.identifier.clone()),
        issued_at: mint.now,
        until,
    })?;
    Ok(token)
}

async fn jwt(tools: &Tools, mint: Mint<'_>, grant: Option<&Grant>, until: Timestamp) -> Result<Secret<String>, Fault> {
    let iss = tools.identifier(mint.issuer);
    let by = grant.map(|grant| &grant.authentication);
    let claims = AccessTokenClaims {
        sub: by.map_or_else(|| mint.client.id.to_string(), |by| by.subject.id.to_string()),
        aud: mint.api.map_or_else(|| iss.clone(), |api| api.identifier.to_string()),
        iss,
        client_id: mint.client.id.clone(),
        exp: until,
        iat: mint.now,
        jti: jti(grant.map(|grant| grant.id), &tools.entropy.name()),
        scope: mint.scopes.to_string(),
        auth_time: by.map(|by| by.at),
        acr: by.map(|by| by.acr.clone()).filter(|acr| !acr.is_empty()),
        amr: by.map(|by| by.amr.clone()).filter(|amr| !amr.is_empty()),
    };
    let pair = keys::signer(tools, mint.issuer, mint.api.map_or(OWN_ALGORITHM, |api| api.algorithm)).await?;
    let unsigned = pair.prepare(TokenKind::Access, &claims)?;
    sign(pair, unsigned).await.map(Secret::new)
}

async fn id_token(tools: &Tools, mint: Mint<'_>, of: OnBehalf<'_>, access_token: &str) -> Result<Secret<String>, Fault> {
    let pair = keys::signer(tools, mint.issuer, mint.client.id_token_algorithm).await?;
    let iss = tools.identifier(mint.issuer);
    let mut claims = id_token::claims(&IdToken {
        iss: &iss,
        grant: of.grant,
        client: mint.client,
        account: of.account,
        scopes: mint.scopes,
        nonce: of.nonce,
        from: mint.now,
        until: mint.now.plus(mint.tenant.settings.id_token),
    });
    own_claims(tools, mint, of, &mut claims).await?;
    claims.insert("at_hash".to_owned(), id_token::at_hash(pair.algorithm(), access_token).into());
    let unsigned = pair.prepare(TokenKind::Id, &claims)?;
    sign(pair, unsigned).await.map(Secret::new)
}

/// What the client is registered for besides the standard claims. A claim that would say nothing is left out.
async fn own_claims(tools: &Tools, mint: Mint<'_>, of: OnBehalf<'_>, claims: &mut Map<String, Value>) -> Result<(), Fault> {
    for claim in &mint.client.id_token_claims {
        let value = match claim {
            OwnClaim::NewUser => of.new_user.then_some(Value::Bool(true)),
            OwnClaim::TouVersion => terms::accepted_version(tools, mint.tenant.id, mint.client, of.account.subject()).await?.map(Value::from),
            OwnClaim::Roles => {
                let roles = roles(tools, mint.tenant, of.account).await?;
                if roles.is_empty() { None } else { Some(serde_json::to_value(roles).map_err(|error| Fault::because("roles do not encode", error))?) }
            }
        };
        if let Some(value) = value {
            claims.insert(claim.as_str().to_owned(), value);
        }
    }
    Ok(())
}

/// What a person may do in an organisation: at home the account says it, elsewhere the membership.
async fn roles(tools: &Tools, tenant: &Tenant, account: &Account) -> Result<BTreeSet<Role>, Fault> {
    if account.home == tenant.id {
        return Ok(account.roles.clone());
    }
    let membership = tools.reads().membership(tenant.id, account.subject()).await?;
    Ok(membership.map(|membership| membership.roles.clone()).unwrap_or_default())
}

/// Signed here, on the worker that asks. An RSA signature takes 300 µs, so whoever is ready goes first; handing it to a blocking thread was measured to cost
/// another 30 µs of processor each time, a tenth of the signature, for a delay that is no shorter when every core has signatures to make.
async fn sign(pair: Arc<SigningPair>, unsigned: Unsigned) -> Result<String, Fault> {
    if pair.is_slow() {
        tokio::task::yield_now().await;
    }
    pair.sign(unsigned)
}
