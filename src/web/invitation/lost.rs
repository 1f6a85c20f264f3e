//! S-INV-LOST: somebody lost the link of their invitation. The same is answered to everybody.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{HeaderValue, RETRY_AFTER},
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::{
    super::{
        State,
        extract::{Browser, Jar, Pairs},
        guard, journey,
        reply::{Around, Failure, page, problem, see_other},
        whose,
    },
    PART,
};
use crate::{
    journey::facts::Visitor,
    model::Tenant,
    pages::{Complaint, Content, Form, LostLink},
    service::invitation::{self, Lost},
    storage::Loaded,
    values::{BrowserId, Email, Fault, Locale},
};

/// What the address says besides the organisation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    lang: Option<String>,
    sent: Option<String>,
}

struct At<'a> {
    state: &'a State,
    tenant: Loaded<Tenant>,
    visitor: Visitor,
    path: String,
}

impl<'a> At<'a> {
    async fn new(state: &'a State, browser: &mut Browser, name: &str, jar: &mut Jar) -> Result<Option<Self>, Fault> {
        let Some(tenant) = state.tools.reads().tenant_named(name).await? else { return Ok(None) };
        let id = browser.id(&state.tools, jar);
        let visitor = browser.visitor(id, &state.tools, (PART, None), Some(&tenant));
        let path = format!("/i/lost/{}", tenant.slug);
        Ok(Some(Self { state, tenant, visitor, path }))
    }

    fn around(&self) -> Around<'_> {
        let csrf = guard::form_token(&self.state.tools, &self.visitor.browser, &self.path);
        Around { csrf, ..Around::plain(self.visitor.locale, Some(&self.tenant), "S-INV-LOST", &self.path) }
    }

    fn shows(&self, shown: &LostLink, jar: Jar) -> HttpResponse {
        let complaint = shown.form.complaints.first().map(|wrong| &wrong.complaint);
        let mut reply = page(self.state, journey::status_of(complaint), &Content::of(shown), &self.around(), jar);
        if let Some(Complaint::Resend { seconds }) = complaint {
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        reply
    }

    fn complains(&self, posted: &[(String, String)], complaint: Complaint, field: Option<&'static str>) -> HttpResponse {
        let form = Form::keeping(posted, LostLink::KEPT).complaining(complaint, field);
        self.shows(&LostLink { form, sent: false }, Jar::new())
    }
}

async fn instead(state: &State, request: &HttpRequest, browser: &Browser, came: Result<(), Fault>) -> HttpResponse {
    let house = whose::house(state).await;
    let locale = browser.visitor(BrowserId(String::new()), &state.tools, (PART, None), house.as_deref()).locale;
    let around = Around::plain(locale, house.as_deref(), "S-ERROR", request.path());
    match came {
        Ok(()) => problem(state, Complaint::NotFound, &around, &[]),
        Err(fault) => Failure::from(fault).into_page(state, &around),
    }
}

/// `GET /i/lost/{tenant}`
pub async fn look(state: Data<State>, request: HttpRequest, mut browser: Browser, name: Path<String>, asked: Query<Asked>) -> HttpResponse {
    let mut jar = Jar::new();
    let at = match At::new(&state, &mut browser, &name, &mut jar).await {
        Ok(Some(at)) => at,
        other => return instead(&state, &request, &browser, other.map(drop)).await,
    };
    if let Some(locale) = asked.lang.as_deref().and_then(Locale::first_of) {
        let mut jar = Jar::new();
        jar.language(locale, PART);
        return see_other(&at.path, jar);
    }
    at.shows(&LostLink { form: Form::default(), sent: asked.sent.is_some() }, jar)
}

/// `POST /i/lost/{tenant}`
pub async fn send(state: Data<State>, request: HttpRequest, mut browser: Browser, posted: Pairs, name: Path<String>) -> HttpResponse {
    let is_named = browser.known_id(&state.tools).is_some();
    let at = match At::new(&state, &mut browser, &name, &mut Jar::new()).await {
        Ok(Some(at)) => at,
        other => return instead(&state, &request, &browser, other.map(drop)).await,
    };
    if !is_named {
        return problem(&state, Complaint::Cookies, &Around { screen: "S-ERROR", ..at.around() }, &[]);
    }
    if !guard::is_own_form(&request, &posted.0, &state.tools, &at.visitor.browser, &at.path) {
        return at.complains(&posted.0, Complaint::Stale, None);
    }
    let typed = posted.0.iter().find(|(name, _)| name == "email").map_or("", |(_, value)| value.trim());
    if typed.is_empty() {
        return at.complains(&posted.0, Complaint::Required { field: "email" }, Some("email"));
    }
    let Ok(email) = typed.parse::<Email>() else { return at.complains(&posted.0, Complaint::Email, Some("email")) };
    match invitation::lost(&state.tools, &at.tenant, &email, &at.visitor).await {
        Ok(Lost::Sent) => see_other(&format!("{}?sent=1", at.path), Jar::new()),
        Ok(Lost::Wait(seconds)) => at.complains(&posted.0, Complaint::Resend { seconds }, Some("email")),
        Err(fault) => Failure::from(fault).into_page(&state, &at.around()),
    }
}
