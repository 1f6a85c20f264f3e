//! Applications, as administrators register and change them. [RFC 7591 §2 for most members]

mod judged;
mod secrets;
mod shape;
mod state;

use std::collections::BTreeSet;

use self::{
    secrets::{add_secret, has_secret},
    shape::{shown_at, written_of},
};
use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, members, page, patched, tenant};
use crate::{
    journey::Tools,
    model::{Client, ClientState, ConsentMode, EventName, Localised, PkceRule, Publisher, Tenant},
    policy::admin::{Place, Right, Verdict, may_grant},
    service::keys,
    storage::{Batch, Loaded},
    values::{ClientAuthMethod, ClientId, EntropyExt as _, Issuer, IssuerForm, Scopes, TenantId},
};

pub use secrets::{ClientMade, SecretRotation, rotate_secret};
pub use shape::{ClientShown, ClientWritten, NewClient, PublisherWritten, SecretShown};
pub use state::{set_state, verify_publisher};

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
        id_token_claims: BTreeSet::new(),
        sign_up_attributes: None,
        scopes: Scopes::default(),
        consent: ConsentMode::Ask,
        publisher: Publisher::default(),
        logo: None,
        terms_url: None,
        privacy_url: None,
        home_url: None,
        initiate_login_uri: None,
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
