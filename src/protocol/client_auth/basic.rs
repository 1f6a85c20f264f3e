//! `client_secret_basic`. [RFC 6749 §2.3.1]

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{ClientProof, LONGEST, refused};
use crate::{
    protocol::OAuthError,
    values::{ClientId, Secret},
};

/// What follows `Basic ` in the header; `None` for another scheme.
pub(super) fn credentials(authorization: &str) -> Option<&str> {
    let (scheme, rest) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("basic").then(|| rest.trim())
}

/// Id and secret, each encoded as in a form before they were joined, which is what OAuth adds to plain Basic authentication.
pub(super) fn read(credentials: &str) -> Result<ClientProof, OAuthError> {
    let malformed = || refused("malformed Basic credentials");
    if credentials.len() > 4 * LONGEST {
        return Err(malformed());
    }
    let joined = Secret::new(STANDARD.decode(credentials).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(malformed)?);
    let (id, secret) = joined.expose().split_once(':').ok_or_else(malformed)?;
    let (id, secret) = (decoded(id).ok_or_else(malformed)?, Secret::new(decoded(secret).ok_or_else(malformed)?));
    if id.is_empty() || id.len() > LONGEST || secret.expose().len() > LONGEST {
        return Err(malformed());
    }
    Ok(ClientProof::Basic { id: ClientId(id), secret })
}

/// One value out of `application/x-www-form-urlencoded`; `None` for a broken escape or what is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [char::from(rest.next()?).to_digit(16)?, char::from(rest.next()?).to_digit(16)?];
                u8::try_from(digits.iter().fold(0, |sum, digit| sum * 16 + digit)).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
