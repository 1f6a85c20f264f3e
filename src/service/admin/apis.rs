//! What applications call.

use serde::{Deserialize, Serialize};

use super::{By, Page, PageAsked, Refused, Shown, as_seen, commit, invalid, page, patched, tenant, written};
use crate::{
    journey::Tools,
    model::{Api, ApiScope, Client, EventName, Localised, TokenFormat},
    policy::admin::Right,
    storage::{Batch, Loaded, Paging},
    values::{Algorithm, ApiIdentifier, Scope, TenantId, Timestamp},
};

/// One permission of an API, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeWritten {
    /// As it stands in the `scope` parameter; unique in the organisation.
    pub name: String,
    /// What a person reads.
    pub title: Localised,
    /// What it means in detail.
    #[serde(default)]
    pub text: Localised,
}

/// What may be written about an API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiWritten {
    /// Its name on pages.
    pub names: Localised,
    /// Its permissions.
    #[serde(default)]
    pub scopes: Vec<ScopeWritten>,
    /// What its tokens look like.
    #[serde(default)]
    pub token_format: TokenFormat,
    /// What its JWTs are signed with.
    #[serde(default = "usual")]
    #[schema(value_type = String)]
    pub algorithm: Algorithm,
    /// Life of its tokens in seconds; the organisation's setting where absent.
    #[serde(default)]
    pub lifetime: Option<u64>,
}

fn usual() -> Algorithm {
    Algorithm::Rs256
}

/// A new API.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApi {
    /// What `aud` says: an absolute URI.
    pub identifier: String,
    /// The rest.
    pub api: ApiWritten,
}

/// An API as it is shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ApiShown {
    /// What `aud` says.
    #[schema(value_type = String)]
    pub identifier: ApiIdentifier,
    /// Is it the API of administration, which nobody changes?
    pub built_in: bool,
    /// What may be written.
    #[serde(flatten)]
    pub written: ApiWritten,
    /// Since when.
    #[schema(value_type = u64)]
    pub created_at: Timestamp,
}

/// The identifier of the administration API.
#[must_use]
pub fn built_in_identifier(public_url: &str) -> ApiIdentifier {
    ApiIdentifier(format!("{public_url}/api"))
}

/// The administration API of an organisation, so that its clients can be allowed its scopes.
#[must_use]
pub fn built_in(tenant: TenantId, public_url: &str, now: Timestamp) -> Api {
    let scope = |right: &Right| {
        let (fr, en) = title(*right);
        let title = Localised { fr: fr.to_owned(), en: en.to_owned() };
        right.scope().parse::<Scope>().ok().map(|name| ApiScope { name, title, text: Localised::default() })
    };
    Api {
        tenant,
        identifier: built_in_identifier(public_url),
        names: Localised { fr: "Administration".to_owned(), en: "Administration".to_owned() },
        scopes: Right::ALL.iter().filter_map(scope).collect(),
        token_format: TokenFormat::Jwt,
        algorithm: Algorithm::Es256,
        lifetime: None,
        created_at: now,
    }
}

fn title(right: Right) -> (&'static str, &'static str) {
    match right {
        Right::TenantRead => ("Voir l’organisation", "See the organisation"),
        Right::TenantWrite => ("Modifier l’organisation et donner des rôles", "Change the organisation and give roles"),
        Right::AccountRead => ("Voir les comptes", "See accounts"),
        Right::AccountWrite => ("Modifier les comptes", "Change accounts"),
        Right::ClientRead => ("Voir les applications", "See applications"),
        Right::ClientWrite => ("Modifier les applications", "Change applications"),
        Right::ApiRead => ("Voir les API", "See APIs"),
        Right::ApiWrite => ("Modifier les API", "Change APIs"),
        Right::KeyRead => ("Voir les clés de signature", "See signing keys"),
        Right::KeyWrite => ("Renouveler les clés de signature", "Rotate signing keys"),
        Right::SettingRead => ("Voir les réglages", "See settings"),
        Right::SettingWrite => ("Modifier les réglages", "Change settings"),
        Right::InvitationRead => ("Voir les invitations", "See invitations"),
        Right::InvitationWrite => ("Inviter des personnes", "Invite people"),
        Right::SupportRead => ("Trouver un compte pour aider", "Find an account to help"),
        Right::MailRead => ("Voir les e-mails en attente", "See mails that wait"),
        Right::MailWrite => ("Renvoyer des e-mails", "Send mails once more"),
        Right::TermsRead => ("Voir les conditions d’utilisation", "See terms of use"),
        Right::TermsWrite => ("Publier les conditions d’utilisation", "Publish terms of use"),
        Right::AuditRead => ("Lire le journal d’audit", "Read the audit trail"),
    }
}

fn shown_at(tools: &Tools, rev: u64, api: &Api) -> Shown<ApiShown> {
    let built_in = api.identifier == built_in_identifier(&tools.public_url);
    let it = ApiShown { identifier: api.identifier.clone(), built_in, written: written_of(api), created_at: api.created_at };
    Shown { rev, it }
}

fn written_of(api: &Api) -> ApiWritten {
    let scopes = api.scopes.iter().map(|scope| ScopeWritten { name: scope.name.to_string(), title: scope.title.clone(), text: scope.text.clone() });
    ApiWritten { names: api.names.clone(), scopes: scopes.collect(), token_format: api.token_format, algorithm: api.algorithm, lifetime: api.lifetime }
}

/// The APIs of an organisation.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &PageAsked) -> Result<Page<Shown<ApiShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::ApiRead).await?;
    let paging = asked.paging()?;
    let limit = paging.limit;
    Ok(page(tools.reads().apis(tenant.id, paging).await?, limit, |row| shown_at(tools, row.version(), &row)))
}

/// One.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str, identifier: &str) -> Result<Shown<ApiShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::ApiRead).await?;
    let found = find(tools, tenant.id, identifier).await?;
    Ok(shown_at(tools, found.version(), &found))
}

async fn find(tools: &Tools, tenant: TenantId, identifier: &str) -> Result<Loaded<Api>, Refused> {
    tools.reads().api(tenant, &identifier.into()).await?.ok_or(Refused::NotFound)
}

/// A new API.
///
/// # Errors
/// See [`Refused`].
pub async fn create(tools: &Tools, by: &By, name: &str, new: NewApi) -> Result<Shown<ApiShown>, Refused> {
    let tenant = tenant(tools, by, name, Right::ApiWrite).await?;
    let is_uri = url::Url::parse(&new.identifier).is_ok_and(|url| url.fragment().is_none()) && new.identifier.len() <= 255;
    if !is_uri || new.identifier.chars().any(|c| c.is_control() || c == ' ') {
        return Err(invalid("identifier", "is an absolute URI without fragment, of at most 255 characters"));
    }
    let identifier = ApiIdentifier(new.identifier);
    if tools.reads().api(tenant.id, &identifier).await?.is_some() || identifier == built_in_identifier(&tools.public_url) {
        return Err(Refused::Taken("identifier"));
    }
    let now = tools.now();
    let api = made(tenant.id, identifier, new.api, now)?;
    let mut batch = Batch::new(now);
    batch.unchanged(&tenant).insert(&api)?;
    batch.audit(&by.event_saying(EventName::ApiUpdated, tenant.id, now, "created").on("api", &api.identifier))?;
    commit(tools, batch).await?;
    Ok(shown_at(tools, 1, &api))
}

/// Change it.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, place: (&str, &str), rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<ApiShown>, Refused> {
    let tenant = tenant(tools, by, place.0, Right::ApiWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    as_seen(&found, rev)?;
    must_be_changeable(tools, &found)?;
    let api = made(tenant.id, found.identifier.clone(), patched(&written_of(&found), patch)?, found.created_at)?;
    let now = tools.now();
    let shown = shown_at(tools, found.version() + 1, &api);
    let mut batch = Batch::new(now);
    batch.audit(&by.event_saying(EventName::ApiUpdated, tenant.id, now, super::members(patch)).on("api", &api.identifier))?;
    batch.update(found.map(|_| api))?;
    commit(tools, batch).await?;
    Ok(shown)
}

/// Take it away, when no client may ask for its scopes any more. Nothing is issued for it from now on; tokens that were issued for it count until they end.
///
/// # Errors
/// See [`Refused`].
pub async fn delete(tools: &Tools, by: &By, place: (&str, &str)) -> Result<(), Refused> {
    let tenant = tenant(tools, by, place.0, Right::ApiWrite).await?;
    let found = find(tools, tenant.id, place.1).await?;
    must_be_changeable(tools, &found)?;
    if is_used(tools, &found).await? {
        return Err(Refused::Impossible("clients may ask for scopes of this API: take these off them first"));
    }
    let now = tools.now();
    let mut batch = Batch::new(now);
    batch.delete(&found).audit(&by.event_saying(EventName::ApiUpdated, tenant.id, now, "deleted").on("api", &found.identifier))?;
    commit(tools, batch).await
}

fn must_be_changeable(tools: &Tools, api: &Api) -> Result<(), Refused> {
    let is_built_in = api.identifier == built_in_identifier(&tools.public_url);
    if is_built_in { Err(Refused::Impossible("the API of administration is built in")) } else { Ok(()) }
}

/// May a client ask for one of its scopes? One that is put away counts, because it can be taken out again.
async fn is_used(tools: &Tools, api: &Api) -> Result<bool, Refused> {
    const PAGE: usize = 200;
    let mut paging = Paging::first(PAGE);
    loop {
        let clients = tools.reads().clients(api.tenant, paging).await?;
        if clients.iter().any(|client| api.scopes.iter().any(|scope| client.scopes.has(scope.name.as_str()))) {
            return Ok(true);
        }
        match clients.last() {
            Some(last) if clients.len() == PAGE => paging = Paging::after(Client::key_of(last.tenant, &last.id), PAGE),
            _ => return Ok(false),
        }
    }
}

fn made(tenant: TenantId, identifier: ApiIdentifier, written: ApiWritten, created_at: Timestamp) -> Result<Api, Refused> {
    written::localised("names", &written.names, 100)?;
    if written.scopes.len() > 100 {
        return Err(invalid("scopes", "are at most 100"));
    }
    if written.lifetime.is_some_and(|seconds| !(30..=86_400).contains(&seconds)) {
        return Err(invalid("lifetime", "must be between 30 and 86400"));
    }
    let mut scopes: Vec<ApiScope> = Vec::with_capacity(written.scopes.len());
    for scope in written.scopes {
        let name: Scope = scope.name.parse().map_err(|_| invalid("scopes", format!("{:?} is not a scope", scope.name)))?;
        if name.is_standard() || Right::of_scope(name.as_str()).is_some() {
            return Err(invalid("scopes", format!("{name} has a meaning already")));
        }
        if scopes.iter().any(|other| other.name == name) {
            return Err(invalid("scopes", format!("{name} is there twice")));
        }
        written::localised("scopes", &scope.title, 100)?;
        written::optional_line("scopes", Some(&scope.text.fr), 500)?;
        written::optional_line("scopes", Some(&scope.text.en), 500)?;
        scopes.push(ApiScope { name, title: scope.title, text: scope.text });
    }
    let ApiWritten { names, token_format, algorithm, lifetime, .. } = written;
    Ok(Api { tenant, identifier, names, scopes, token_format, algorithm, lifetime, created_at })
}
