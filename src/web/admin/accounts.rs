//! S-AD-USERS and S-AD-USER-NEW: the people of the organisation, and a new one.

use actix_web::{HttpResponse, http::StatusCode};
use url::form_urlencoded::Serializer;

use super::{Console, account::complain};
use crate::{
    model::Profile,
    pages::{AccountCard, AccountMaking, AccountRow, Accounts, Complaint, Form},
    policy::admin::Right,
    service::admin::{
        Refused,
        accounts::{self, AccountShown, AccountWritten, AccountsAsked, NewAccount, StateAsked},
    },
    values::Secret,
    web::{
        account::portal::field,
        extract::{Pairs, QueryPairs},
    },
};

/// How many stand on a page.
const PAGE: usize = 50;

/// The states that can be asked for, by the words of the address; the first unless said.
const STATES: &[(&str, Option<StateAsked>)] = &[
    ("present", Some(StateAsked::Present)),
    ("active", Some(StateAsked::Active)),
    ("locked", Some(StateAsked::Locked)),
    ("archived", Some(StateAsked::Archived)),
    ("any", None),
];

/// `GET /admin/{tenant}/accounts`
pub async fn show(mut console: Console, query: QueryPairs) -> HttpResponse {
    let came = list(&mut console, &query.0).await;
    console.answers(came)
}

async fn list(console: &mut Console, query: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let typed = |name| field(query, name).map(str::trim).filter(|text| !text.is_empty());
    let (state, wanted) = STATES.iter().find(|(word, _)| typed("state") == Some(*word)).or(STATES.first()).copied().unwrap_or_default();
    let q: String = typed("q").unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    let after = typed("after").map(str::to_owned);
    let is_later = after.is_some();
    let asked = AccountsAsked { after, limit: Some(PAGE), q: Some(q.clone()), state: wanted };
    let found = accounts::list(&console.state.tools, &console.by, &console.tenant.slug, &asked).await?;
    let next_href = found.next.map(|next| {
        let pairs = [("q", q.as_str()), ("state", state), ("after", next.as_str())];
        let query = Serializer::new(String::new()).extend_pairs(pairs.iter().filter(|(_, text)| !text.is_empty())).finish();
        format!("{}?{query}", console.path("accounts"))
    });
    let found = found.items.into_iter().map(|shown| row(console, shown.it)).collect();
    let can_create = console.may(Right::AccountWrite);
    let view = Accounts { desk: console.desk(), q, state, found, is_later, next_href, can_create };
    Ok(console.shows(StatusCode::OK, &view, "S-AD-USERS"))
}

fn row(console: &Console, account: AccountShown) -> AccountRow {
    let written = account.written;
    let (identifier, login) = match (written.email, written.login) {
        (Some(email), login) => (email, login),
        (None, login) => (login.unwrap_or_default(), None),
    };
    AccountRow {
        href: console.path(&format!("accounts/{}", account.id)),
        identifier,
        login,
        name: account.display_name,
        state: account.state,
        roles: account.roles.into_iter().collect(),
    }
}

/// `GET /admin/{tenant}/accounts/new`
pub async fn show_new(mut console: Console) -> HttpResponse {
    let came = if console.may(Right::AccountWrite) { Ok(making(&mut console, Form::default())) } else { Err(Refused::LacksRole) };
    console.answers(came)
}

fn making(console: &mut Console, form: Form) -> HttpResponse {
    let status = super::account::status_of(&form);
    let min_password = console.tenant.settings.password_min;
    let view = AccountMaking { desk: console.desk(), form, min_password };
    console.shows(status, &view, "S-AD-USER-NEW")
}

/// `POST /admin/{tenant}/accounts/new`
pub async fn create(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = make(&mut console, &posted.0).await;
    console.answers(came)
}

async fn make(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, AccountCard::KEPT);
    if !console.is_own_form(posted) {
        return Ok(making(console, form.complaining(Complaint::Stale, None)));
    }
    let written = written(AccountWritten::default(), posted);
    if written.email.is_none() && written.login.is_none() {
        return Ok(making(console, form.complaining(Complaint::Required { field: "email" }, Some("email"))));
    }
    // Whoever makes a password for somebody else knows it: so it serves once.
    let password = field(posted, "new_password").filter(|typed| !typed.is_empty()).map(|typed| Secret::new(typed.to_owned()));
    if password.is_some() && !console.is_proved_lately() {
        let path = console.request.path().to_owned();
        return Ok(console.proves_again(&path).await?);
    }
    if let Some(password) = &password
        && let Err(complaint) = super::account::judge_password(console, password, &written)
    {
        return Ok(making(console, form.complaining(complaint, Some("new_password"))));
    }
    let new = NewAccount { account: written, must_change: password.is_some(), password, roles: [].into() };
    match accounts::create(&console.state.tools, &console.by, &console.tenant.slug, new).await {
        Ok(made) => Ok(console.goes(&console.path(&format!("accounts/{}?done=created", made.it.id)))),
        Err(refused) => complain(form, refused).map(|form| making(console, form)),
    }
}

/// What was typed, over what was written before; an empty field is none.
pub(super) fn written(before: AccountWritten, posted: &[(String, String)]) -> AccountWritten {
    let typed = |name: &str| field(posted, name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let profile = Profile { given_name: typed("given_name"), family_name: typed("family_name"), ..before.profile };
    AccountWritten { email: typed("email"), login: typed("login"), phone: typed("phone"), profile, ..before }
}
