//! What both kinds of assertion have in common. [RFC 7523 §3]

use serde::{Deserialize, Deserializer};

use super::{ClientProof, refused};
use crate::{
    crypto::Jws,
    protocol::{ErrorCode, OAuthError, params::Params},
    values::{ClientId, Secret, Timestamp},
};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// No assertion may end later than this from now: it is made for one request.
const LONGEST_LIFE: u64 = 600;
/// How far two clocks may differ.
const SKEW: u64 = 60;
/// The longest `jti` that is remembered.
const LONGEST_JTI: usize = 256;

/// What an assertion must say here and now.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The audiences that mean us: the issuer's identifier and the token endpoint's address.
    pub audiences: &'a [String],
    /// Now.
    pub now: Timestamp,
}

/// A good assertion. It must be remembered until it ends, because it counts once. [OpenID Connect Core §9]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Its name.
    pub jti: String,
    /// Until when somebody could use it again.
    pub until: Timestamp,
}

/// The claims. A claim of the wrong type is a refusal, never as good as absent.
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: NumericDate,
    #[serde(default, deserialize_with = "present")]
    iat: Option<NumericDate>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<NumericDate>,
    jti: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Seconds since 1970, whole or not. [RFC 7519 §2]
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Whole(u64),
    Broken(f64),
}

impl NumericDate {
    /// The second it falls in.
    fn second(self) -> Timestamp {
        match self {
            Self::Whole(second) => Timestamp(second),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from f64 saturates, and a date before 1970 is as good as 1970")]
            Self::Broken(second) => Timestamp(second as u64),
        }
    }
}

/// If the claim is there, it is a date: `null` is not.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NumericDate>, D::Error> {
    NumericDate::deserialize(from).map(Some)
}

/// The assertion in a request, if there is one.
pub(super) fn present_in(params: &Params) -> Result<Option<&str>, OAuthError> {
    let kind = params.one("client_assertion_type")?;
    let assertion = params.one("client_assertion")?;
    match (kind, assertion) {
        (None, None) => Ok(None),
        (Some(TYPE), Some(assertion)) => Ok(Some(assertion)),
        (Some(TYPE), None) => Err(OAuthError::new(ErrorCode::InvalidRequest, "client_assertion is missing")),
        (Some(_), _) => Err(OAuthError::new(ErrorCode::InvalidRequest, "this client_assertion_type is not known here")),
        (None, Some(_)) => Err(OAuthError::new(ErrorCode::InvalidRequest, "client_assertion_type is missing")),
    }
}

/// Whose it says it is, before anything is checked.
pub(super) fn read(assertion: &str) -> Result<ClientProof, OAuthError> {
    #[derive(Deserialize)]
    struct Who {
        sub: String,
    }
    let who: Who = Jws::read(assertion).and_then(|jws| jws.unverified()).map_err(refused)?;
    if who.sub.is_empty() || who.sub.len() > super::LONGEST {
        return Err(refused("sub of the assertion is empty or too long"));
    }
    Ok(ClientProof::Assertion { id: ClientId(who.sub), assertion: Secret::new(assertion.to_owned()) })
}

/// The claims of an assertion whose signature is right.
pub(super) fn judge(claims: Claims, client: &ClientId, expected: &Expected<'_>) -> Result<Assertion, OAuthError> {
    let now = expected.now;
    if claims.iss != client.0 || claims.sub != client.0 {
        return Err(refused("iss and sub of an assertion are the client"));
    }
    let is_us = |audience: &String| expected.audiences.contains(audience);
    let for_us = match &claims.aud {
        Audience::One(audience) => is_us(audience),
        Audience::Several(audiences) => audiences.iter().any(is_us),
    };
    if !for_us {
        return Err(refused("the assertion is for somebody else"));
    }
    let end = claims.exp.second().plus(SKEW);
    if now >= end {
        return Err(refused("the assertion has ended"));
    }
    if end > now.plus(LONGEST_LIFE + 2 * SKEW) {
        return Err(refused("the assertion lives too long"));
    }
    if [claims.iat, claims.nbf].into_iter().flatten().any(|from| from.second() > now.plus(SKEW)) {
        return Err(refused("the assertion is from the future"));
    }
    if claims.jti.is_empty() || claims.jti.len() > LONGEST_JTI {
        return Err(refused("jti of the assertion is empty or too long"));
    }
    Ok(Assertion { jti: claims.jti, until: end })
}
