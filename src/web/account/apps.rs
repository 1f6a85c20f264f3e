//! S-ME-APPS: what a person let in, and the way to let it out again.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use crate::{
    journey::{facts::Visitor, steps::app_consent::person::in_words},
    model::{Account, Client, Purpose, Session, Tenant},
    pages::{AgreedApp, Apps, AppsNotice, Complaint, Content, Form, initials},
    service::{
        account::apps::{self, Agreement},
        authorize::{self, Authorized},
        end_session,
    },
    storage::Loaded,
    values::{ClientId, Fault, Locale, Scope, TenantId},
    web::{
        State,
        extract::{Browser, Jar, Pairs, QueryPairs},
        guard, journey,
        reply::{Around, Failure, page, problem, see_other},
    },
};

pub(super) const PATH: &str = "/account/apps";

/// `GET /account`
pub async fn home() -> HttpResponse {
    see_other(PATH, Jar::new())
}

/// Who is here: somebody signed in, or nobody yet.
pub(super) struct Here {
    pub(super) visitor: Visitor,
    pub(super) tenant: Loaded<Tenant>,
    pub(super) signed_in: Option<(Session, Account)>,
}

pub(super) async fn here(state: &State, browser: &mut Browser, jar: &mut Jar) -> Result<Here, Failure> {
    let tools = &state.tools;
    let tenant = tools.reads().default_tenant().await?.ok_or(Failure::NotFound)?;
    let id = browser.id(tools, jar);
    let mut visitor = browser.visitor(id, tools, ("account", None), Some(&tenant));
    let mut signed_in = None;
    for session in end_session::sessions(tools, &visitor).await? {
        if let Some(account) = tools.reads().account(session.subject).await? {
            visitor.locale = browser.chosen_for("account").or(account.locale).unwrap_or(visitor.locale);
            signed_in = Some((session.into_value(), account.into_value()));
            break;
        }
    }
    Ok(Here { visitor, tenant, signed_in })
}

/// `GET /account/apps`
pub async fn show(state: Data<State>, request: HttpRequest, mut browser: Browser, query: QueryPairs) -> HttpResponse {
    let mut jar = Jar::new();
    if let Some(locale) = language(&query) {
        jar.language(locale, "account");
        return see_other(PATH, jar);
    }
    let here = match here(&state, &mut browser, &mut jar).await {
        Ok(here) => here,
        Err(failure) => return failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())),
    };
    let shown = match &here.signed_in {
        Some((_, account)) => match notice(&state, account, &query).await {
            Ok(notice) => list(&state, &here, account, (Form::default(), notice), jar).await,
            Err(fault) => Err(fault),
        },
        None => sign_in(&state, &browser, &here, (Purpose::SignIn, PATH), jar).await,
    };
    shown.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &around(&here)))
}

/// The language chosen at the foot of a page.
pub(super) fn language(query: &QueryPairs) -> Option<Locale> {
    query.0.iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Locale::first_of(tag))
}

fn field<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What the address says was done. A reference is shown only to whom it was given: an address can be made up.
async fn notice(state: &State, account: &Account, query: &QueryPairs) -> Result<Option<AppsNotice>, Fault> {
    let field = |name| field(&query.0, name);
    match (field("done"), field("app").and_then(meant), field("reference")) {
        (Some("withdrawn"), ..) => Ok(Some(AppsNotice::Withdrawn)),
        (Some("reported"), Some((tenant, _)), Some(reference)) => {
            let reference = apps::reported(&state.tools, account.subject(), tenant, reference).await?;
            Ok(reference.map(|reference| AppsNotice::Reported { reference }))
        }
        _ => Ok(None),
    }
}

pub(super) fn around(here: &Here) -> Around<'_> {
    Around::plain(here.visitor.locale, Some(&here.tenant), "S-ME-APPS", PATH)
}

/// The pages that prove who it is, and back here.
pub(super) async fn sign_in(state: &State, browser: &Browser, here: &Here, (purpose, back): (Purpose, &str), jar: Jar) -> Result<HttpResponse, Fault> {
    Ok(match authorize::open_portal(&state.tools, &here.tenant, purpose, back, &here.visitor).await? {
        Authorized::Walk { journey, first } => see_other(&format!("/ui/{journey}/{}", first.path()), jar),
        Authorized::Done(finished) => journey::finish(state, browser, *finished),
        Authorized::Refused(_) | Authorized::Here { .. } => problem(state, Complaint::NotFound, &around(here), &[]),
    })
}

async fn list(state: &State, here: &Here, account: &Account, (form, notice): (Form, Option<AppsNotice>), jar: Jar) -> Result<HttpResponse, Fault> {
    let locale = here.visitor.locale;
    let agreements = apps::list(&state.tools, account.subject()).await?;
    let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let view = Apps {
        form,
        name: account.display_name(),
        identifier: account.identifier(),
        apps: agreements.iter().map(|agreement| in_list(agreement, locale)).collect(),
        notice,
    };
    let mut around = around(here);
    around.csrf = guard::form_token(&state.tools, &here.visitor.browser, PATH);
    Ok(page(state, status, &Content::of(&view), &around, jar))
}

/// What stands for an application in forms and addresses.
pub(super) fn key(client: &Client) -> String {
    format!("{}.{}", client.tenant, client.id)
}

/// Which application a key means.
pub(super) fn meant(key: &str) -> Option<(TenantId, ClientId)> {
    let (tenant, client) = key.split_once('.')?;
    Some((tenant.parse().ok()?, ClientId::from(client)))
}

fn in_list(agreement: &Agreement, locale: Locale) -> AgreedApp {
    let client = &agreement.client;
    let name = client.names.get(locale).to_owned();
    let publisher = crate::journey::steps::app_consent::person::published_by(client);
    let all = agreement.apis.iter().flat_map(|api| api.scopes.clone()).collect();
    let words = agreement.apis.first().map(|api| crate::model::Api { scopes: all, ..api.clone() });
    AgreedApp {
        key: key(client),
        report_href: super::report::path(client),
        initials: initials(&name),
        name,
        logo_src: client.logo.clone(),
        publisher,
        scopes: in_words(&agreement.consent.scopes, words.as_ref(), locale),
        given: agreement.consent.given_at,
        used: agreement.consent.used_at,
        home_url: client.home_url.clone(),
        expanded_confirm: false,
    }
}

/// `POST /account/apps`
pub async fn answer(state: Data<State>, request: HttpRequest, mut browser: Browser, posted: Pairs) -> HttpResponse {
    let mut jar = Jar::new();
    let here = match here(&state, &mut browser, &mut jar).await {
        Ok(here) => here,
        Err(failure) => return failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())),
    };
    let done = withdraw(&state, &request, &browser, &here, &posted.0).await;
    done.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &around(&here)))
}

async fn withdraw(state: &State, request: &HttpRequest, browser: &Browser, here: &Here, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
    let Some((session, account)) = &here.signed_in else { return sign_in(state, browser, here, (Purpose::SignIn, PATH), Jar::new()).await };
    if !guard::is_own_form(request, posted, &state.tools, &here.visitor.browser, PATH) {
        return list(state, here, account, (Form::default().complaining(Complaint::Stale, None), None), Jar::new()).await;
    }
    // Whoever finds an open browser may look, but not take things away.
    let oldest = state.tools.now().minus(here.tenant.settings.reauthentication);
    if session.authenticated_at() < oldest {
        return sign_in(state, browser, here, (Purpose::Confirm, PATH), Jar::new()).await;
    }
    let field = |name| field(posted, name);
    let scope = field("scope").map(str::parse::<Scope>).transpose();
    if let (Some("withdraw"), Some((tenant, client)), Ok(scope)) = (field("action"), field("app").and_then(meant), scope) {
        apps::withdraw(&state.tools, account.subject(), (tenant, &client), scope.as_ref(), &here.visitor).await?;
        return Ok(see_other("/account/apps?done=withdrawn", Jar::new()));
    }
    Ok(see_other(PATH, Jar::new()))
}
