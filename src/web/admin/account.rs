//! S-AD-USER: one person. S-CONFIRM stands before whatever shuts somebody out or lets them in again.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{Console, accounts::written};
use crate::{
    model::{Role, Subject, TenantKind},
    pages::{AccountCard, AccountNotice, Complaint, Confirming, Form, Happened, Reach},
    policy::{
        admin::Right,
        password::{self, PasswordRefused},
    },
    service::admin::{
        Refused, Shown,
        accounts::{self, AccountShown, AccountWritten, Standing},
    },
    values::Secret,
    web::{
        account::portal::field,
        extract::{Pairs, QueryPairs},
    },
};

/// The roles that can be held in an organisation, the strongest first.
const ROLES: &[Role] = &[Role::GlobalAdministrator, Role::AccountAdministrator, Role::Inviter, Role::Helpdesk, Role::ApplicationAdministrator, Role::Auditor];

/// What S-CONFIRM asks about, by the word of the address.
const ACTS: &[(&str, Option<Standing>)] = &[
    ("archive", Some(Standing::Archive)),
    ("restore", Some(Standing::Restore)),
    ("lock", Some(Standing::Lock)),
    ("unlock", Some(Standing::Unlock)),
    ("sign-out", None),
];

type At = Path<(String, String)>;
type AtAct = Path<(String, String, String)>;

/// `GET /admin/{tenant}/accounts/{account}`
pub async fn show(mut console: Console, at: At, query: QueryPairs) -> HttpResponse {
    let notice = field(&query.0, "done").and_then(|done| AccountNotice::ALL.iter().find(|(word, _)| *word == done)).map(|(_, notice)| *notice);
    let came = look(&mut console, &at.1, notice).await;
    console.answers(came)
}

async fn look(console: &mut Console, who: &str, notice: Option<AccountNotice>) -> Result<HttpResponse, Refused> {
    let shown = accounts::show(&console.state.tools, &console.by, &console.tenant.slug, who).await?;
    let form = known(&shown.it.written);
    card(console, shown, form, notice).await
}

/// What is known, as the fields hold it.
fn known(written: &AccountWritten) -> Form {
    let fields = [
        ("given_name", &written.profile.given_name),
        ("family_name", &written.profile.family_name),
        ("email", &written.email),
        ("login", &written.login),
        ("phone", &written.phone),
    ];
    let pairs: Vec<(String, String)> = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?))).collect();
    Form::keeping(&pairs, AccountCard::KEPT)
}

async fn card(console: &mut Console, shown: Shown<AccountShown>, form: Form, notice: Option<AccountNotice>) -> Result<HttpResponse, Refused> {
    let (tools, account) = (console.state.tools.clone(), shown.it);
    let subject = Subject { home: account.tenant, id: account.id };
    let id = account.id.to_string();
    let place = (console.tenant.slug.as_str(), id.as_str());
    let moved = form.complaints.iter().any(|wrong| wrong.complaint == Complaint::Conflict);
    let present = if moved { changed(&known(&account.written), &form) } else { Vec::new() };
    let words = tools.pages.words(console.visitor.locale)?;
    let history = accounts::history(&tools, &console.by, place).await?.iter().map(|event| Happened::of(event, words)).collect();
    let offered: &[Role] = if console.tenant.kind == TenantKind::System { &[Role::Operator] } else { ROLES };
    let view = AccountCard {
        present,
        version: shown.rev,
        identifier: account.written.email.clone().or_else(|| account.written.login.clone()).unwrap_or_default(),
        name: account.display_name,
        is_verified: account.email_verified,
        state: account.state,
        since: account.created_at,
        sessions: accounts::open_sessions(&tools, &console.by, place).await?,
        roles: offered.iter().map(|role| (*role, account.roles.contains(role))).collect(),
        may: Reach { change: accounts::may_change(&tools, &console.by, place).await?, give: console.may(Right::TenantWrite) },
        is_oneself: subject == console.account.subject(),
        desk: console.desk(),
        history,
        notice,
        form,
    };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-AD-USER"))
}

/// What stands there now and is not what was typed.
fn changed(now: &Form, typed: &Form) -> Vec<(String, String)> {
    now.typed.iter().filter(|(name, text)| typed.typed.get(*name) != Some(*text)).map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// `POST /admin/{tenant}/accounts/{account}`
pub async fn answer(mut console: Console, at: At, posted: Pairs) -> HttpResponse {
    let came = change(&mut console, &at.1, &posted.0).await;
    console.answers(came)
}

async fn change(console: &mut Console, who: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let before = accounts::show(&tools, &console.by, &slug, who).await?;
    let gives = field(posted, "action") == Some("roles");
    let form = if gives { known(&before.it.written) } else { Form::keeping(posted, AccountCard::KEPT) };
    if !console.is_own_form(posted) {
        return card(console, before, form.complaining(Complaint::Stale, None), None).await;
    }
    let place = console.path(&format!("accounts/{}", before.it.id));
    let after = written(before.it.written.clone(), posted);
    // A role gives power, and so does another address: whoever reads its mail is the person.
    if (gives || after.email != before.it.written.email) && !console.is_proved_lately() {
        return Ok(console.proves_again(&place).await?);
    }
    let seen = field(posted, "version").and_then(|version| version.parse().ok());
    let (at, rev) = ((slug.as_str(), who), Some(seen.unwrap_or_default()));
    let (done, came) = if gives {
        let roles: BTreeSet<Role> = posted.iter().filter(|(name, _)| name == "role").filter_map(|(_, role)| role_named(role)).collect();
        ("roles", accounts::set_roles(&tools, &console.by, at, rev, roles).await)
    } else if let Some(field) = empty(&after) {
        return card(console, before, form.complaining(Complaint::Required { field }, Some(field)), None).await;
    } else {
        ("saved", accounts::update(&tools, &console.by, at, rev, &patch(&before.it.written, &after)).await)
    };
    match came {
        Ok(_) => Ok(console.goes(&format!("{place}?done={done}"))),
        Err(refused) => {
            let form = complain(form, refused)?;
            let now = accounts::show(&tools, &console.by, &slug, who).await?;
            card(console, now, form, None).await
        }
    }
}

fn empty(after: &AccountWritten) -> Option<&'static str> {
    (after.email.is_none() && after.login.is_none()).then_some("email")
}

fn role_named(text: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// The members that were changed, as a merge patch: what the form does not hold stays.
fn patch(before: &AccountWritten, after: &AccountWritten) -> serde_json::Value {
    let mut members = serde_json::Map::new();
    for (name, old, new) in [("email", &before.email, &after.email), ("login", &before.login, &after.login), ("phone", &before.phone, &after.phone)] {
        if old != new {
            members.insert(name.to_owned(), new.clone().into());
        }
    }
    let names =
        [("given_name", &before.profile.given_name, &after.profile.given_name), ("family_name", &before.profile.family_name, &after.profile.family_name)];
    let profile: serde_json::Map<_, _> =
        names.into_iter().filter(|(_, old, new)| old != new).map(|(name, _, new)| (name.to_owned(), new.clone().into())).collect();
    if !profile.is_empty() {
        members.insert("profile".to_owned(), profile.into());
    }
    members.into()
}

/// `GET /admin/{tenant}/accounts/{account}/{act}`
pub async fn ask(mut console: Console, at: AtAct) -> HttpResponse {
    let came = question(&mut console, (&at.1, &at.2), Form::default()).await;
    console.answers(came)
}

async fn question(console: &mut Console, (who, act): (&str, &str), form: Form) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let (act, _) = ACTS.iter().find(|(word, _)| *word == act).ok_or(Refused::NotFound)?;
    let shown = accounts::show(&tools, &console.by, &slug, who).await?.it;
    let id = shown.id.to_string();
    if !accounts::may_change(&tools, &console.by, (&slug, &id)).await? {
        return Err(Refused::LacksRole);
    }
    let view = Confirming {
        desk: console.desk(),
        form,
        act,
        sessions: accounts::open_sessions(&tools, &console.by, (&slug, &id)).await?,
        identifier: shown.written.email.or(shown.written.login).unwrap_or_default(),
        name: shown.display_name,
        back_href: console.path(&format!("accounts/{id}")),
    };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-CONFIRM"))
}

/// `POST /admin/{tenant}/accounts/{account}/{act}`
pub async fn confirm(mut console: Console, at: AtAct, posted: Pairs) -> HttpResponse {
    let came = act(&mut console, (&at.1, &at.2), &posted.0).await;
    console.answers(came)
}

async fn act(console: &mut Console, (who, act): (&str, &str), posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let (_, standing) = ACTS.iter().find(|(word, _)| *word == act).ok_or(Refused::NotFound)?;
    if !console.is_own_form(posted) {
        return question(console, (who, act), Form::default().complaining(Complaint::Stale, None)).await;
    }
    if !console.is_proved_lately() {
        let path = console.request.path().to_owned();
        return Ok(console.proves_again(&path).await?);
    }
    let came = match standing {
        Some(standing) => accounts::set_standing(&tools, &console.by, (&slug, who), *standing).await.map(|_| ()),
        None => accounts::sign_out(&tools, &console.by, (&slug, who)).await,
    };
    match came {
        Ok(()) => Ok(console.goes(&console.path(&format!("accounts/{who}?done={act}")))),
        Err(refused) => {
            let form = complain(Form::default(), refused)?;
            question(console, (who, act), form).await
        }
    }
}

/// What was refused, as far as a person can mend it on the page.
pub(super) fn complain(form: Form, refused: Refused) -> Result<Form, Refused> {
    Ok(match refused {
        Refused::Oneself => form.complaining(Complaint::Oneself, None),
        Refused::LastAdministrator => form.complaining(Complaint::LastAdministrator { organisation: None }, None),
        Refused::Stale | Refused::Conflict | Refused::Impossible(_) => form.complaining(Complaint::Conflict, None),
        Refused::Busy => form.complaining(Complaint::Busy, None),
        Refused::Taken("email") => form.complaining(Complaint::EmailTaken, Some("email")),
        Refused::Taken("login") => form.complaining(Complaint::LoginTaken, Some("login")),
        Refused::Taken("phone") => form.complaining(Complaint::PhoneTaken, Some("phone")),
        Refused::Invalid { field: "email", .. } => form.complaining(Complaint::Email, Some("email")),
        Refused::Invalid { field, .. } => {
            let name = field.rsplit('.').next().unwrap_or(field);
            match AccountCard::KEPT.iter().find(|known| **known == name) {
                Some(field) => form.complaining(Complaint::Unfit { field }, Some(field)),
                None => return Err(Refused::Invalid { field, why: String::new() }),
            }
        }
        other => return Err(other),
    })
}

/// The status of a form that is shown again.
pub(super) fn status_of(form: &Form) -> StatusCode {
    match form.complaints.first().map(|wrong| &wrong.complaint) {
        None => StatusCode::OK,
        Some(Complaint::Stale) => StatusCode::FORBIDDEN,
        Some(Complaint::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        Some(Complaint::Conflict | Complaint::Oneself | Complaint::LastAdministrator { .. }) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A first password by the rules that its owner will have to keep, too.
pub(super) fn judge_password(console: &Console, typed: &Secret<String>, written: &AccountWritten) -> Result<(), Complaint> {
    let names = [&written.profile.given_name, &written.profile.family_name, &written.login, &written.email];
    let own = names.into_iter().flatten().map(String::as_str);
    password::judge(typed.expose(), console.tenant.settings.password_min, own).map_err(|refused| match refused {
        PasswordRefused::Short { least, missing } => Complaint::PasswordShort { least, missing },
        PasswordRefused::Long { most } => Complaint::PasswordLong { most },
        PasswordRefused::Known(why) => Complaint::PasswordKnown { why },
        PasswordRefused::Own => Complaint::PasswordSelf,
    })
}
