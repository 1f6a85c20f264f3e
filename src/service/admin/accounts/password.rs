//! Passwords that an administrator sets.

use serde::Deserialize;

use super::find_to_change;
use crate::{
    crypto::PasswordHasher,
    journey::Tools,
    model::{Account, Credential, CredentialKind, EventName, Tenant},
    policy::password::{self, PasswordRefused},
    service::admin::{By, Refused, commit, ending, invalid},
    storage::Batch,
    values::Secret,
};

/// A new password for a person.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password.
    #[schema(value_type = String)]
    pub password: Secret<String>,
    /// Must it be changed at the next sign-in?
    #[serde(default)]
    pub must_change: bool,
}

/// Set somebody's password. Whoever knew the old one is signed out.
///
/// # Errors
/// See [`Refused`].
pub async fn set_password(tools: &Tools, by: &By, place: (&str, &str), new: NewPassword) -> Result<(), Refused> {
    let (tenant, found) = find_to_change(tools, by, place.0, place.1).await?;
    let before = tools.reads().password(found.subject()).await?;
    let credential = credential(tools, &tenant, &found, new).await?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    batch.put(before.as_ref(), &credential)?.audit(&by.event(EventName::PasswordSet, tenant.id, now).on("account", found.id))?;
    ending::end_everything(tools, by, found.subject(), &mut batch).await?;
    batch.unchanged(&found);
    commit(tools, batch).await
}

/// Judge it, and hash it.
pub(super) async fn credential(tools: &Tools, tenant: &Tenant, account: &Account, new: NewPassword) -> Result<Credential, Refused> {
    let own = password::own_words(account);
    password::judge(new.password.expose(), tenant.settings.password_min, own.iter().map(String::as_str)).map_err(|refused| {
        let why = match refused {
            PasswordRefused::Short { least, .. } => format!("has at least {least} characters"),
            PasswordRefused::Long { most } => format!("has at most {most} characters, and no NUL"),
            PasswordRefused::Own => "holds no name or address of its owner".to_owned(),
            PasswordRefused::Known(_) => "is in no published list, and not put together from such lists".to_owned(),
        };
        invalid("password", why)
    })?;
    if !PasswordHasher::is_acceptable(new.password.expose()) {
        return Err(invalid("password", "cannot be used"));
    }
    let phc = tools.hasher.hash(new.password, &*tools.entropy).await?.map_err(|_| Refused::Busy)?;
    Ok(Credential {
        subject: account.subject(),
        id: Credential::PASSWORD.to_owned(),
        kind: CredentialKind::Password { phc, must_change: new.must_change },
        created_at: tools.now(),
    })
}
