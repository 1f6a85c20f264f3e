//! `client_secret_post`. [RFC 6749 §2.3.1]

use super::{ClientProof, refused};
use crate::{
    protocol::OAuthError,
    values::{ClientId, Secret},
};

/// A secret needs the name beside it.
pub(super) fn read(id: Option<ClientId>, secret: &str) -> Result<ClientProof, OAuthError> {
    let id = id.ok_or_else(|| refused("client_secret without client_id"))?;
    Ok(ClientProof::Post { id, secret: Secret::new(secret.to_owned()) })
}
