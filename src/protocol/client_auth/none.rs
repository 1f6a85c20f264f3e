//! `none`: a public client says its name. [RFC 6749 §3.2.1]

use super::{ClientProof, refused};
use crate::{protocol::OAuthError, values::ClientId};

/// The name at least must be there.
pub(super) fn read(id: Option<ClientId>) -> Result<ClientProof, OAuthError> {
    id.map(|id| ClientProof::None { id }).ok_or_else(|| refused("no client is named"))
}
