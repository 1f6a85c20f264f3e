//! Applications, as administrators register and change them. [RFC 7591 §2 for most members]

mod judged;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, members, page, patched, tenant};
use crate::{
    crypto::Purpose,
    journey::Tools,
    model::{Client, ClientKind, ClientSecret, ClientState, ConsentMode, EventName, Localised, PkceRule, Publisher, Tenant},
    policy::admin::{Place, Right, Verdict, may_grant},
    service::keys,
    storage::{Batch, Loaded},
    values::{Algorithm, ClientAuthMethod, ClientId, EntropyExt as _, GrantType, Issuer, IssuerForm, Scopes, Secret, TenantId, Timestamp},
};

/// Who publishes it, as it is written. Whether that is verified is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublisherWritten {
    /// Name.
    pub name: String,
    /// Domain.
    pub domain: String,
}

/// What may be written about a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientWritten {
    /// Its name on pages.
    pub names: Localised,
    /// Where it runs.
    pub kind: ClientKind,
    /// Where browsers may be sent back to.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where browsers may be sent after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// What it may do at the token endpoint; by its kind where absent.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub grant_types: BTreeSet<GrantType>,
    /// How it proves itself.
    #[schema(value_type = String)]
    pub auth_method: ClientAuthMethod,
    /// Its public keys, a JWK Set, for `private_key_jwt`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<serde_json::Value>,
    /// Must it use PKCE?
    #[serde(default)]
    pub pkce: PkceRule,
    /// What its ID tokens are signed with.
    #[serde(default = "usual")]
    #[schema(value_type = String)]
    pub id_token_algorithm: Algorithm,
    /// What it may ask for, apart by spaces in nothing but a list.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub scopes: Scopes,
    /// Are people asked?
    #[serde(default)]
    pub consent: ConsentMode,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: PublisherWritten,
    /// Its logo: a PNG in base64, at most 24 kB.
    #[serde(default)]
    pub logo: Option<String>,
    /// Its terms of use.
    #[serde(default)]
    pub terms_url: Option<String>,
    /// Its privacy statement.
    #[serde(default)]
    pub privacy_url: Option<String>,
    /// Where it lives.
    #[serde(default)]
    pub home_url: Option<String>,
    /// Where logout tokens are sent.
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
}

fn usual() -> Algorithm {
    Algorithm::Rs256
}

/// A new client.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// `client_id`, where it is decided already; made up where absent.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The rest.
    pub client: ClientWritten,
}

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

/// A secret as it is shown later: never itself.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SecretShown {
    /// Its first characters.
    pub hint: String,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Until when.
    #[schema(value_type = Option<u64>)]
    pub expires_at: Option<Timestamp>,
}

/// A client as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ClientShown {
    /// `client_id`.
    #[schema(value_type = String)]
    pub client_id: ClientId,
    /// Where it is registered.
    #[schema(value_type = uuid::Uuid)]
    pub tenant: TenantId,
    /// Is it on?
    pub state: ClientState,
    /// Does an operator vouch for its publisher?
    pub publisher_verified: bool,
    /// Its secrets.
    pub secrets: Vec<SecretShown>,
    /// What may be written.
    #[serde(flatten)]
    pub written: ClientWritten,
    /// Since when, in seconds since 1970.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
    /// Last change.
    #[schema(value_type = u64)]
    pub updated_at: Timestamp,
}

fn written_of(client: &Client) -> ClientWritten {
    ClientWritten {
        names: client.names.clone(),
        kind: client.kind,
        redirect_uris: client.redirect_uris.iter().map(ToString::to_string).collect(),
        post_logout_redirect_uris: client.post_logout_redirect_uris.iter().map(ToString::to_string).collect(),
        grant_types: client.grant_types.clone(),
        auth_method: client.auth_method,
        jwks: client.jwks.clone(),
        pkce: client.pkce,
        id_token_algorithm: client.id_token_algorithm,
        scopes: client.scopes.clone(),
        consent: client.consent,
        publisher: PublisherWritten { name: client.publisher.name.clone(), domain: client.publisher.domain.clone() },
        logo: client.logo.clone(),
        terms_url: client.terms_url.clone(),
        privacy_url: client.privacy_url.clone(),
        home_url: client.home_url.clone(),
        backchannel_logout_uri: client.backchannel_logout_uri.clone(),
    }
}

fn shown_at(rev: u64, client: &Client) -> Shown<ClientShown> {
    let secrets = client.secrets.iter().map(|secret| SecretShown { hint: secret.hint.clone(), created_at: secret.created_at, expires_at: secret.expires_at });
    let it = ClientShown {
        client_id: client.id.clone(),
        tenant: client.tenant,
        state: client.state,
        publisher_verified: client.publisher.verified_at.is_some(),
        secrets: secrets.collect(),
        written: written_of(client),
        created_at: client.created_at,
        updated_at: client.updated_at,
    };
    Shown { rev, it }
}

/// The clients of an organisation.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<ClientShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().clients(tenant.id, paging).await?, limit, |row| shown_at(row.version(), &row)))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, id: &str) -> Result<Shown<ClientShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientRead).await?;
    let found = find(tools, tenant.id, id).await?;
    Ok(shown_at(found.version(), &found))
}

async fn find(tools: &Tools, tenant: TenantId, id: &str) -> Result<Loaded<Client>, Refused> {
    tools.reads().client(tenant, &id.into()).await?.ok_or(Refused::NotFound)
}

/// One that this caller may change: whoever changes a client could use what it may do.
async fn find_to_change(tools: &Tools, by: &By, name: &str, id: &str) -> Result<(Loaded<Tenant>, Loaded<Client>), Refused> {
    let tenant = tenant(tools, by, name, Right::ClientWrite).await?;
    let found = find(tools, tenant.id, id).await?;
    must_grant(by, tenant.id, &found.scopes)?;
    Ok((tenant, found))
}

fn must_grant(by: &By, tenant: TenantId, scopes: &Scopes) -> Result<(), Refused> {
    match may_grant(&by.caller, scopes, Place::Tenant(tenant)) {
        Verdict::Allowed => Ok(()),
        Verdict::LacksScope(scope) => Err(Refused::LacksScope(scope)),
        Verdict::LacksRole | Verdict::Unseen => Err(Refused::LacksRole),
    }
}

/// Register one. Its secret is made here and shown this once.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewClient) -> Result<ClientMade, Refused> {
    let tenant = tenant(tools, by, name, Right::ClientWrite).await?;
    let now = tools.now();
    let id = match new.client_id {
        Some(id) => chosen(id)?,
        None => ClientId(tools.entropy.uuid(now).to_string()),
    };
    if tools.reads().client(tenant.id, &id).await?.is_some() {
        return Err(Refused::Taken("client_id"));
    }
    let mut client = Client {
        tenant: tenant.id,
        id,
        names: Localised::default(),
        kind: new.client.kind,
        redirect_uris: Vec::new(),
        post_logout_redirect_uris: Vec::new(),
        grant_types: BTreeSet::new(),
        auth_method: new.client.auth_method,
        secrets: Vec::new(),
        jwks: None,
        pkce: PkceRule::Required,
        id_token_algorithm: new.client.id_token_algorithm,
        scopes: Scopes::default(),
        consent: ConsentMode::Ask,
        publisher: Publisher::default(),
        logo: None,
        terms_url: None,
        privacy_url: None,
        home_url: None,
        backchannel_logout_uri: None,
        state: ClientState::Active,
        created_at: now,
        updated_at: now,
    };
    write(tools, by, &tenant, &mut client, new.client).await?;
    let secret = if has_secret(client.auth_method) { Some(add_secret(tools, &mut client, 0)?) } else { None };
    let mut batch = Batch::new(now);
    batch.unchanged(&tenant).insert(&client)?.audit(&by.event(EventName::AppCreated, tenant.id, now).on("client", &client.id))?;
    commit(tools, batch).await?;
    Ok(ClientMade { client_id: client.id.clone(), client_secret: secret.map(|secret| secret.expose().clone()), client: shown_at(1, &client) })
}

fn chosen(id: String) -> Result<ClientId, Refused> {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b'~');
    if id.is_empty() || id.len() > 100 || !id.bytes().all(allowed) {
        return Err(invalid("client_id", "has letters, digits, hyphens, dots and underscores, at most 100"));
    }
    Ok(ClientId(id))
}

/// Change it.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<ClientShown>, Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    as_seen(&found, rev)?;
    let after: ClientWritten = patched(&written_of(&found), patch)?;
    let had_secret = has_secret(found.auth_method);
    if after.auth_method == ClientAuthMethod::ClientSecretJwt && found.auth_method != ClientAuthMethod::ClientSecretJwt {
        return Err(invalid("auth_method", "becomes client_secret_jwt only in a new client: the secrets of this one were never kept"));
    }
    if has_secret(after.auth_method) && !had_secret {
        return Err(invalid("auth_method", "with a secret is for a new client: this one has none"));
    }
    let now = tools.now();
    let rev = found.version() + 1;
    let mut client = (*found).clone();
    write(tools, by, &tenant, &mut client, after).await?;
    if !has_secret(client.auth_method) {
        client.secrets.clear();
    }
    client.updated_at = now;
    let shown = shown_at(rev, &client);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::AppUpdated, tenant.id, now, members(patch)).on("client", &client.id))?;
    batch.update(found.map(|_| client))?;
    commit(tools, batch).await?;
    Ok(shown)
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

/// Switch it on or off, or put it away: its tokens are nothing while it is not on.
///
/// # Errors
/// See [`Refused`].
pub async fn set_state(tools: &Tools, by: &By, place: (&str, &str), state: ClientState) -> Result<Shown<ClientShown>, Refused> {
    let event = if state == ClientState::Active { EventName::AppUpdated } else { EventName::AppDisabled };
    let word = match state {
        ClientState::Active => "enabled",
        ClientState::Disabled => "disabled",
        ClientState::Archived => "archived",
    };
    let (_, found) = find_to_change(tools, by, place.0, place.1).await?;
    change(tools, by, found, (event, word), |client| client.state = state).await
}

/// Vouch for its publisher, or stop doing so: operators only.
///
/// # Errors
/// See [`Refused`].
pub async fn verify_publisher(tools: &Tools, by: &By, place: (&str, &str), verified: bool) -> Result<Shown<ClientShown>, Refused> {
    let (_, found) = find_to_change(tools, by, place.0, place.1).await?;
    by.must_be_operator()?;
    if verified && (found.publisher.name.is_empty() || found.publisher.domain.is_empty()) {
        return Err(invalid("publisher", "has a name and a domain before it is verified"));
    }
    let since = verified.then(|| tools.now());
    let word = if verified { "publisher verified" } else { "publisher not verified" };
    change(tools, by, found, (EventName::AppUpdated, word), |client| client.publisher.verified_at = since).await
}

async fn change(
    tools: &Tools,
    by: &By,
    found: Loaded<Client>,
    (event, word): (EventName, &str),
    change: impl FnOnce(&mut Client),
) -> Result<Shown<ClientShown>, Refused> {
    let now = tools.now();
    let rev = found.version() + 1;
    let changed = found.map(|mut client| {
        change(&mut client);
        client.updated_at = now;
        client
    });
    let shown = shown_at(rev, &changed);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(event, changed.tenant, now, word).on("client", &changed.id))?;
    batch.update(changed)?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Check what is written, and write it.
async fn write(tools: &Tools, by: &By, tenant: &Tenant, client: &mut Client, after: ClientWritten) -> Result<(), Refused> {
    must_grant(by, tenant.id, &after.scopes)?;
    judged::scopes_exist(tools, tenant.id, &after.scopes).await?;
    judged::apply(client, after)?;
    keys::ensure(tools, Issuer { tenant: tenant.id, form: IssuerForm::Tenant }, client.id_token_algorithm).await?;
    if tenant.is_default {
        keys::ensure(tools, Issuer { tenant: tenant.id, form: IssuerForm::Root }, client.id_token_algorithm).await?;
    }
    Ok(())
}

fn has_secret(method: ClientAuthMethod) -> bool {
    matches!(method, ClientAuthMethod::ClientSecretBasic | ClientAuthMethod::ClientSecretPost | ClientAuthMethod::ClientSecretJwt)
}

/// Make a secret; the old ones end now or after a while.
fn add_secret(tools: &Tools, client: &mut Client, keep_seconds: u64) -> Result<Secret<String>, Refused> {
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
