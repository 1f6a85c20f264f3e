//! Signing keys: made, loaded, published ahead of use, and put away. [OpenID Connect Core §10.1.1]

use std::sync::Arc;

use serde::Deserialize;

use crate::{
    crypto::{IssuerKeys, KeptKey, Purpose, SigningPair, TokenKind},
    journey::Tools,
    model::{Actor, AuditEvent, EventName, SigningKey},
    protocol::end_session::HintClaims,
    storage::{Batch, CommitError, Paging},
    values::{AccountId, Algorithm, ClientId, Fault, Issuer, KeyId, SessionId, Timestamp},
};

/// What every issuer can sign with from its first day: what OpenID Connect demands of everybody, and the better choice.
pub const FROM_THE_START: [Algorithm; 2] = [Algorithm::Rs256, Algorithm::Es256];

/// A new key is published this long before it signs, so that no client meets a token whose key it could not have fetched.
pub const AHEAD: u64 = 86_400;

/// A retired key stays published at least this long, whatever the lifetimes are, because settings may grow meanwhile.
const KEPT_AT_LEAST: u64 = 86_400;

/// When a new key begins to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// [`AHEAD`] from now on.
    Ahead,
    /// At once.
    Now,
}

/// The keys of an issuer, from memory or from the store. An issuer without keys has an empty set, which is not kept.
///
/// # Errors
/// The store failed, or a key does not open.
pub async fn of(tools: &Tools, issuer: Issuer) -> Result<Arc<IssuerKeys>, Fault> {
    match tools.keyring.of(issuer) {
        Some(keys) => Ok(keys),
        None => refresh(tools, issuer).await,
    }
}

/// Load the keys of an issuer anew: after keys were written.
///
/// # Errors
/// The store failed, or a key does not open.
pub async fn refresh(tools: &Tools, issuer: Issuer) -> Result<Arc<IssuerKeys>, Fault> {
    let records = tools.reads().signing_keys(issuer).await?;
    let mut kept = Vec::with_capacity(records.len());
    for record in records {
        let record = record.into_value();
        let opened = tools.sealer.open(Purpose::SigningKey, &record.sealed);
        let pkcs8 = opened.map_err(|error| Fault::because(format!("signing key {} of {} does not open", record.kid, issuer.key()), error))?;
        let pair = SigningPair::parse(record.algorithm, pkcs8.expose())?;
        kept.push(KeptKey::new(record, pair));
    }
    let keys = IssuerKeys::new(kept);
    Ok(if keys.is_empty() { Arc::new(keys) } else { tools.keyring.keep(issuer, keys) })
}

/// Make the first keys of an issuer in the batch that makes its tenant. Call [`refresh`] when it is committed.
///
/// # Errors
/// A key could not be made.
pub async fn create(tools: &Tools, issuer: Issuer, batch: &mut Batch) -> Result<(), Fault> {
    let now = tools.now();
    for algorithm in FROM_THE_START {
        batch.insert(&make(tools, issuer, algorithm, now, now).await?)?;
    }
    Ok(())
}

/// The key that signs with this algorithm now; made if there is none, which is how the rarer algorithms begin.
///
/// # Errors
/// The store failed, or a key could not be made.
pub async fn signer(tools: &Tools, issuer: Issuer, algorithm: Algorithm) -> Result<Arc<SigningPair>, Fault> {
    let now = tools.now();
    if let Some(pair) = of(tools, issuer).await?.signer(algorithm, now) {
        return Ok(pair);
    }
    ensure(tools, issuer, algorithm).await?;
    of(tools, issuer).await?.signer(algorithm, now).ok_or_else(|| Fault::new(format!("no {algorithm} key of {} signs", issuer.key())))
}

/// Make a key for this algorithm if the issuer has none that signs: call it when a client or an API that wants it is registered.
///
/// # Errors
/// The store failed, or a key could not be made.
pub async fn ensure(tools: &Tools, issuer: Issuer, algorithm: Algorithm) -> Result<(), Fault> {
    let now = tools.now();
    if of(tools, issuer).await?.signer(algorithm, now).is_some() || refresh(tools, issuer).await?.signer(algorithm, now).is_some() {
        return Ok(());
    }
    let key = make(tools, issuer, algorithm, now, now).await?;
    let mut batch = Batch::new(now);
    batch.insert(&key)?.audit(&made(&key, Actor::SYSTEM, now))?;
    tools.store.commit(batch).await?;
    refresh(tools, issuer).await?;
    Ok(())
}

/// Let a new key take over. The old one stays published until the last token it signed has ended. A rotation that is already under way is left to it.
///
/// # Errors
/// The store failed, or a key could not be made.
pub async fn rotate(tools: &Tools, issuer: Issuer, algorithm: Algorithm, start: Start, actor: Actor) -> Result<KeyId, Fault> {
    let longest = longest_token(tools, issuer).await?;
    loop {
        let now = tools.now();
        let current: Vec<_> =
            tools.reads().signing_keys(issuer).await?.into_iter().filter(|key| key.algorithm == algorithm && key.retired_at.is_none()).collect();
        if let (Start::Ahead, Some(waiting)) = (start, current.iter().find(|key| key.active_from > now)) {
            return Ok(waiting.kid.clone());
        }
        let active_from = if start == Start::Now { now } else { now.plus(AHEAD) };
        let key = make(tools, issuer, algorithm, now, active_from).await?;
        let mut batch = Batch::new(now);
        // A rotation that was under way already retired the key before it, to a later moment: a key that must go at once is among `was`.
        for old in current {
            batch.update(old.map(|key| retire(key, active_from, longest)))?;
        }
        if start == Start::Now {
            let later = |key: &SigningKey| key.algorithm == algorithm && key.retired_at.is_some_and(|retired| retired > now);
            for old in tools.reads().signing_keys(issuer).await?.into_iter().filter(|key| later(key)) {
                batch.update(old.map(|key| retire(key, now, longest)))?;
            }
        }
        batch.insert(&key)?.audit(&made(&key, actor.clone(), now))?;
        match tools.store.commit(batch).await {
            Ok(()) => {}
            Err(CommitError::Conflict(_)) => continue,
            Err(error) => return Err(error.into()),
        }
        refresh(tools, issuer).await?;
        return Ok(key.kid);
    }
}

/// The JWK Set, as JSON.
///
/// # Errors
/// The store failed.
pub async fn jwks(tools: &Tools, issuer: Issuer) -> Result<String, Fault> {
    Ok(of(tools, issuer).await?.jwks(tools.now()))
}

/// Is this an ID token that this issuer made? It may have ended: a hint is no proof, it only says who is probably meant. [OpenID Connect Core §3.1.2.1]
///
/// # Errors
/// The store failed.
pub async fn verify_id_token_hint(tools: &Tools, issuer: Issuer, token: &str) -> Result<Option<HintClaims>, Fault> {
    #[derive(Deserialize)]
    struct Claims {
        iss: String,
        sub: AccountId,
        aud: ClientId,
        #[serde(default)]
        sid: Option<SessionId>,
    }
    let claims = of(tools, issuer).await?.read::<Claims>(TokenKind::Id, token, tools.now()).ok();
    let ours = claims.filter(|claims| claims.iss == tools.identifier(issuer));
    Ok(ours.map(|claims| HintClaims { client: claims.aud, subject: claims.sub, sid: claims.sid }))
}

async fn make(tools: &Tools, issuer: Issuer, algorithm: Algorithm, published_at: Timestamp, active_from: Timestamp) -> Result<SigningKey, Fault> {
    let made = tokio::task::spawn_blocking(move || SigningPair::generate(algorithm)).await;
    let (pkcs8, pair) = made.map_err(|error| Fault::because("making a signing key stopped", error))??;
    let sealed = tools.sealer.seal(Purpose::SigningKey, pkcs8.expose(), tools.entropy.as_ref())?;
    let (kid, public) = (pair.kid().clone(), pair.jwk().clone());
    Ok(SigningKey { issuer, kid, algorithm, public, sealed, published_at, active_from, retired_at: None, gone_at: None })
}

fn retire(mut key: SigningKey, at: Timestamp, longest: u64) -> SigningKey {
    key.retired_at = Some(at);
    key.gone_at = Some(at.plus(longest.max(KEPT_AT_LEAST)));
    key
}

fn made(key: &SigningKey, actor: Actor, now: Timestamp) -> AuditEvent {
    AuditEvent::new(EventName::KeyRotated, key.issuer.tenant, actor, now).on("key", &key.kid).by(key.algorithm.as_str())
}

/// How long the longest token of a tenant lives.
async fn longest_token(tools: &Tools, issuer: Issuer) -> Result<u64, Fault> {
    let tenant = tools.reads().tenant(issuer.tenant).await?.ok_or_else(|| Fault::new("keys of a tenant that is not there"))?;
    let mut longest = tenant.settings.access_token.max(tenant.settings.id_token);
    let mut page = Paging::first(200);
    loop {
        let apis = tools.reads().apis(issuer.tenant, page).await?;
        longest = apis.iter().filter_map(|api| api.lifetime).fold(longest, u64::max);
        match apis.last() {
            Some(last) if apis.len() == 200 => page = Paging::after(crate::model::Api::key_of(last.tenant, &last.identifier), 200),
            _ => return Ok(longest),
        }
    }
}
