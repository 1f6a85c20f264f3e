//! S-APP-REPORT in the portal: tell the operators about an application that was let in. The page and its rules are those of the way into it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::apps::{Here, PATH, around, here, key, language, meant, sign_in};
use crate::{
    journey::{
        screen::{Rejected, Screen as _, parse},
        steps::app_consent::report::{Answer, Report, View},
    },
    model::{Account, Client, Purpose, ScreenName},
    pages::{Complaint, Content, Form},
    service::account::apps,
    values::{Fault, Locale},
    web::{
        State,
        extract::{Browser, Jar, Pairs, QueryPairs},
        guard,
        journey::status_of,
        reply::{Around, Failure, page, problem, see_other},
    },
};

/// The page's address.
pub(super) fn path(client: &Client) -> String {
    format!("{PATH}/{}/report", key(client))
}

/// The application that an address means, if the person agreed with it: about any other there is nothing to say here.
async fn about(state: &State, account: &Account, app: &str) -> Result<Option<Client>, Fault> {
    match meant(app) {
        Some((tenant, client)) => apps::agreed(&state.tools, account.subject(), (tenant, &client)).await,
        None => Ok(None),
    }
}

fn unknown(state: &State, here: &Here) -> HttpResponse {
    problem(state, Complaint::NotFound, &Around { screen: "S-ERROR", ..around(here) }, &[])
}

fn form(state: &State, here: &Here, client: &Client, form: Form, jar: Jar) -> HttpResponse {
    let status = status_of(form.complaints.first().map(|wrong| &wrong.complaint));
    let (locale, path) = (here.visitor.locale, path(client));
    let csrf = guard::form_token(&state.tools, &here.visitor.browser, &path);
    let around = Around { csrf, ..Around::plain(locale, Some(&here.tenant), ScreenName::AppReport.id(), &path) };
    page(state, status, &Content::of(&View::of(Some(client), locale, form, None)), &around, jar)
}

/// `GET /account/apps/{app}/report`
pub async fn show(state: Data<State>, request: HttpRequest, mut browser: Browser, query: QueryPairs, app: Path<String>) -> HttpResponse {
    let mut jar = Jar::new();
    if let Some(locale) = language(&query) {
        jar.language(locale, "account");
        return see_other(request.path(), jar);
    }
    let here = match here(&state, &mut browser, &mut jar).await {
        Ok(here) => here,
        Err(failure) => return failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())),
    };
    let shown = match &here.signed_in {
        Some((_, account)) => about(&state, account, &app).await.map(|client| match client {
            Some(client) => form(&state, &here, &client, Form::default(), jar),
            None => unknown(&state, &here),
        }),
        None => sign_in(&state, &browser, &here, (Purpose::SignIn, request.path()), jar).await,
    };
    shown.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &around(&here)))
}

/// `POST /account/apps/{app}/report`
pub async fn answer(state: Data<State>, request: HttpRequest, mut browser: Browser, posted: Pairs, app: Path<String>) -> HttpResponse {
    let mut jar = Jar::new();
    let here = match here(&state, &mut browser, &mut jar).await {
        Ok(here) => here,
        Err(failure) => return failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())),
    };
    let done = match &here.signed_in {
        Some((_, account)) => judge(&state, &request, &here, account, (&app, &posted.0)).await,
        None => sign_in(&state, &browser, &here, (Purpose::SignIn, request.path()), jar).await,
    };
    done.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &around(&here)))
}

async fn judge(
    state: &State,
    request: &HttpRequest,
    here: &Here,
    account: &Account,
    (app, posted): (&str, &[(String, String)]),
) -> Result<HttpResponse, Fault> {
    let Some(client) = about(state, account, app).await? else { return Ok(unknown(state, here)) };
    let again = |complaint, field| form(state, here, &client, Form::keeping(posted, Report::KEPT).complaining(complaint, field), Jar::new());
    if !guard::is_own_form(request, posted, &state.tools, &here.visitor.browser, &path(&client)) {
        return Ok(again(Complaint::Stale, None));
    }
    match parse::<Report>(posted) {
        Some(Answer::Back) => Ok(see_other(PATH, Jar::new())),
        Some(Answer::Send(told)) => match apps::report(&state.tools, account.subject(), &client, &told, &here.visitor).await {
            Ok(reference) => Ok(see_other(&format!("{PATH}?done=reported&app={}&reference={reference}", key(&client)), Jar::new())),
            Err(Rejected::Complaint { complaint, field, .. }) => Ok(again(complaint, field)),
            Err(Rejected::Fault(fault)) => Err(fault),
        },
        // Nothing is refused here: there is no request.
        Some(Answer::Deny) | None => Ok(again(Complaint::Stale, None)),
    }
}
