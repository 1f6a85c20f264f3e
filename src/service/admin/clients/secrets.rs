//! The secrets of clients.

use serde::{Deserialize, Serialize};

use super::{ClientShown, find_to_change, shape::shown_at};
use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Client, ClientSecret, EventName},
    service::admin::{By, Refused, Shown, commit, invalid},
    storage::Batch,
    values::{ClientAuthMethod, ClientId, EntropyExt as _, Secret},
};

/// A secret, shown this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClientMade {
    /// `client_id`.
    #[schema(value_type = String)]
    pub client_id: ClientId,
    /// `client_secret`; absent where the client has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// As it is registered.
    pub client: Shown<ClientShown>,
}

/// How to rotate a secret.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SecretRotation {
    /// For how many seconds the old secrets still work, so that the client can change over; 0 unless said.
    pub keep_seconds: u64,
}

/// Give it a new secret, shown this once.
///
/// # Errors
/// See [`Refused`].
pub async fn rotate_secret(tools: &Tools, by: &By, place: (&str, &str), asked: &SecretRotation) -> Result<ClientMade, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    if !has_secret(found.auth_method) {
        return Err(Refused::Impossible("this client has no secret"));
    }
    if asked.keep_seconds > 30 * 86_400 {
        return Err(invalid("keep_seconds", "is at most 2592000"));
    }
    let now = tools.now();
    let rev = found.version() + 1;
    let mut client = (*found).clone();
    let secret = add_secret(tools, &mut client, asked.keep_seconds)?;
    client.updated_at = now;
    let made = ClientMade { client_id: client.id.clone(), client_secret: Some(secret.expose().clone()), client: shown_at(rev, &client) };
    let mut batch = Batch::new(now);
    batch.update(found.map(|_| client))?;
    batch.audit(&by.event(EventName::AppSecretRotated, tenant.id, now).on("client", &made.client_id))?;
    commit(tools, batch).await?;
    Ok(made)
}

/// Does a client of this method have one?
pub(super) fn has_secret(method: ClientAuthMethod) -> bool {
    matches!(method, ClientAuthMethod::ClientSecretBasic | ClientAuthMethod::ClientSecretPost | ClientAuthMethod::ClientSecretJwt)
}

/// Make a secret; the old ones end now or after a while.
pub(super) fn add_secret(tools: &Tools, client: &mut Client, keep_seconds: u64) -> Result<Secret<String>, Refused> {
    let now = tools.now();
    let secret = tools.entropy.token();
    let end = now.plus(keep_seconds);
    client.secrets.retain(|old| old.expires_at.is_none_or(|ends| now < ends));
    for old in &mut client.secrets {
        old.expires_at = Some(old.expires_at.map_or(end, |ends| ends.min(end)));
    }
    if keep_seconds == 0 {
        client.secrets.clear();
    }
    client.secrets.truncate(4);
    let sealed = if client.auth_method == ClientAuthMethod::ClientSecretJwt {
        Some(tools.sealer.seal(Purpose::ClientSecret, secret.expose().as_bytes(), &*tools.entropy)?)
    } else {
        None
    };
    client.secrets.push(ClientSecret {
        digest: tools.sealer.digest(Purpose::ClientSecret, secret.expose()),
        sealed,
        hint: secret.expose().chars().take(4).collect(),
        created_at: now,
        expires_at: None,
    });
    Ok(secret)
}
