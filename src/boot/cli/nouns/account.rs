//! `parvis account`

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use reqwest::Method;
use serde_json::{Value, json};

use super::{At, Changes, act, import::Import, password, said};
use crate::{
    boot::cli::{
        remote::{Server, part},
        shown::{self, Column},
    },
    values::Secret,
};

const COLUMNS: &[Column] = &[("NAME", "display_name"), ("ADDRESS", "email"), ("LOGIN", "login"), ("STATE", "state"), ("ROLES", "roles"), ("ID", "id")];

/// Who the person is.
#[derive(Debug, Args)]
pub(in crate::boot::cli) struct Person {
    /// The address.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Given names.
    #[arg(long)]
    given_name: Option<String>,
    /// Family names.
    #[arg(long)]
    family_name: Option<String>,
    /// A login name beside the address.
    #[arg(long)]
    login: Option<String>,
    /// A number such as +33612345678.
    #[arg(long)]
    phone: Option<String>,
    /// Read the password from standard input; otherwise one is made and shown this once.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    changes: Changes,
}

/// What can be vouched for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::boot::cli) enum Contact {
    /// The primary address.
    Email,
    /// The primary number.
    Phone,
}

impl Contact {
    fn place(self, account: &str) -> String {
        let part = match self {
            Self::Email => "email",
            Self::Phone => "phone",
        };
        format!("{account}/{part}/verified")
    }
}

#[derive(Debug, Subcommand)]
pub(in crate::boot::cli) enum Action {
    /// The people of an organisation.
    List,
    /// One person.
    Show {
        /// By id, address or login name.
        who: String,
    },
    /// Make an account.
    Create {
        #[command(flatten)]
        person: Person,
        /// What the person may do: global_administrator, application_administrator, account_administrator, auditor, inviter.
        #[arg(long = "role")]
        roles: Vec<String>,
        /// Make no password.
        #[arg(long, conflicts_with = "password_stdin")]
        no_password: bool,
    },
    /// Make an operator, who may do everything in every organisation.
    Operator {
        #[command(flatten)]
        person: Person,
    },
    /// Bring accounts from a file, with the hashes of their passwords. The same file again changes nothing.
    Import(Import),
    /// Change an account.
    Update {
        /// By id, address or login name.
        who: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Set a password, and end all that the person has open.
    Password {
        /// By id, address or login name.
        who: String,
        /// Read it from standard input; otherwise one is made and shown this once.
        #[arg(long)]
        password_stdin: bool,
        /// It must be changed at the next sign-in.
        #[arg(long)]
        must_change: bool,
    },
    /// Set roles: these and no others.
    Roles {
        /// By id, address or login name.
        who: String,
        /// All of them; none takes all away.
        roles: Vec<String>,
    },
    /// Vouch for an address or a number: it is this person's.
    Verify {
        /// By id, address or login name.
        who: String,
        /// Which of both.
        contact: Contact,
    },
    /// Stop vouching for an address or a number.
    Doubt {
        /// By id, address or login name.
        who: String,
        /// Which of both.
        contact: Contact,
    },
    /// Put an account away, and end all that the person has open.
    Archive {
        /// By id, address or login name.
        who: String,
    },
    /// Take an archived account out again.
    Restore {
        /// By id, address or login name.
        who: String,
    },
    /// Keep a person from signing in, and end all that is open.
    Lock {
        /// By id, address or login name.
        who: String,
    },
    /// Let a person in again.
    Unlock {
        /// By id, address or login name.
        who: String,
    },
}

impl Action {
    pub(in crate::boot::cli) async fn run(&self, at: &At) -> Result<()> {
        let as_json = at.reach.json;
        if let Self::Operator { person } = self {
            let server = at.reach.server()?;
            return person.create((&server, "/tenants/system"), &["operator".to_owned()], true, as_json).await;
        }
        let (server, tenant) = at.tenant().await?;
        let path = |who: &str| format!("{tenant}/accounts/{}", part(who));
        let shown = match self {
            Self::List => return shown::list(server.all(&format!("{tenant}/accounts")).await?, COLUMNS, as_json),
            Self::Create { person, roles, no_password } => return person.create((&server, &tenant), roles, !no_password, as_json).await,
            Self::Import(import) => return import.run((&server, &tenant), as_json).await,
            Self::Operator { .. } => return Ok(()),
            Self::Show { who } => server.ask(Method::GET, &path(who), None, None).await?,
            Self::Update { who, changes } => server.ask(Method::PATCH, &path(who), Some(&changes.patch()?), changes.rev).await?,
            Self::Password { who, password_stdin, must_change } => {
                let (secret, is_made) = password(*password_stdin)?;
                let body = json!({ "password": secret.expose(), "must_change": must_change });
                server.ask(Method::PUT, &format!("{}/password", path(who)), Some(&body), None).await?;
                let made = is_made.then(|| json!(secret.expose()));
                said([("who", Some(json!(who))), ("password", made)])
            }
            Self::Roles { who, roles } => server.ask(Method::PUT, &format!("{}/roles", path(who)), Some(&json!({ "roles": roles })), None).await?,
            Self::Verify { who, contact } => server.ask(Method::PUT, &contact.place(&path(who)), None, None).await?,
            Self::Doubt { who, contact } => server.ask(Method::DELETE, &contact.place(&path(who)), None, None).await?,
            Self::Archive { who } => act(&server, &format!("{}/archive", path(who))).await?,
            Self::Restore { who } => act(&server, &format!("{}/restore", path(who))).await?,
            Self::Lock { who } => act(&server, &format!("{}/lock", path(who))).await?,
            Self::Unlock { who } => act(&server, &format!("{}/unlock", path(who))).await?,
        };
        shown::one(&shown, as_json)
    }
}

impl Person {
    async fn create(&self, (server, tenant): (&Server, &str), roles: &[String], with_password: bool, as_json: bool) -> Result<()> {
        let text = |value: &Option<String>| value.as_ref().map(|text| json!(text));
        let profile = said([("given_name", text(&self.given_name)), ("family_name", text(&self.family_name))]);
        let account = said([("email", text(&self.email)), ("login", text(&self.login)), ("phone", text(&self.phone)), ("profile", Some(profile))]);
        let account = self.changes.over(account)?;
        let secret: Option<(Secret<String>, bool)> = if with_password { Some(password(self.password_stdin)?) } else { None };
        let sent = secret.as_ref().map(|(secret, _)| json!(secret.expose()));
        let body = said([("account", Some(account)), ("password", sent), ("roles", Some(json!(roles)))]);
        let mut made = server.ask(Method::POST, &format!("{tenant}/accounts"), Some(&body), None).await?;
        if let (Some((secret, true)), Value::Object(members)) = (secret, &mut made) {
            members.insert("password".to_owned(), json!(secret.expose()));
        }
        shown::one(&made, as_json)
    }
}
