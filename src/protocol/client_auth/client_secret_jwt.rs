//! `client_secret_jwt`: an assertion under a MAC whose key is the client's secret. [OpenID Connect Core §9]

use super::{Assertion, Expected, assertion, refused};
use crate::{
    crypto::{Jws, Purpose, Sealer},
    model::Client,
    protocol::OAuthError,
};

/// HS256 under any of the client's live secrets, and nothing else.
///
/// # Errors
/// `invalid_client`.
pub fn judge(text: &str, client: &Client, expected: &Expected<'_>, sealer: &Sealer) -> Result<Assertion, OAuthError> {
    let secrets: Vec<_> = client
        .live_secrets(expected.now)
        .filter_map(|secret| secret.sealed.as_deref())
        .filter_map(|sealed| sealer.open(Purpose::ClientSecret, sealed).ok())
        .collect();
    let claims = Jws::read(text).and_then(|jws| jws.sealed_by(&secrets)).map_err(refused)?;
    assertion::judge(claims, &client.id, expected)
}
