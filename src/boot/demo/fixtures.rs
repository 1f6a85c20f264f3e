//! The fictional world as records: what is missing is added at each start, in one commit for each organisation; what is there stays as people left it.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{
    clients::{self, APPLICATIONS, Application},
    kept::{kept, password},
    people::{PEOPLE, Person},
    tenants::{ORGANISATIONS, Organisation},
    terms,
};
use crate::{
    crypto::PasswordHasher,
    journey::Tools,
    model::{Account, Actor, AuditEvent, Client, Credential, CredentialKind, EventName, Membership, Subject, Tenant},
    service::keys,
    storage::{Batch, Loaded, Reads},
    values::{ClientId, EntropyExt as _, Issuer, IssuerForm, Secret, TenantId, Timestamp},
};

/// An application that is registered, and what it needs to know.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Which.
    pub application: &'static Application,
    /// At which issuer.
    pub issuer: Issuer,
    /// With what it proves itself.
    pub secret: Option<Secret<String>>,
}

/// What was loaded.
#[derive(Clone, Debug)]
pub struct Fixtures {
    /// What everybody signs in with.
    pub password: Secret<String>,
    /// What can be opened.
    pub applications: Vec<Registered>,
}

/// What one load works with.
struct Load<'a> {
    tools: &'a Tools,
    /// `DATA/demo`.
    folder: &'a Path,
    /// Where the applications listen.
    port: u16,
    password: Secret<String>,
    /// The password was made just now: whatever people had before, nobody knows it.
    is_new_password: bool,
}

/// Add whatever is missing. Call it before the first records are made, so that the default organisation is the demonstration's.
///
/// # Errors
/// The store failed, or the folder cannot be written.
pub(super) async fn load(tools: &Tools, data: &Path, port: u16) -> Result<Fixtures> {
    let folder = data.join("demo");
    let (text, is_new_password) = kept(&folder, "password", || password(&*tools.entropy))?;
    if !PasswordHasher::is_acceptable(&text) {
        bail!("{} holds no password", folder.join("password").display());
    }
    let load = Load { tools, folder: &folder, port, password: Secret::new(text), is_new_password };
    let mut applications = Vec::new();
    for organisation in ORGANISATIONS {
        applications.extend(load.organisation(organisation).await?);
    }
    Ok(Fixtures { password: load.password, applications })
}

/// Something was made.
fn made(event: EventName, tenant: TenantId, now: Timestamp, what: (&str, String)) -> AuditEvent {
    AuditEvent::new(event, tenant, Actor::SYSTEM, now).on(what.0, what.1).by("demo")
}

impl Load<'_> {
    async fn organisation(&self, organisation: &Organisation) -> Result<Vec<Registered>> {
        let now = self.tools.now();
        let reads = self.tools.store.reads(now);
        let mut batch = Batch::new(now);
        let tenant = match reads.tenant_named(organisation.slug).await? {
            Some(tenant) => tenant.into_value(),
            None => self.found(organisation.record(now), &mut batch).await?,
        };
        for person in PEOPLE.iter().filter(|person| person.home == organisation.slug) {
            self.person(reads, &tenant, person, &mut batch).await?;
        }
        for person in PEOPLE.iter().filter(|person| person.member_of.contains(&organisation.slug)) {
            self.member(reads, &tenant, person, &mut batch).await?;
        }
        if tenant.slug == super::tenants::DEFAULT {
            let api = clients::invoices(tenant.id, now)?;
            if reads.api(tenant.id, &api.identifier).await?.is_none() {
                batch.insert(&api)?.audit(&made(EventName::ApiUpdated, tenant.id, now, ("api", api.identifier.to_string())))?;
            }
        }
        if tenant.slug == super::tenants::DEFAULT {
            self.terms(reads, &tenant, &mut batch).await?;
        }
        let mut registered = Vec::new();
        for application in APPLICATIONS.iter().filter(|application| application.tenant == organisation.slug) {
            registered.push(self.application(reads, &tenant, application, &mut batch).await?);
        }
        if !batch.is_empty() {
            self.tools.store.commit(batch).await.with_context(|| format!("the demonstration's records of {}", organisation.slug))?;
        }
        Ok(registered)
    }

    /// A new organisation, with keys to sign with. Where somebody else is the default already, it stays so.
    async fn found(&self, mut tenant: Tenant, batch: &mut Batch) -> Result<Tenant> {
        tenant.is_default = tenant.is_default && self.tools.reads().default_tenant().await?.is_none();
        keys::create(self.tools, Issuer { tenant: tenant.id, form: IssuerForm::Tenant }, batch).await?;
        if tenant.is_default {
            keys::create(self.tools, Issuer { tenant: tenant.id, form: IssuerForm::Root }, batch).await?;
        }
        batch.insert(&tenant)?.audit(&made(EventName::TenantCreated, tenant.id, tenant.created_at, ("tenant", tenant.id.to_string())))?;
        Ok(tenant)
    }

    async fn person(&self, reads: Reads<'_>, tenant: &Tenant, person: &Person, batch: &mut Batch) -> Result<()> {
        let now = self.tools.now();
        let subject = if let Some(account) = reads.account_by_email(tenant.id, &person.email()?).await? {
            account.subject()
        } else {
            let account: Account = person.record(tenant.id, now)?;
            batch.insert(&account)?.audit(&made(EventName::AccountCreated, tenant.id, now, ("account", account.id.to_string())))?;
            account.subject()
        };
        let before = reads.password(subject).await?;
        if before.is_some() && !self.is_new_password {
            return Ok(());
        }
        let hashed = self.tools.hasher.hash(self.password.clone(), &*self.tools.entropy).await?;
        let phc = hashed.context("the demonstration's password could not be hashed")?;
        let kind = CredentialKind::Password { phc, must_change: false };
        batch.put(before.as_ref(), &Credential { subject, id: Credential::PASSWORD.to_owned(), kind, created_at: now })?;
        Ok(())
    }

    /// Terms of use for whoever comes from now on.
    async fn terms(&self, reads: Reads<'_>, tenant: &Tenant, batch: &mut Batch) -> Result<()> {
        let now = self.tools.now();
        if reads.terms_document(tenant.id, terms::ID).await?.is_some() {
            return Ok(());
        }
        let made_here = terms::records(tenant.id, now);
        batch.insert(&made_here.document)?.insert(&made_here.release)?;
        for text in &made_here.texts {
            batch.insert(text)?;
        }
        batch.audit(&made(EventName::TouPublished, tenant.id, now, ("terms", terms::ID.to_owned())))?;
        Ok(())
    }

    async fn member(&self, reads: Reads<'_>, tenant: &Tenant, person: &Person, batch: &mut Batch) -> Result<()> {
        let Some(home) = reads.tenant_named(person.home).await? else { return Ok(()) };
        let Some(account) = reads.account_by_email(home.id, &person.email()?).await? else { return Ok(()) };
        let subject: Subject = account.subject();
        if reads.membership(tenant.id, subject).await?.is_none() {
            batch.insert(&Membership { tenant: tenant.id, subject, roles: std::collections::BTreeSet::new(), created_at: self.tools.now() })?;
        }
        Ok(())
    }

    /// Registered as it should be: its addresses follow the port, its secret follows the file.
    async fn application(&self, reads: Reads<'_>, tenant: &Tenant, application: &'static Application, batch: &mut Batch) -> Result<Registered> {
        let now = self.tools.now();
        let mut secret = None;
        if application.is_confidential() {
            let made = || self.tools.entropy.token().expose().clone();
            secret = Some(Secret::new(kept(self.folder, &format!("{}.secret", application.id), made)?.0));
        }
        let kept_secret = secret.as_ref().map(|secret| clients::secret_record(&self.tools.sealer, secret.expose(), now));
        let wanted = application.record(tenant.id, self.port, kept_secret, now)?;
        match reads.client(tenant.id, &ClientId::from(application.id)).await? {
            None => {
                batch.insert(&wanted)?.audit(&made(EventName::AppCreated, tenant.id, now, ("client", application.id.to_owned())))?;
            }
            Some(client) if !still_fits(&client, &wanted) => {
                batch.update(client.map(|client| mended(client, wanted)))?;
                batch.audit(&made(EventName::AppUpdated, tenant.id, now, ("client", application.id.to_owned())))?;
            }
            Some(_) => {}
        }
        let form = if tenant.is_default { IssuerForm::Root } else { IssuerForm::Tenant };
        Ok(Registered { application, issuer: Issuer { tenant: tenant.id, form }, secret })
    }
}

fn still_fits(client: &Loaded<Client>, wanted: &Client) -> bool {
    let has = |client: &Client, secret: &crate::model::ClientSecret| client.secrets.iter().any(|known| known.digest == secret.digest);
    wanted.redirect_uris.iter().all(|uri| client.redirect_uris.contains(uri))
        && wanted.post_logout_redirect_uris.iter().all(|uri| client.post_logout_redirect_uris.contains(uri))
        && client.backchannel_logout_uri == wanted.backchannel_logout_uri
        && wanted.secrets.iter().all(|secret| has(client, secret))
}

/// Only what the application itself depends on; the rest is as somebody left it.
fn mended(client: Client, wanted: Client) -> Client {
    Client {
        redirect_uris: wanted.redirect_uris,
        post_logout_redirect_uris: wanted.post_logout_redirect_uris,
        backchannel_logout_uri: wanted.backchannel_logout_uri,
        home_url: wanted.home_url,
        secrets: wanted.secrets,
        updated_at: wanted.updated_at,
        ..client
    }
}
