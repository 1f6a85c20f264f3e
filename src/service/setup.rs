//! The first operator, through the link on the terminal.

use crate::{
    crypto::{PasswordHasher, Purpose},
    journey::{Tools, new_password},
    model::{Account, AccountEmail, Actor, AuditEvent, Credential, CredentialKind, EventName, Localised, Role, Settings, SetupLink, Subject, Tenant},
    pages::{self, Complaint, Form},
    policy::password,
    service::start::{SYSTEM, slug_of},
    storage::{Batch, CommitError, Loaded},
    values::{AccountId, Digest, Email, EntropyExt as _, Fault, Secret},
};

/// The longest name that is taken.
const LONGEST_NAME: usize = 100;

/// Why the link does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    /// It never was one, it was used, or a newer one took its place.
    Bad,
    /// Its hour is over.
    Expired,
}

/// Who asked, for the audit.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// From which address.
    pub ip: Option<String>,
    /// In which request.
    pub correlation: Option<String>,
}

/// What came of the form.
#[derive(Debug)]
pub enum Setup {
    /// There is an operator now, who signs in with this.
    Done {
        /// The address.
        identifier: String,
    },
    /// The form again.
    Again(Form),
    /// Too many passwords at once.
    Busy,
    /// The link does nothing.
    Refused(LinkRefused),
}

/// The least length of the operator's password.
#[must_use]
pub fn least_password() -> usize {
    Settings::default().password_min
}

/// May this link be used?
///
/// # Errors
/// The store failed.
pub async fn look(tools: &Tools, token: &str) -> Result<Result<(), LinkRefused>, Fault> {
    Ok(find(tools, token).await?.map(drop))
}

async fn find(tools: &Tools, token: &str) -> Result<Result<Loaded<SetupLink>, LinkRefused>, Fault> {
    let digest: Digest = tools.sealer.digest(Purpose::SetupLink, token);
    // A link past its hour is not there any more; whether this one ever was, nobody needs to know.
    let Some(link) = tools.reads().setup_link().await? else { return Ok(Err(LinkRefused::Expired)) };
    Ok(if link.digest == digest { Ok(link) } else { Err(LinkRefused::Bad) })
}

struct Answer {
    email: Email,
    given_name: String,
    family_name: String,
    password: Secret<String>,
    tenant_name: String,
}

/// Make the operator and name the default tenant, once.
///
/// # Errors
/// The store failed.
pub async fn create(tools: &Tools, token: &str, posted: &[(String, String)], asked: &Asked) -> Result<Setup, Fault> {
    let link = match find(tools, token).await? {
        Ok(link) => link,
        Err(refused) => return Ok(Setup::Refused(refused)),
    };
    let answer = match read(posted) {
        Ok(answer) => answer,
        Err(form) => return Ok(Setup::Again(form)),
    };
    let reads = tools.reads();
    let (Some(system), Some(default)) = (reads.tenant_named(SYSTEM).await?, reads.default_tenant().await?) else {
        return Err(Fault::new("the built-in tenants are missing"));
    };
    let now = tools.now();
    let subject = Subject { home: system.id, id: AccountId(tools.entropy.uuid(now)) };
    let mut account = Account::blank(subject, now);
    account.emails = vec![AccountEmail { address: answer.email.clone(), verified_at: None }];
    account.profile.given_name = Some(answer.given_name.clone());
    account.profile.family_name = Some(answer.family_name.clone());
    account.roles = [Role::Operator].into();
    let own = password::own_words(&account);
    if let Err(refused) = password::judge(answer.password.expose(), system.settings.password_min, own.iter().map(String::as_str)) {
        return Ok(Setup::Again(again(posted).complaining(new_password::complaint(refused), Some("new_password"))));
    }
    let Ok(phc) = tools.hasher.hash(answer.password, &*tools.entropy).await? else { return Ok(Setup::Busy) };
    let credential = Credential { subject, id: Credential::PASSWORD.to_owned(), kind: CredentialKind::Password { phc, must_change: false }, created_at: now };
    let event = |name, tenant| AuditEvent::new(name, tenant, Actor::person(subject), now).from(asked.ip.as_deref(), asked.correlation.as_deref());
    let mut batch = Batch::new(now);
    batch.delete(&link).insert(&account)?.insert(&credential)?;
    batch.audit(&event(EventName::AccountCreated, system.id).on("account", subject.id))?;
    batch.audit(&event(EventName::PasswordSet, system.id).on("account", subject.id))?;
    batch.audit(&event(EventName::RoleAssigned, system.id).on("account", subject.id).by("operator"))?;
    batch.audit(&event(EventName::TenantUpdated, default.id).on("tenant", default.id))?;
    let slug = match slug_of(&answer.tenant_name) {
        Some(slug) if reads.tenant_named(&slug).await?.is_none() => slug,
        _ => default.slug.clone(),
    };
    batch.update(default.map(|tenant| Tenant { slug, names: Localised::same(&answer.tenant_name), updated_at: now, ..tenant }))?;
    match tools.store.commit(batch).await {
        Ok(()) => Ok(Setup::Done { identifier: answer.email.spelt().to_owned() }),
        Err(CommitError::Taken(_)) => Ok(Setup::Again(again(posted).complaining(Complaint::EmailTaken, Some("identifier")))),
        // Somebody was faster with the same link, or changed the tenant at this moment.
        Err(CommitError::Conflict(_)) => Ok(Setup::Again(again(posted).complaining(Complaint::Conflict, None))),
        Err(error @ CommitError::Store(_)) => Err(error.into()),
    }
}

fn again(posted: &[(String, String)]) -> Form {
    Form::keeping(posted, pages::Setup::KEPT)
}

fn read(posted: &[(String, String)]) -> Result<Answer, Form> {
    let field = |name: &str| posted.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let mut form = again(posted);
    for name in ["identifier", "given_name", "family_name", "new_password", "tenant_name"] {
        let value = if name == "new_password" { field(name) } else { field(name).trim() };
        if value.is_empty() || (name != "new_password" && value.chars().count() > LONGEST_NAME) {
            form = form.complaining(Complaint::Required { field: name }, Some(name));
        }
    }
    let email = field("identifier").parse::<Email>();
    if email.is_err() && !field("identifier").trim().is_empty() {
        form = form.complaining(Complaint::Email, Some("identifier"));
    }
    let password = field("new_password");
    if !password.is_empty() && password.chars().count() <= PasswordHasher::LONGEST && password.contains('\0') {
        form = form.complaining(Complaint::PasswordLong { most: PasswordHasher::LONGEST }, Some("new_password"));
    }
    match email {
        Ok(email) if form.complaints.is_empty() => Ok(Answer {
            email,
            given_name: field("given_name").trim().to_owned(),
            family_name: field("family_name").trim().to_owned(),
            password: Secret::from(password),
            tenant_name: field("tenant_name").trim().to_owned(),
        }),
        _ => Err(form),
    }
}
