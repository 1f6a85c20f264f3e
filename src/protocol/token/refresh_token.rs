//! Refresh tokens: their form, their rotation, and how a stolen one is noticed. [RFC 6749 §6, RFC 9700 §4.14]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{
    crypto::{Purpose, Sealer},
    model::{Client, ClientKind, Grant, RefreshState, Settings, Successor},
    protocol::{ErrorCode, OAuthError},
    values::{Digest, Entropy, EntropyExt as _, GrantId, Issuer, Scopes, Secret, Timestamp},
};

const MARK: usize = 16;

/// A refresh token as a client holds it: the family's id, 256 random bits, and a mark that only we can make. The mark tells a token that was ours once, whose
/// reuse kills its family, from one that somebody made up, which harms nobody.
#[derive(Clone, Debug)]
pub struct RefreshToken {
    /// The family.
    pub grant: GrantId,
    /// What the store knows it by.
    pub digest: Digest,
    /// What the client gets.
    pub text: Secret<String>,
}

impl RefreshToken {
    /// A new one for a family.
    #[must_use]
    pub fn make(grant: GrantId, sealer: &Sealer, entropy: &dyn Entropy) -> Self {
        let random: [u8; 32] = entropy.bytes();
        let mark = mark(grant, &random, sealer);
        let bytes = [grant.0.as_bytes().as_slice(), &random, &mark].concat();
        let text = Secret::new(URL_SAFE_NO_PAD.encode(bytes));
        Self { grant, digest: sealer.digest(Purpose::RefreshToken, text.expose()), text }
    }

    /// From a client; `None` when we never made it.
    #[must_use]
    pub fn read(text: &str, sealer: &Sealer) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (grant, rest) = bytes.split_first_chunk::<16>()?;
        let (random, given) = rest.split_first_chunk::<32>()?;
        let grant = GrantId(Uuid::from_bytes(*grant));
        let right = subtle::ConstantTimeEq::ct_eq(mark(grant, random, sealer).as_slice(), given);
        bool::from(right).then(|| Self { grant, digest: sealer.digest(Purpose::RefreshToken, text), text: Secret::new(text.to_owned()) })
    }
}

fn mark(grant: GrantId, random: &[u8; 32], sealer: &Sealer) -> [u8; MARK] {
    let Digest(whole) = sealer.digest_of(Purpose::RefreshMark, &[grant.0.as_bytes(), random]);
    let mut mark = [0; MARK];
    mark.copy_from_slice(whole.split_at(MARK).0);
    mark
}

/// What a token of ours turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The one that works: rotate.
    Current,
    /// The one before it, again, by a client whose answer got lost: give the same successor, which is sealed here.
    Repeated(String),
    /// One that was replaced: it is in two hands. Revoke the family. [RFC 9700 §4.14.2]
    Reused,
}

/// Judge a token of a family.
///
/// # Errors
/// `invalid_grant`, without effect: the family is dead already, or the token is not this client's or not this issuer's.
pub fn judge(grant: &Grant, token: &RefreshToken, issuer: Issuer, client: &Client, now: Timestamp) -> Result<Verdict, OAuthError> {
    let refused = |cause: &str| OAuthError::new(ErrorCode::InvalidGrant, "this refresh token is not valid here").because(cause);
    if grant.issuer != issuer {
        return Err(refused("the refresh token belongs to another issuer"));
    }
    if grant.client != client.id {
        return Err(refused("the refresh token belongs to another client"));
    }
    if !grant.is_live_at(now) {
        return Err(refused("the family is revoked or has ended"));
    }
    let refresh = grant.refresh.as_ref().ok_or_else(|| refused("the family has no refresh tokens"))?;
    if refresh.current == token.digest {
        return if now < refresh.idle_until { Ok(Verdict::Current) } else { Err(refused("the refresh token was not used for too long")) };
    }
    match &refresh.successor {
        Some(successor) if successor.used == token.digest && now < successor.until => Ok(Verdict::Repeated(successor.sealed.clone())),
        _ => Ok(Verdict::Reused),
    }
}

/// How long a family lives that has refresh tokens: less where the application runs in a browser. [RFC 9700 §2.2.2]
#[must_use]
pub fn family_life(settings: &Settings, client: &Client) -> u64 {
    if client.kind == ClientKind::Browser { settings.refresh_browser_max } else { settings.refresh_max }
}

/// The family after one rotation: the next token is current, and for the retry window the one that was used gives it again, from its sealed copy.
#[must_use]
pub fn rotate(mut grant: Grant, used: &RefreshToken, (next, sealed): (&RefreshToken, String), settings: &Settings, now: Timestamp) -> Grant {
    let successor = (settings.refresh_retry > 0).then(|| Successor { used: used.digest, sealed, until: now.plus(settings.refresh_retry) });
    grant.refresh = Some(RefreshState { current: next.digest, idle_until: now.plus(settings.refresh_idle).min(grant.until), successor });
    grant
}

/// What the new tokens are for: what was granted and the client may still ask for, or the part of it that the client wants now.
///
/// # Errors
/// `invalid_scope` when it wants more than was granted. [RFC 6749 §6]
pub fn scopes(grant: &Grant, client: &Client, wanted: Option<&Scopes>) -> Result<Scopes, OAuthError> {
    let wanted = wanted.filter(|wanted| !wanted.is_empty()).unwrap_or(&grant.scopes);
    if !wanted.is_within(&grant.scopes) {
        return Err(OAuthError::new(ErrorCode::InvalidScope, "scope is wider than what was granted"));
    }
    Ok(wanted.iter().filter(|scope| client.scopes.has(scope.as_str())).cloned().collect())
}
