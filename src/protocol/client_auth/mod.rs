//! Who is this client? What a request carries, and whether it is what the client is registered with. [RFC 6749 §2.3, OpenID Connect Core §9]

mod assertion;
mod basic;
pub mod client_secret_jwt;
mod none;
mod post;
pub mod private_key_jwt;

pub use assertion::{Assertion, Expected};

use super::{ErrorCode, OAuthError, params::Params};
use crate::{
    crypto::{Purpose, Sealer},
    model::Client,
    values::{ClientAuthMethod, ClientId, Secret, Timestamp},
};

/// The longest `client_id` and the longest secret that are looked at.
const LONGEST: usize = 1000;

/// What a request carries to show which client it comes from. Never more than one way. [RFC 6749 §2.3]
#[derive(Clone, Debug)]
pub enum ClientProof {
    /// A secret in the `Authorization` header.
    Basic {
        /// Who.
        id: ClientId,
        /// With what.
        secret: Secret<String>,
    },
    /// A secret in the body.
    Post {
        /// Who.
        id: ClientId,
        /// With what.
        secret: Secret<String>,
    },
    /// A signed statement.
    Assertion {
        /// Who it says it is.
        id: ClientId,
        /// The statement.
        assertion: Secret<String>,
    },
    /// A name only.
    None {
        /// Who.
        id: ClientId,
    },
}

impl ClientProof {
    /// Find it in a request. `authorization` is the header's value; one of another scheme than Basic is not about the client.
    ///
    /// # Errors
    /// `invalid_request` for two ways at once, `invalid_client` for none or a malformed one.
    pub fn read(authorization: Option<&str>, params: &Params) -> Result<Self, OAuthError> {
        let named = params.one("client_id")?.map(ClientId::from);
        let header = authorization.and_then(basic::credentials);
        let posted = params.one("client_secret")?;
        let asserted = assertion::present_in(params)?;
        if [header.is_some(), posted.is_some(), asserted.is_some()].into_iter().filter(|there| *there).count() > 1 {
            return Err(OAuthError::new(ErrorCode::InvalidRequest, "the client authenticates in more than one way"));
        }
        let proof = if let Some(credentials) = header {
            basic::read(credentials)?
        } else if let Some(secret) = posted {
            post::read(named.clone(), secret)?
        } else if let Some(assertion) = asserted {
            assertion::read(assertion)?
        } else {
            none::read(named.clone())?
        };
        if named.is_some_and(|named| named != *proof.client()) {
            return Err(OAuthError::new(ErrorCode::InvalidRequest, "client_id is not the client that authenticates"));
        }
        Ok(proof)
    }

    /// Who it says it is. Not to be believed yet.
    #[must_use]
    pub fn client(&self) -> &ClientId {
        match self {
            Self::Basic { id, .. } | Self::Post { id, .. } | Self::Assertion { id, .. } | Self::None { id } => id,
        }
    }

    /// Is this the client's registered way, with the right secret, or a good assertion? What an assertion used up is returned.
    ///
    /// # Errors
    /// `invalid_client`, the same for each cause; the log is told which.
    pub fn judge(&self, client: &Client, expected: &Expected<'_>, sealer: &Sealer) -> Result<Option<Assertion>, OAuthError> {
        if !client.is_active() {
            return Err(refused("the client is off"));
        }
        match (client.auth_method, self) {
            (ClientAuthMethod::ClientSecretBasic, Self::Basic { secret, .. }) | (ClientAuthMethod::ClientSecretPost, Self::Post { secret, .. }) => {
                check_secret(client, secret, sealer, expected.now).map(|()| None)
            }
            (ClientAuthMethod::ClientSecretJwt, Self::Assertion { assertion, .. }) => {
                client_secret_jwt::judge(assertion.expose(), client, expected, sealer).map(Some)
            }
            (ClientAuthMethod::PrivateKeyJwt, Self::Assertion { assertion, .. }) => private_key_jwt::judge(assertion.expose(), client, expected).map(Some),
            (ClientAuthMethod::None, Self::None { .. }) => Ok(None),
            _ => Err(refused("not the method that the client is registered with")),
        }
    }
}

/// The one answer to a client that did not prove who it is. [RFC 6749 §5.2]
#[must_use]
pub fn refused(cause: impl ToString) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidClient, "client authentication failed").because(cause)
}

fn check_secret(client: &Client, secret: &Secret<String>, sealer: &Sealer, now: Timestamp) -> Result<(), OAuthError> {
    let digest = sealer.digest(Purpose::ClientSecret, secret.expose());
    if client.live_secrets(now).any(|kept| kept.digest == digest) { Ok(()) } else { Err(refused("wrong secret")) }
}
